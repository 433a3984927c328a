//! The members of a typed event as `name=value`.

use std::fmt::{self, Write as _};

use generated_example::qapi::EventMessage;
use serde_json::{Map, Value};

/// The members of an event, displayed as `name=value`.
pub(crate) struct Members(Map<String, Value>);

impl Members {
    /// Those of an event, in the schema's order.
    ///
    /// Most programs handle certain events and use their fields. This one shows any event, so it serializes the typed
    /// value to JSON and takes the names from there.
    pub(crate) fn of(message: &EventMessage) -> Result<Self, serde_json::Error> {
        let mut message = serde_json::to_value(message)?;
        Ok(match message["data"].take() {
            Value::Object(data) => Self(data),
            _ => Self(Map::new()),
        })
    }
}

impl fmt::Display for Members {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        members(f, &self.0)
    }
}

fn members(f: &mut fmt::Formatter<'_>, object: &Map<String, Value>) -> fmt::Result {
    for (index, (name, member)) in object.iter().enumerate() {
        let gap = if index == 0 { "" } else { " " };
        write!(f, "{gap}{}=", escaped(name))?;
        value(f, member)?;
    }
    Ok(())
}

fn value(f: &mut fmt::Formatter<'_>, this: &Value) -> fmt::Result {
    match this {
        Value::Object(object) => {
            f.write_char('{')?;
            members(f, object)?;
            f.write_char('}')
        }
        Value::Array(elements) => {
            f.write_char('[')?;
            for (index, element) in elements.iter().enumerate() {
                f.write_str(if index == 0 { "" } else { " " })?;
                value(f, element)?;
            }
            f.write_char(']')
        }
        Value::String(text) if is_word(text) => f.write_str(text),
        other => f.write_str(&escaped(&other.to_string())),
    }
}

/// Whether a string needs no quotes.
fn is_word(text: &str) -> bool {
    let is_plain = |c: char| c.is_alphanumeric() || "-_./:@%+".contains(c);
    !text.is_empty() && text.chars().all(is_plain)
}

/// Text that is safe on a terminal: control characters and bidirectional overrides are escaped.
pub(crate) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\'' | '"' | '\\' => safe.push(c),
            _ => safe.extend(c.escape_debug()),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn nested_objects_are_compact() {
        let Value::Object(object) = json!({
            "s": {"host": "::1", "tls": true, "none": {}},
            "list": [1, "two", {"three": 3.5}, []],
            "texts": ["", "a b", "grün", "\"", "=", "\u{7f}"],
        }) else {
            panic!("not an object")
        };
        assert_eq!(
            Members(object).to_string(),
            "s={host=::1 tls=true none={}} list=[1 two {three=3.5} []] \
             texts=[\"\" \"a b\" grün \"\\\"\" \"=\" \"\\u{7f}\"]"
        );
    }
}
