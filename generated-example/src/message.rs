//! One line of JSON: an event, or one of the other messages of QMP.

use generated_example::qapi::EventMessage;
use serde_json::{Map, Value};

/// The members that identify messages other than events: greetings, responses and requests.
const OTHERS: [&str; 5] = ["QMP", "return", "error", "execute", "exec-oob"];

/// The event in a line; `None` for another message of QMP.
pub(crate) fn decode(text: &[u8]) -> Result<Option<EventMessage>, serde_json::Error> {
    match serde_json::from_slice(text) {
        Ok(event) => Ok(Some(event)),
        Err(_) if is_other(text) => Ok(None),
        Err(error) => Err(error),
    }
}

fn is_other(text: &[u8]) -> bool {
    match serde_json::from_slice::<Map<String, Value>>(text) {
        Ok(message) => {
            !message.contains_key("event") && OTHERS.iter().any(|key| message.contains_key(*key))
        }
        Err(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_are_distinguished_from_other_messages() {
        let kind = |text: &str| match decode(text.as_bytes()) {
            Ok(Some(message)) => message.event.name().to_owned(),
            Ok(None) => "other".into(),
            Err(error) => format!("error: {error}"),
        };
        let stop = r#"{"event": "STOP", "timestamp": {"seconds": 1, "microseconds": 2}}"#;
        assert_eq!(kind(stop), "STOP");
        assert_eq!(
            kind(r#"{"QMP": {"version": {}, "capabilities": []}}"#),
            "other"
        );
        assert_eq!(kind(r#"{"return": {}, "id": 1}"#), "other");
        assert_eq!(
            kind(r#"{"error": {"class": "GenericError", "desc": "no"}}"#),
            "other"
        );
        assert_eq!(kind(r#"{"execute": "qmp_capabilities"}"#), "other");
        assert!(kind(r#"{"return": {}, "event": "STOP"}"#).starts_with("error: timestamp: "));
        assert!(kind(r#"{"version": 1}"#).starts_with("error: event: "));
        assert!(kind(r#"{"return": "#).starts_with("error: EOF"));
        assert!(kind("[1]").starts_with("error: invalid type"));
    }
}
