//! Malformed input is decoded or rejected, without a panic.

use integration_tests::qapi::{Event, EventMessage};

use super::{TIME, decode, event, refusal, rtc_change, text};

const LOG: &str = include_str!("../../../generated-example/events.jsonl");

#[test]
fn a_message_that_is_cut_off_is_refused() {
    for line in LOG.lines() {
        for end in 0..line.len() {
            refusal(&line[..end]);
        }
    }
}

#[test]
fn a_damaged_message_is_decoded_or_refused() {
    let (mut decoded, mut refused) = (0, 0);
    for line in LOG.lines() {
        for index in 0..line.len() {
            for byte in *b"\0\"\\{}[],:-0.ex \xff" {
                let mut damaged = line.as_bytes().to_vec();
                damaged[index] = byte;
                match serde_json::from_slice::<EventMessage>(&damaged) {
                    Ok(_) => decoded += 1,
                    Err(error) => {
                        refused += usize::from(!error.to_string().is_empty());
                    }
                }
            }
        }
    }
    // Changed letters in names and values are harmless; changed punctuation is not.
    assert!(decoded > 10_000 && refused > 10_000, "{decoded} {refused}");
}

#[test]
fn repeated_keys_are_harmless() {
    assert_eq!(
        event("RTC_CHANGE", r#"{"offset": 1, "offset": 2}"#),
        rtc_change("2")
    );
    assert!(
        refusal(&text("RTC_CHANGE", r#"{"offset": 1, "offset": "x"}"#))
            .starts_with("data.offset: ")
    );
    let rtc = r#""event": "RTC_CHANGE""#;
    let (one, two) = (r#""data": {"offset": 1}"#, r#""data": {"offset": 2}"#);
    for members in [
        [TIME, rtc, one, two],
        [TIME, one, rtc, two],
        [TIME, one, two, rtc],
        [TIME, TIME, one, rtc],
        [rtc, rtc, one, TIME],
        [rtc, one, rtc, TIME],
        [one, rtc, rtc, TIME],
    ] {
        let event = decode(&format!("{{{}}}", members.join(","))).event;
        assert!(
            [rtc_change("1"), rtc_change("2")].contains(&event),
            "{members:?}"
        );
    }
    let stop = r#""event": "STOP""#;
    for members in [
        [TIME, rtc, one, stop],
        [TIME, one, stop, rtc],
        [TIME, stop, one, rtc],
    ] {
        let event = decode(&format!("{{{}}}", members.join(","))).event;
        assert!(
            [rtc_change("1"), self::event("STOP", "")].contains(&event),
            "{members:?}"
        );
    }
}

#[test]
fn nesting_is_limited() {
    let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    let deep = nested(100_000);
    let limit = "recursion limit";
    // Members that would be kept are rejected.
    assert!(refusal(&text("NEW", &deep)).contains(limit));
    assert!(refusal(&text("NEW", &format!(r#"{{"x": {deep}}}"#))).contains(limit));
    let early = format!(r#"{{"data": {{"x": {deep}}}, {TIME}, "event": "STOP"}}"#);
    assert!(refusal(&early).contains(limit));
    // Ignored members do not count, and need no stack.
    assert_eq!(
        event("STOP", &format!(r#"{{"x": {deep}}}"#)),
        event("STOP", "")
    );
    let beside = format!(r#"{{"x": {deep}, {TIME}, "event": "STOP"}}"#);
    assert_eq!(decode(&beside).event, event("STOP", ""));
    for open in ["[", r#"{"a": "#] {
        for name in ["NEW", "STOP", "VNC_CONNECTED"] {
            let endless = open.repeat(100_000);
            refusal(&format!(
                r#"{{{TIME}, "event": "{name}", "data": {endless}"#
            ));
            refusal(&format!(
                r#"{{{TIME}, "event": "{name}", "data": {{"x": {endless}"#
            ));
            refusal(&format!(r#"{{"data": {endless}"#));
        }
    }
    let fair = super::round_trip(&text("NEW", &nested(100)));
    assert!(matches!(fair.event, Event::Unknown(_)));
}

#[test]
fn long_messages_are_read() {
    let long = "x".repeat(1 << 20);
    let message = super::round_trip(&text("DEVICE_DELETED", &format!(r#"{{"path": "{long}"}}"#)));
    assert!(
        matches!(message.event, Event::DeviceDeleted(deleted) if deleted.path.len() == long.len())
    );
    let many: Vec<_> = (0..100_000).map(|n| format!(r#""m{n}": {n}"#)).collect();
    let data = format!(r#"{{{}, "offset": 3}}"#, many.join(","));
    assert_eq!(event("RTC_CHANGE", &data), rtc_change("3"));
    super::round_trip(&text(&long, ""));
}
