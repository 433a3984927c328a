//! Types that fit several QEMUs.
#![deny(warnings)]

// The modules.

use serde_json::Value;

/// Decodes and encodes a value.
pub fn check<T: serde::de::DeserializeOwned + serde::Serialize>(text: &str) -> Result<(), String> {
    let decoded: T = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let mut encoded = serde_json::to_value(&decoded).map_err(|error| error.to_string())?;
    let value: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    // An event that has no data in one schema, and optional data in another, is written with empty data.
    if value.get("event").is_some() && value.get("data").is_none() && encoded["data"] == Value::Object(Default::default()) {
        encoded.as_object_mut().map(|it| it.remove("data"));
    }
    match is_same(&value, &encoded) {
        true => Ok(()),
        false => Err(format!("became {encoded}")),
    }
}

/// Whether two values are equal. A number equals the same number with a fraction of zero, and a negative integer equals
/// the unsigned one with the same 64 bits.
fn is_same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => {
            let bits = |it: &serde_json::Number| it.as_u64().or(it.as_i64().map(|it| it as u64));
            match (bits(one), bits(other)) {
                (Some(one), Some(other)) => one == other,
                _ => one.as_f64() == other.as_f64(),
            }
        }
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| is_same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len()
                && one.iter().all(|(name, one)| {
                    other.get(name).is_some_and(|other| is_same(one, other))
                })
        }
        (one, other) => one == other,
    }
}

