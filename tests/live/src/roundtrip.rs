//! Checks that a decoded value represents the received text exactly.

use std::fmt::Debug;

use serde::Serialize;
use serde_json::{Number, Value};

/// The errors in `value`, which was decoded from `sent`.
pub fn findings<T: Serialize + Debug>(value: &T, sent: &Value) -> Vec<String> {
    let mut findings = vec![];
    match serde_json::to_value(value) {
        Ok(again) => compare(sent, &again, &mut String::new(), &mut findings),
        Err(error) => findings.push(format!("cannot be written again: {error}")),
    }
    // Items that the schema does not define are kept in a variant of this name, and encoded as received, so only the
    // value reveals them. The schema's own `unknown` values are called `Unknown_`.
    let debug = format!("{value:?}");
    if let Some(at) = debug.find("Unknown(") {
        let excerpt: String = debug[at..].chars().take(120).collect();
        findings.push(format!("not in the schema: {excerpt}"));
    }
    findings
}

/// Adds the differences between `again` and `sent` to `findings`.
fn compare(sent: &Value, again: &Value, path: &mut String, findings: &mut Vec<String>) {
    match (sent, again) {
        (Value::Object(sent), Value::Object(again)) => {
            for (name, value) in sent {
                match again.get(name) {
                    Some(again) => within(path, &format!(".{name}"), |path| {
                        compare(value, again, path, findings);
                    }),
                    None => findings.push(format!("{path}.{name} is lost: {value}")),
                }
            }
            let added = again.keys().filter(|name| !sent.contains_key(*name));
            findings.extend(added.map(|name| format!("{path}.{name} is made up")));
        }
        (Value::Array(sent), Value::Array(again)) if sent.len() == again.len() => {
            for (index, (sent, again)) in sent.iter().zip(again).enumerate() {
                within(path, &format!("[{index}]"), |path| {
                    compare(sent, again, path, findings);
                });
            }
        }
        (Value::Number(sent), Value::Number(again)) if is_same(sent, again) => {}
        _ if sent == again => {}
        _ => findings.push(format!("{path} changes from {sent} to {again}")),
    }
}

/// Whether two numbers are equal; a whole `number` may be written with or without a fraction.
fn is_same(sent: &Number, again: &Number) -> bool {
    // Up to this, a floating-point number represents every integer exactly.
    const EXACT: f64 = (1_u64 << f64::MANTISSA_DIGITS) as f64;
    sent == again
        || sent.is_f64() != again.is_f64()
            && sent.as_f64() == again.as_f64()
            && sent.as_f64().is_some_and(|number| number.abs() <= EXACT)
}

/// Calls a function with the path extended by `step`.
fn within(path: &mut String, step: &str, then: impl FnOnce(&mut String)) {
    let length = path.len();
    path.push_str(step);
    then(path);
    path.truncate(length);
}
