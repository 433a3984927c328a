//! Decoding errors and their paths.

use serde_json::Value;

use super::{TIME, json, refusal, text};
use integration_tests::qapi::EventMessage;

const SERVER: &str = r#"{"host": "h", "service": "1", "family": "ipv4", "websocket": false}"#;

/// The path in an error, and the rest of the message.
fn split(error: &str) -> (&str, &str) {
    error
        .split_once(": ")
        .unwrap_or_else(|| panic!("no path: {error}"))
}

#[track_caller]
fn expect(text: &str, path: &str, reason: &str) {
    for error in [
        refusal(text),
        // The data is before the name, so it is kept and read later.
        refusal(&data_first(text)),
        serde_json::from_value::<EventMessage>(json(text))
            .expect_err("refused")
            .to_string(),
    ] {
        let found = split(&error);
        assert_eq!(found.0, path, "{error}");
        assert!(found.1.starts_with(reason), "{error}");
    }
}

/// The same message with its members in reverse order.
fn data_first(text: &str) -> String {
    let Value::Object(message) = json(text) else {
        panic!("not an object")
    };
    let mut members: Vec<_> = message
        .iter()
        .map(|(name, value)| format!("{:?}: {value}", name))
        .collect();
    members.sort();
    assert!(
        members.len() < 3 || members[0].starts_with("\"data\""),
        "{members:?}"
    );
    format!("{{{}}}", members.join(", "))
}

#[test]
fn a_missing_required_member() {
    let vnc = |server: &str| {
        text(
            "VNC_CONNECTED",
            &format!(r#"{{"server": {server}, "client": {SERVER}}}"#),
        )
    };
    for member in ["host", "service", "family", "websocket"] {
        let Value::Object(mut server) = json(SERVER) else {
            panic!("not an object")
        };
        server.remove(member);
        let server = Value::Object(server).to_string();
        expect(&vnc(&server), &format!("data.server.{member}"), "missing");
    }
    expect(
        &text("VNC_CONNECTED", &format!(r#"{{"client": {SERVER}}}"#)),
        "data.server",
        "missing",
    );
    expect(&text("RTC_CHANGE", "{}"), "data.offset", "missing");
    expect(&text("RTC_CHANGE", ""), "data.offset", "missing");
    expect(
        &text(
            "DUMP_COMPLETED",
            r#"{"result": {"status": "none", "total": 1}}"#,
        ),
        "data.result.completed",
        "missing",
    );
    expect(r#"{"event": "STOP"}"#, "timestamp", "missing");
    expect(
        r#"{"event": "STOP", "timestamp": {"seconds": 1}}"#,
        "timestamp.microseconds",
        "missing",
    );
    expect(&format!("{{{TIME}}}"), "event", "missing");
    expect("{}", "event", "missing");
}

#[test]
fn a_value_of_the_wrong_type() {
    let wrong = "invalid type: ";
    let vnc = |member: &str, value: &str| {
        let Value::Object(mut server) = json(SERVER) else {
            panic!("not an object")
        };
        server.insert(member.into(), json(value));
        let server = Value::Object(server);
        text(
            "VNC_CONNECTED",
            &format!(r#"{{"client": {server}, "server": {SERVER}}}"#),
        )
    };
    expect(&vnc("family", "4"), "data.client.family", wrong);
    expect(&vnc("family", "null"), "data.client.family", wrong);
    expect(&vnc("host", "[]"), "data.client.host", wrong);
    expect(&vnc("websocket", "\"yes\""), "data.client.websocket", wrong);
    expect(&vnc("websocket", "0"), "data.client.websocket", wrong);
    // An optional member is absent, never null.
    expect(
        &text("DEVICE_DELETED", r#"{"path": "/x", "device": null}"#),
        "data.device",
        wrong,
    );
    expect(
        &text(
            "VNC_CONNECTED",
            &format!(r#"{{"server": [], "client": {SERVER}}}"#),
        ),
        "data.server",
        wrong,
    );
    for data in ["null", "[]", "1", "\"x\"", "true"] {
        expect(&text("RTC_CHANGE", data), "data", wrong);
        expect(&text("STOP", data), "data", wrong);
    }
    for name in ["null", "1", "[]", "{}"] {
        expect(&format!(r#"{{"event": {name}, {TIME}}}"#), "event", wrong);
    }
    expect(r#"{"event": "STOP", "timestamp": 1}"#, "timestamp", wrong);
    expect(
        r#"{"event": "STOP", "timestamp": {"seconds": "1", "microseconds": 1}}"#,
        "timestamp.seconds",
        wrong,
    );
}

#[test]
fn values_that_are_not_integers() {
    let rtc = |offset: &str| text("RTC_CHANGE", &format!(r#"{{"offset": {offset}}}"#));
    for offset in [
        "1.0",
        "-0.5",
        "1e3",
        "9223372036854775808.0",
        "-9223372036854775809",
    ] {
        expect(&rtc(offset), "data.offset", "invalid type: floating point");
    }
    expect(
        &rtc("9223372036854775808"),
        "data.offset",
        "invalid value: integer `9223372036854775808`",
    );
    expect(
        &rtc("18446744073709551615"),
        "data.offset",
        "invalid value: integer",
    );
    expect(
        &rtc("18446744073709551616"),
        "data.offset",
        "invalid type: floating point",
    );
    assert!(refusal(&rtc("1e999")).contains("number out of range"));
}

#[test]
fn values_that_are_not_objects() {
    for text in [
        "[]",
        "1",
        "\"STOP\"",
        "null",
        "true",
        "[\"STOP\"]",
        r#"[{"event": "STOP"}]"#,
    ] {
        let error = refusal(text);
        assert!(error.starts_with("invalid type: "), "{error}");
        assert!(error.contains("expected an object"), "{error}");
    }
    assert!(refusal("").starts_with("EOF"));
    assert!(refusal("STOP").starts_with("expected value"));
    let stop = text("STOP", "");
    assert!(refusal(&format!("{stop}{stop}")).starts_with("trailing characters"));
}

#[test]
fn an_error_has_its_path_once_and_its_place_at_the_end() {
    let error = refusal(&text("RTC_CHANGE", r#"{"offset": "x"}"#));
    assert_eq!(error.matches("data").count(), 1, "{error}");
    assert!(
        error
            .starts_with("data.offset: invalid type: string \"x\", expected i64 at line 1 column "),
        "{error}"
    );
    // A value that looks like a path does not become part of the path.
    let error = refusal(&text("RTC_CHANGE", r#"{"offset": "a.b: c"}"#));
    assert!(
        error.starts_with("data.offset: invalid type: string \"a.b: c\", expected i64"),
        "{error}"
    );
}
