//! Values of every kind.

use integration_tests::qapi;
use integration_tests::values::{self, Enum, Event, EventMessage, events};
use serde_json::json;

use super::{json, rtc_change, text};

fn round_trip(name: &str, data: &str) -> Event {
    let text = text(name, data);
    let message: EventMessage =
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}:\n{text}"));
    assert_eq!(
        serde_json::to_value(&message).expect("it can be encoded"),
        json(&text)
    );
    message.event
}

fn refusal(name: &str, data: &str) -> String {
    let refused = serde_json::from_str::<EventMessage>(&text(name, data));
    refused.expect_err("refused").to_string()
}

#[test]
fn integers_are_exact_to_64_bits() {
    for offset in [
        i64::MIN,
        i64::MIN + 1,
        -1,
        0,
        (1 << 53) + 1,
        i64::MAX - 1,
        i64::MAX,
    ] {
        let qapi::Event::RtcChange(change) = rtc_change(&offset.to_string()) else {
            panic!("another event")
        };
        assert_eq!(change.offset, offset);
        let text = text("RTC_CHANGE", &format!(r#"{{"offset": {offset}}}"#));
        super::round_trip(&text);
    }
    let clock = format!(
        r#"{{"event": "STOP", "timestamp": {{"seconds": {}, "microseconds": {}}}}}"#,
        i64::MIN,
        i64::MAX
    );
    // Whether such a time can be represented depends on the system, but there must be no panic.
    let _ = super::round_trip(&clock).timestamp.system_time();
    let far = clock
        .replace('-', "")
        .replace("9223372036854775808", "9223372036854775807");
    let _ = super::round_trip(&far).timestamp.system_time();
}

#[test]
fn every_size_of_integer_has_its_bounds() {
    let bounds = [
        ("int", i64::MIN as i128, i64::MAX as i128),
        ("int8", i8::MIN.into(), i8::MAX.into()),
        ("int16", i16::MIN.into(), i16::MAX.into()),
        ("int32", i32::MIN.into(), i32::MAX.into()),
        ("int64", i64::MIN.into(), i64::MAX.into()),
        ("uint8", 0, u8::MAX.into()),
        ("uint16", 0, u16::MAX.into()),
        ("uint32", 0, u32::MAX.into()),
        ("uint64", 0, u64::MAX.into()),
        ("size", 0, u64::MAX.into()),
    ];
    for (member, min, max) in bounds {
        for value in [min, 0, 1, max] {
            round_trip("NUMBERS", &format!(r#"{{"{member}": {value}}}"#));
        }
        let too_small = match member {
            // QEMU before 2.10 writes values above the signed range as negative ones.
            "uint64" | "size" => i128::from(i64::MIN) - 1,
            _ => min - 1,
        };
        for value in [too_small, max + 1] {
            let error = refusal("NUMBERS", &format!(r#"{{"{member}": {value}}}"#));
            assert!(
                error.starts_with(&format!("data.{member}: invalid ")),
                "{error}"
            );
        }
    }
}

#[test]
fn a_number_may_be_an_integer() {
    for (text, value) in [
        ("1.5", 1.5),
        ("-0.25", -0.25),
        ("1e300", 1e300),
        ("7", 7.0),
        ("-7", -7.0),
    ] {
        let text = super::text("NUMBERS", &format!(r#"{{"number": {text}}}"#));
        let message: EventMessage = serde_json::from_str(&text).expect("it decodes");
        let Event::Numbers(numbers) = message.event else {
            panic!("another event")
        };
        assert_eq!(numbers.number, Some(value));
    }
    let error = refusal("NUMBERS", r#"{"number": "1"}"#);
    assert!(error.starts_with("data.number: invalid type: "), "{error}");
}

#[test]
fn any_text_is_accepted() {
    let deleted =
        |json: &str| match super::event("DEVICE_DELETED", &format!(r#"{{"path": {json}}}"#)) {
            qapi::Event::DeviceDeleted(deleted) => deleted.path,
            other => panic!("{other:?}"),
        };
    for (json, text) in [
        (r#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{c}\n\r\t"),
        (r#""\u00e9\u4e2d\ud83d\ude00\u0000""#, "é中😀\0"),
        ("\"é中😀\u{7f}\u{202e}\"", "é中😀\u{7f}\u{202e}"),
        ("\"\"", ""),
    ] {
        assert_eq!(deleted(json), text);
        super::round_trip(&super::text(
            "DEVICE_DELETED",
            &format!(r#"{{"path": {json}}}"#),
        ));
    }
    // Keys and names may be written with escapes as well.
    let escaped = r#"{"\u0065vent": "RTC\u005fCHANGE", "d\u0061ta": {"offs\u0065t": 5},
                      "timest\u0061mp": {"s\u0065conds": 1, "microsecond\u0073": 2}}"#;
    assert_eq!(super::decode(escaped).event, rtc_change("5"));
    let value = super::event("WATCHDOG", r#"{"action": "res\u0065t"}"#);
    assert_eq!(value, super::event("WATCHDOG", r#"{"action": "reset"}"#));
    // Lone surrogates and raw control characters are not valid JSON.
    for bad in [r#""\ud83d""#, r#""\ude00""#, "\"\n\"", r#""\x""#] {
        super::refusal(&super::text(
            "DEVICE_DELETED",
            &format!(r#"{{"path": {bad}}}"#),
        ));
    }
    let latin1 = [&b"{\"event\": \"STOP\", \"x\": 1, \"timestamp\": {\"seconds\": 1, \"microseconds\": 2}, \"event\": \"\xe9\"}"[..]].concat();
    assert!(serde_json::from_slice::<qapi::EventMessage>(&latin1).is_err());
}

#[test]
fn errors_in_lists_have_the_index() {
    let Event::Lists(lists) = round_trip(
        "LISTS",
        r#"{"texts": ["a", ""], "enums": ["self", "unknown", "new"], "bytes": [],
            "objects": [{"type": "x", "next": {"type": "y", "string": {"vec": [{}]}}}]}"#,
    ) else {
        panic!("another event")
    };
    assert_eq!(lists.texts, ["a", ""]);
    let enums = lists.enums.expect("it is there");
    assert_eq!(enums[2], Enum::Unknown("new".into()));
    assert!(!matches!(enums[1], Enum::Unknown(_)));
    assert_eq!(lists.bytes, Some(vec![]));
    let objects = lists.objects.expect("it is there");
    let next = objects[0].next.as_ref().expect("it is there");
    assert_eq!(next.r#type, "y");
    for (data, path) in [
        (r#"{"texts": ["a", 1]}"#, "data.texts[1]: invalid type"),
        (r#"{"texts": "a"}"#, "data.texts: invalid type"),
        (r#"{"texts": {}}"#, "data.texts: invalid type"),
        (
            r#"{"texts": [], "bytes": [1, 2, 256]}"#,
            "data.bytes[2]: invalid value",
        ),
        (
            r#"{"texts": [], "enums": [null]}"#,
            "data.enums[0]: invalid type",
        ),
        (
            r#"{"texts": [], "objects": [{"type": "x"}, {}]}"#,
            "data.objects[1].type: missing",
        ),
        (
            r#"{"texts": [], "objects": [{"type": "", "next": {"type": "", "string": {"vec": [{}, 1]}}}]}"#,
            "data.objects[0].next.string.vec[1]: invalid type",
        ),
        ("{}", "data.texts: missing"),
    ] {
        let error = refusal("LISTS", data);
        assert!(error.starts_with(path), "{error}");
    }
}

#[test]
fn any_takes_every_value_and_null_only_null() {
    for any in [
        "null",
        "1",
        "\"x\"",
        "[1, [null]]",
        r#"{"a": {"b": 1.5}}"#,
        "true",
    ] {
        let data = format!(r#"{{"any": {any}, "null": null, "more": {any}}}"#);
        let Event::Anything(anything) = round_trip("ANYTHING", &data) else {
            panic!("another event")
        };
        assert_eq!(anything.any, json(any));
        assert_eq!(anything.more, Some(json(any)));
    }
    let error = refusal("ANYTHING", r#"{"any": 1, "null": 0}"#);
    assert!(error.starts_with("data.null: invalid type"), "{error}");
    let error = refusal("ANYTHING", r#"{"null": null}"#);
    assert!(error.starts_with("data.any: missing"), "{error}");
}

#[test]
fn names_of_rust_do_not_collide() {
    let Event::Names(names) = round_trip(
        "NAMES",
        r#"{"option": {"type": "t", "fn": true}, "result": {"ok": true, "vec": [{"vec": []}]}}"#,
    ) else {
        panic!("another event")
    };
    assert_eq!(names.option.r#fn, Some(true));
    assert!(names.result.ok);
    let made = events::Names::new(values::Option_::new("t"), values::Result_::new(false));
    let made = serde_json::to_value(&made).expect("it can be encoded");
    assert_eq!(
        made,
        json!({"option": {"type": "t"}, "result": {"ok": false}})
    );
    let list: Vec<_> = Enum::VALUES.iter().map(Enum::as_str).collect();
    assert_eq!(list, ["self", "unknown", "a-b"]);
}
