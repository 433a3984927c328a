//! Generated code with real messages: decoding, encoding and errors.

mod errors;
mod hostile;
mod log;
mod newer;
mod values;

use integration_tests::qapi::{Event, EventMessage, events};
use serde_json::Value;

const TIME: &str = r#""timestamp": {"seconds": 1, "microseconds": 2}"#;

/// A message with this name and, unless it is empty, this data.
fn text(name: &str, data: &str) -> String {
    match data {
        "" => format!(r#"{{{TIME}, "event": "{name}"}}"#),
        _ => format!(r#"{{{TIME}, "event": "{name}", "data": {data}}}"#),
    }
}

fn decode(text: &str) -> EventMessage {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}:\n{text}"))
}

/// The event with this name and data.
fn event(name: &str, data: &str) -> Event {
    decode(&text(name, data)).event
}

/// The decoding error of a message.
fn refusal(text: &str) -> String {
    match serde_json::from_str::<EventMessage>(text) {
        Ok(message) => panic!("{text}\nis decoded as\n{message:?}"),
        Err(error) => error.to_string(),
    }
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

/// Decodes a message, encodes it, and expects the same value.
fn round_trip(text: &str) -> EventMessage {
    let message = decode(text);
    let encoded = serde_json::to_string(&message).expect("it can be encoded");
    assert_eq!(json(&encoded), json(text));
    assert_eq!(decode(&encoded), message);
    message
}

fn rtc_change(offset: &str) -> Event {
    event("RTC_CHANGE", &format!(r#"{{"offset": {offset}}}"#))
}

/// All orders of these.
fn permutations<T: Clone>(items: &[T]) -> Vec<Vec<T>> {
    if items.is_empty() {
        return vec![vec![]];
    }
    let mut all = Vec::new();
    for (index, first) in items.iter().enumerate() {
        let rest = [&items[..index], &items[index + 1..]].concat();
        for mut order in permutations(&rest) {
            order.insert(0, first.clone());
            all.push(order);
        }
    }
    all
}

#[test]
fn keys_may_be_in_any_order() {
    let client = r#"{"host": "::1", "service": "41806", "family": "ipv6", "websocket": true}"#;
    let mut seen = 0;
    for members in permutations(&[
        r#""host": "h""#,
        r#""service": "5902""#,
        r#""family": "ipv4""#,
        r#""websocket": false"#,
        r#""auth": "vnc""#,
    ]) {
        let server = format!(r#""server": {{{}}}"#, members.join(","));
        for data in permutations(&[server, format!(r#""client": {client}"#)]) {
            let data = format!(r#""data": {{{}}}"#, data.join(","));
            let name = r#""event": "VNC_CONNECTED""#.to_owned();
            for message in permutations(&[TIME.to_owned(), name, data]) {
                let message = round_trip(&format!("{{{}}}", message.join(",")));
                let Event::VncConnected(events::VncConnected { server, client, .. }) =
                    message.event
                else {
                    panic!("{message:?}")
                };
                assert_eq!(
                    (server.host.as_str(), server.service.as_str()),
                    ("h", "5902")
                );
                assert_eq!((server.family.as_str(), server.websocket), ("ipv4", false));
                assert_eq!(server.auth.as_deref(), Some("vnc"));
                assert_eq!((client.family.as_str(), client.websocket), ("ipv6", true));
                seen += 1;
            }
        }
    }
    assert_eq!(seen, 120 * 2 * 6);
}

#[test]
fn every_way_to_deserialize_gives_the_same() {
    let text = text("MIGRATION", r#"{"status": "postcopy-active"}"#);
    let expected = decode(&text);
    let from = |message: Result<EventMessage, serde_json::Error>| message.expect("it decodes");
    assert_eq!(from(serde_json::from_slice(text.as_bytes())), expected);
    assert_eq!(from(serde_json::from_reader(text.as_bytes())), expected);
    assert_eq!(from(serde_json::from_value(json(&text))), expected);
    let value = serde_json::to_value(&expected).expect("it can be encoded");
    assert_eq!(value, json(&text));
    // Data before the name takes a different code path.
    let early =
        format!(r#"{{"data": {{"status": "postcopy-active"}}, "event": "MIGRATION", {TIME}}}"#);
    assert_eq!(from(serde_json::from_reader(early.as_bytes())), expected);
    assert_eq!(from(serde_json::from_value(json(&early))), expected);
}

#[test]
fn events_that_the_log_lacks() {
    let data = r#"{"device": "dimm1", "msg": "device is busy"}"#;
    let Event::MemUnplugError(error) = round_trip(&text("MEM_UNPLUG_ERROR", data)).event else {
        panic!("another event")
    };
    assert_eq!(
        (error.device.as_str(), error.msg.as_str()),
        ("dimm1", "device is busy")
    );
    let message = round_trip(&text("SPICE_MIGRATE_COMPLETED", ""));
    assert!(matches!(message.event, Event::SpiceMigrateCompleted(_)));
}

#[test]
fn a_host_without_a_clock_sends_minus_one() {
    let clockless = r#"{"event": "STOP", "timestamp": {"microseconds": -1, "seconds": -1}}"#;
    let message = round_trip(clockless);
    assert_eq!(
        (message.timestamp.seconds, message.timestamp.microseconds),
        (-1, -1)
    );
    assert_eq!(message.timestamp.system_time(), None);
    let time = decode(&text("STOP", "")).timestamp.system_time();
    let since = time.and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok());
    assert_eq!(since.map(|since| since.as_micros()), Some(1_000_002));
}

#[test]
fn data_may_be_absent_without_required_members() {
    for data in ["", "{}"] {
        assert_eq!(event("STOP", data), Event::Stop(events::Stop::default()));
    }
    use integration_tests::values;
    for data in ["", "{}"] {
        let message: values::EventMessage =
            serde_json::from_str(&text("NUMBERS", data)).expect("it decodes");
        assert_eq!(
            message.event,
            values::Event::Numbers(values::events::Numbers::default())
        );
    }
}

#[test]
fn constructed_values_are_encoded_like_those_of_qemu() {
    use integration_tests::qapi::Timestamp;
    let deleted = events::DeviceDeleted::new("/machine/x");
    let message = EventMessage::new(Timestamp::new(1, 2), Event::DeviceDeleted(deleted));
    let written = serde_json::to_value(&message).expect("it can be encoded");
    assert_eq!(
        written,
        json(&text("DEVICE_DELETED", r#"{"path": "/machine/x"}"#))
    );
}
