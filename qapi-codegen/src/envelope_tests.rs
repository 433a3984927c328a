//! Tests of the messages that generated files carry, with events like those that the generator writes.

use std::fmt::Debug;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::Serialize;
use serde::de::{DeserializeOwned, Deserializer};
use serde::ser::SerializeMap;
use serde_json::{Value, json};

use crate::envelope::*;
use crate::support;

#[derive(Clone, Debug, PartialEq)]
struct Size {
    width: u64,
    height: i8,
}

support::object! {
    Size as "Size" {
        Need width = "width",
        Need height = "height",
    }
}

fn size(width: u64, height: i8) -> Size {
    Size { width, height }
}

#[derive(Clone, Debug, PartialEq)]
enum Event {
    Quiet,
    Resized(Size),
    Unknown(UnknownEvent),
}

impl Events for Event {
    const NAMES: &'static [&'static str] = &["QUIET", "RESIZED"];

    fn read<'de, D: Deserializer<'de>>(
        index: usize,
        data: D,
        place: &mut Option<Self>,
    ) -> Result<(), D::Error> {
        match index {
            0 => support::read_event(data, |serde::de::IgnoredAny| Self::Quiet, place),
            1 => support::read_event(data, Self::Resized, place),
            _ => support::no_such_event(),
        }
    }

    fn unknown(name: String, data: Option<Value>) -> Self {
        Self::Unknown(UnknownEvent::new(name, data))
    }

    fn name(&self) -> &str {
        match self {
            Self::Quiet => "QUIET",
            Self::Resized(_) => "RESIZED",
            Self::Unknown(event) => &event.name,
        }
    }

    fn write<W: SerializeMap>(&self, map: &mut W) -> Result<(), W::Error> {
        match self {
            Self::Quiet => Ok(()),
            Self::Resized(data) => map.serialize_entry("data", data),
            Self::Unknown(event) => support::write_some(map, "data", &event.data),
        }
    }
}

/// The time of all events here, on the wire and as a value.
const TIMESTAMP: &str = r#""timestamp":{"seconds":5,"microseconds":6}"#;

fn sent(event: Event) -> EventMessage<Event> {
    EventMessage::new(Timestamp::new(5, 6), event)
}

/// Decodes from text and from a value, which must agree.
fn read<T: DeserializeOwned + PartialEq + Debug>(text: &str) -> Result<T, String> {
    let from_text = serde_json::from_str::<T>(text).map_err(|error| {
        let text = error.to_string();
        let end = text.find(" at line").unwrap_or(text.len());
        text[..end].to_owned()
    });
    let value: Value = serde_json::from_str(text).expect("JSON");
    let from_value = serde_json::from_value::<T>(value).map_err(|error| error.to_string());
    assert_eq!(from_text, from_value, "{text}");
    from_text
}

#[track_caller]
fn assert_round_trip<T: DeserializeOwned + Serialize + PartialEq + Debug>(text: &str) {
    let value = read::<T>(text).expect("it decodes");
    let expected: Value = serde_json::from_str(text).expect("JSON");
    assert_eq!(serde_json::to_value(value).expect("it encodes"), expected);
}

/// All orders of a few members, each as an object.
fn orders(members: &[&str]) -> Vec<String> {
    fn permutations<'a>(members: &[&'a str]) -> Vec<Vec<&'a str>> {
        let Some((first, rest)) = members.split_first() else {
            return vec![vec![]];
        };
        let insert = |order: Vec<&'a str>| {
            let positions = 0..=order.len();
            positions.map(move |position| {
                let mut order = order.clone();
                order.insert(position, *first);
                order
            })
        };
        permutations(rest).into_iter().flat_map(insert).collect()
    }
    let orders = permutations(members).into_iter();
    orders.map(|it| format!("{{{}}}", it.join(","))).collect()
}

#[test]
fn the_members_of_an_event_may_be_in_any_order() {
    let resized = [
        r#""event":"RESIZED""#,
        r#""data":{"width":1,"height":2}"#,
        TIMESTAMP,
        r#""new":{}"#,
    ];
    for text in orders(&resized) {
        let event = sent(Event::Resized(size(1, 2)));
        assert_eq!(read(&text), Ok(event.clone()));
        assert_eq!(read(&text), Ok(Message::Event(event)));
    }
    let unknown = [r#""event":"NEW""#, r#""data":{"width":null}"#, TIMESTAMP];
    for text in orders(&unknown) {
        let event = UnknownEvent::new("NEW", Some(json!({"width": null})));
        let event = sent(Event::Unknown(event));
        assert_eq!(read(&text), Ok(event.clone()));
        assert_eq!(read(&text), Ok(Message::Event(event)));
        assert_round_trip::<EventMessage<Event>>(&text);
        assert_round_trip::<Message<Event>>(&text);
    }
}

#[test]
fn an_event_need_not_have_data() {
    let quiet = format!(r#"{{"event":"QUIET",{TIMESTAMP}}}"#);
    assert_eq!(read(&quiet), Ok(sent(Event::Quiet)));
    assert_round_trip::<EventMessage<Event>>(&quiet);
    let quiet = format!(r#"{{"event":"QUIET",{TIMESTAMP},"data":{{"new":1}}}}"#);
    assert_eq!(read(&quiet), Ok(sent(Event::Quiet)));
    assert_round_trip::<EventMessage<Event>>(&format!(r#"{{"event":"NEW",{TIMESTAMP}}}"#));
}

#[test]
fn errors_in_events_have_a_reason() {
    for (text, expected) in [
        ("7", "invalid type: integer `7`, expected an object (event)"),
        ("{}", "event: missing"),
        (r#"{"event":"QUIET"}"#, "timestamp: missing"),
        (
            r#"{"event":"QUIET","timestamp":{"seconds":1}}"#,
            "timestamp.microseconds: missing",
        ),
        (r#"{"timestamp":TIME,"data":{}}"#, "event: missing"),
        (
            r#"{"event":1,"timestamp":TIME}"#,
            "event: invalid type: integer `1`, expected the name of an event",
        ),
        (
            r#"{"event":"RESIZED","timestamp":TIME}"#,
            "data.width: missing",
        ),
        (
            r#"{"event":"RESIZED","data":{"width":1},"timestamp":TIME}"#,
            "data.height: missing",
        ),
        (
            r#"{"data":{"width":[]},"timestamp":TIME,"event":"RESIZED"}"#,
            "data.width: invalid type: sequence, expected u64",
        ),
        (
            r#"{"event":"RESIZED","data":[],"timestamp":TIME}"#,
            "data: invalid type: sequence, expected an object (Size)",
        ),
    ] {
        let text = text.replace("TIME", r#"{"seconds":1,"microseconds":2}"#);
        assert_eq!(read::<EventMessage<Event>>(&text), Err(expected.into()));
    }
    let out_of_range = <Event as Events>::read(2, json!({}), &mut None);
    assert_eq!(out_of_range.unwrap_err().to_string(), "no such event");
}

#[test]
fn a_response_has_a_value_or_an_error() {
    let failed = CommandError::new("C", "D");
    for (text, expected) in [
        (
            r#"{"return":{"width":1,"height":2}}"#,
            Response::success(size(1, 2)),
        ),
        (
            r#"{"id":"a","return":{"width":1,"height":2}}"#,
            Response::success(size(1, 2)).with_id("a"),
        ),
        (
            r#"{"error":{"class":"C","desc":"D"},"id":null}"#,
            Response::failure(failed.clone()).with_id(Value::Null),
        ),
        (
            r#"{"error":{"data":{},"desc":"D","class":"C"},"id":[1,{"a":2}]}"#,
            Response::failure(failed).with_id(json!([1, {"a": 2}])),
        ),
    ] {
        assert_eq!(read(text), Ok(expected.clone()), "{text}");
        let text = serde_json::to_string(&expected).expect("it encodes");
        assert_eq!(read(&text), Ok(expected), "{text}");
    }
    for (text, expected) in [
        ("{}", "return: missing"),
        (r#"{"return":{}}"#, "return.width: missing"),
        (r#"{"error":{"class":"C"}}"#, "error.desc: missing"),
        (
            "[]",
            "invalid type: sequence, expected an object (response)",
        ),
    ] {
        assert_eq!(read::<Response<Size>>(text), Err(expected.into()), "{text}");
    }
}

#[test]
fn an_empty_value_is_an_object() {
    assert_round_trip::<Empty>("{}");
    assert_eq!(read(r#"{"new":[{}]}"#), Ok(Empty::new()));
    let wrong = "invalid type: null, expected an object";
    assert_eq!(read::<Empty>("null"), Err(wrong.into()));
}

#[test]
fn the_members_of_a_message_determine_its_kind_in_any_order() {
    let response = [
        r#""return":{"event":"RESIZED"}"#,
        r#""id":7"#,
        r#""data":{"error":1}"#,
        TIMESTAMP,
    ];
    for text in orders(&response) {
        let response = Response::success(json!({"event": "RESIZED"})).with_id(7);
        assert_eq!(read(&text), Ok(Message::<Event>::Response(response)));
    }
    let failure = [r#""error":{"class":"C","desc":"D"}"#, r#""id":"x""#];
    for text in orders(&failure) {
        let response = Response::failure(CommandError::new("C", "D")).with_id("x");
        assert_eq!(read(&text), Ok(Message::<Event>::Response(response)));
        assert_round_trip::<Message<Event>>(&text);
    }
    let greeting = [r#""QMP":{"capabilities":["oob"]}"#, r#""new":{}"#];
    for text in orders(&greeting) {
        let Ok(Message::<Event>::Greeting(greeting)) = read(&text) else {
            panic!("{text}");
        };
        assert_eq!(greeting.capabilities, [Capability::Oob]);
    }
}

#[test]
fn an_invalid_message_is_an_error() {
    for text in ["{}", r#"{"id":1}"#, r#"{"data":{}}"#, r#"{"qmp":{}}"#] {
        let error = read::<Message<Event>>(text).unwrap_err();
        assert!(error.starts_with("unknown message: "), "{error}");
    }
    for text in [
        r#"{"return":{},"event":"QUIET"}"#,
        r#"{"QMP":{},"error":{"class":"C","desc":"D"}}"#,
    ] {
        let error = read::<Message<Event>>(text).unwrap_err();
        assert!(error.starts_with("ambiguous message: "), "{error}");
    }
    let error = read::<Message<Event>>(r#"{"event":"QUIET"}"#);
    assert_eq!(error, Err("timestamp: missing".into()));
    let error = read::<Message<Event>>("[]");
    let expected = "invalid type: sequence, expected an object (message)";
    assert_eq!(error, Err(expected.into()));
}

#[test]
fn greetings_of_all_qemus_are_read() {
    let version = |major, minor, micro, package: &str| {
        let mut version = QemuVersion::new(major, minor, micro);
        version.package = package.into();
        version
    };
    for (text, expected, capabilities) in [
        // 7.2
        (
            r#"{"QMP": {"version": {"qemu": {"micro": 22, "minor": 2, "major": 7}, "package": "Debian 1:7.2"}, "capabilities": ["oob", "new"]}}"#,
            Some(version(7, 2, 22, "Debian 1:7.2")),
            &["oob", "new"][..],
        ),
        // 0.14
        (
            r#"{"QMP": {"version": {"qemu": {"micro": 50, "minor": 13, "major": 0}, "package": ""}, "capabilities": []}}"#,
            Some(version(0, 13, 50, "")),
            &[],
        ),
        // 0.13
        (
            r#"{"QMP": {"version": {"qemu": "0.12.50", "package": " (qemu)"}, "capabilities": []}}"#,
            Some(version(0, 12, 50, " (qemu)")),
            &[],
        ),
        // 0.12
        (r#"{"QMP": {"capabilities": []}}"#, None, &[]),
        (r#"{"QMP": {}}"#, None, &[]),
        (
            r#"{"QMP": {"new": 1, "version": {"qemu": {"major": 9}}}, "new": 1}"#,
            Some(version(9, 0, 0, "")),
            &[],
        ),
    ] {
        let greeting = read::<Greeting>(text).expect(text);
        assert_eq!(greeting.version, expected, "{text}");
        let names: Vec<_> = greeting.capabilities.iter().map(|it| it.as_str()).collect();
        assert_eq!(names, capabilities, "{text}");
        let again = serde_json::to_string(&greeting).expect("it encodes");
        assert_eq!(read(&again), Ok(greeting));
    }
    assert!(QemuVersion::new(7, 2, 22) > QemuVersion::new(7, 2, 3));
    assert_eq!(version(7, 2, 0, "Debian").to_string(), "7.2.0 (Debian)");
    assert_eq!(QemuVersion::new(11, 1, 0).to_string(), "11.1.0");
}

#[test]
fn errors_in_greetings_have_a_reason() {
    for (text, expected) in [
        ("{}", "QMP: missing"),
        (
            r#"{"QMP": []}"#,
            "QMP: invalid type: sequence, expected a map",
        ),
        (
            r#"{"QMP": {"version": {"qemu": {"major": "7"}}}}"#,
            "QMP.version.qemu.major: invalid type: string \"7\", expected u32",
        ),
        (
            r#"{"QMP": {"capabilities": [1]}}"#,
            "QMP.capabilities: invalid type: integer `1`, expected a string",
        ),
    ] {
        assert_eq!(read::<Greeting>(text), Err(expected.into()), "{text}");
    }
}

#[test]
fn timestamps_and_the_system_time_convert() {
    let moment = UNIX_EPOCH + Duration::new(1_401_385_907, 422_329_000);
    for (timestamp, time) in [
        (Timestamp::new(1_401_385_907, 422_329), moment),
        (Timestamp::new(0, 0), UNIX_EPOCH),
        (
            Timestamp::new(-2, 250_000),
            UNIX_EPOCH - Duration::from_millis(1750),
        ),
    ] {
        assert_eq!(SystemTime::try_from(timestamp), Ok(time));
        assert_eq!(Timestamp::try_from(time), Ok(timestamp));
        assert_eq!(timestamp.system_time(), Some(time));
    }
    let nanos = UNIX_EPOCH - Duration::from_nanos(1);
    assert_eq!(Timestamp::try_from(nanos), Ok(Timestamp::new(-1, 999_999)));
    let no_clock = SystemTime::try_from(Timestamp::new(-1, -1));
    assert_eq!(no_clock, Err(TimestampError::NoClock));
    assert_eq!(Timestamp::new(-1, -1).system_time(), None);
    let negative = SystemTime::try_from(Timestamp::new(1, -1));
    assert_eq!(negative, Err(TimestampError::OutOfRange));
    // No input causes a panic.
    for seconds in [i64::MIN, i64::MIN + 1, -1, i64::MAX] {
        for microseconds in [i64::MIN, -1, 0, i64::MAX] {
            if let Some(time) = Timestamp::new(seconds, microseconds).system_time() {
                let _ = Timestamp::try_from(time);
            }
        }
    }
}
