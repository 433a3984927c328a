//! Members, values, branches, events and JSON types not defined in the schema.

use serde_json::{Value, json};

use crate::showcase::{
    Amount, Bed, Climate, Device, DeviceBranch, DeviceKind, Event, EventMessage, Lamp,
    LiquidBranch, Season, Thing, UnknownBranch, UnknownEvent,
};
use crate::{kept, orders, read};

#[test]
fn unknown_members_are_ignored() {
    let lamp: Lamp = read(
        r#"{"new": {"id": "no"}, "id": "a", "newer": [[], {}], "watts": 60, "newest": null, "label": "b"}"#,
    );
    assert_eq!(lamp, Lamp::new("a", 60).with_label("b"));
    for text in orders(&[
        r#""id": "a""#,
        r#""new": {"plants": 1}"#,
        r#""plants": ["fig"]"#,
        r#""moisture": 0.5"#,
    ]) {
        assert_eq!(read::<Bed>(&text), Bed::new("a", ["fig"], 0.5));
    }
}

#[test]
fn unknown_values_are_kept() {
    for text in ["monsoon", "Growing", "", " growing", "über"] {
        let json = json!(text).to_string();
        let season: Season = kept(&json);
        assert_eq!(season, Season::Unknown(text.into()));
        assert_eq!(season.as_str(), text);
    }
    // An `Unknown` with a value of the schema decodes as that value.
    assert_eq!("growing".parse(), Ok(Season::Growing));
    let climate: Climate = kept(r#"{"season": "monsoon", "celsius": 30.5}"#);
    assert_eq!(climate.season, Season::Unknown("monsoon".into()));
}

#[test]
fn a_conditional_value_is_read_where_qemu_has_it() {
    assert_eq!(kept::<Season>(r#""polar-night""#), Season::PolarNight);
}

#[test]
fn a_conditional_member_may_be_absent() {
    assert_eq!(kept::<Lamp>(r#"{"id": "a", "watts": 1}"#).spectrum, None);
    let lamp: Lamp = kept(r#"{"id": "a", "watts": 1, "spectrum": [0, 65535]}"#);
    assert_eq!(lamp.spectrum, Some(vec![0, 65535]));
}

#[test]
fn the_discriminator_may_be_anywhere() {
    let members = [
        r#""name": "x""#,
        r#""on": true"#,
        r#""kind": "lamp""#,
        r#""brightness": 7"#,
        r#""new": {"kind": "tank"}"#,
    ];
    for text in orders(&members) {
        let device: Device = read(&text);
        assert_eq!((device.name.as_str(), device.on), ("x", Some(true)));
        assert_eq!(device.kind(), DeviceKind::Lamp);
        match device.branch {
            DeviceBranch::Lamp(lamp) => assert_eq!(lamp.brightness, 7),
            other => panic!("{text}: {other:?}"),
        }
    }
}

#[test]
fn the_discriminator_of_a_nested_union_may_be_anywhere() {
    let members = [
        r#""name": "x""#,
        r#""kind": "tank""#,
        r#""liquid": "feed""#,
        r#""litres": 18446744073709551615"#,
        r#""nitrogen": -1"#,
    ];
    for text in orders(&members) {
        let device: Device = kept(&text);
        let DeviceBranch::Tank(tank) = device.branch else {
            panic!("{text}");
        };
        assert_eq!(tank.litres, u64::MAX);
        assert!(matches!(tank.branch, LiquidBranch::Feed(feed) if feed.nitrogen == -1));
    }
}

#[test]
fn an_unknown_branch_keeps_its_members() {
    let members = [
        r#""name": "x""#,
        r#""kind": "robot""#,
        r#""arms": [{"kind": "left"}, null]"#,
        r#""on": false"#,
        r#""brightness": "bright""#,
    ];
    for text in orders(&members) {
        let device: Device = kept(&text);
        assert_eq!((device.name.as_str(), device.on), ("x", Some(false)));
        assert_eq!(device.kind(), DeviceKind::Unknown("robot".into()));
        let DeviceBranch::Unknown(robot) = device.branch else {
            panic!("{text}");
        };
        assert_eq!(robot.name, "robot");
        assert_eq!(
            Value::from(robot.members),
            json!({"arms": [{"kind": "left"}, null], "brightness": "bright"})
        );
    }
}

#[test]
fn an_unknown_branch_of_a_nested_union_keeps_its_members() {
    let members = [
        r#""name": "x""#,
        r#""kind": "tank""#,
        r#""liquid": "juice""#,
        r#""litres": 1"#,
        r#""fruit": {"kind": "apple"}"#,
    ];
    for text in orders(&members) {
        let device: Device = kept(&text);
        let DeviceBranch::Tank(tank) = device.branch else {
            panic!("{text}");
        };
        let LiquidBranch::Unknown(juice) = tank.branch else {
            panic!("{text}");
        };
        assert_eq!(juice.name, "juice");
        assert_eq!(
            Value::from(juice.members),
            json!({"fruit": {"kind": "apple"}})
        );
    }
}

#[test]
fn a_value_without_a_branch_has_no_members() {
    for text in orders(&[r#""name": "x""#, r#""kind": "bell""#, r#""loudness": 11"#]) {
        let device: Device = read(&text);
        assert_eq!(device, Device::new("x", DeviceBranch::Bell));
    }
    kept::<Device>(r#"{"name": "x", "kind": "bell"}"#);
}

#[test]
fn an_unknown_branch_can_be_built() {
    let members = json!({"arms": 2}).as_object().cloned().expect("it is one");
    let robot = UnknownBranch::new("robot".into(), members);
    let device = Device::new("x", DeviceBranch::Unknown(robot));
    assert_eq!(
        serde_json::to_value(&device).expect("JSON"),
        json!({"name": "x", "kind": "robot", "arms": 2})
    );
}

#[test]
fn unknown_events_are_kept() {
    let members = [
        r#""event": "HARVEST""#,
        r#""data": {"bed": "herbs", "more": [null]}"#,
        r#""timestamp": {"seconds": 1, "microseconds": 2}"#,
    ];
    for text in orders(&members) {
        let message: EventMessage = kept(&text);
        assert_eq!(message.event.name(), "HARVEST");
        let data = json!({"bed": "herbs", "more": [null]});
        assert_eq!(
            message.event,
            Event::Unknown(UnknownEvent::new("HARVEST", Some(data)))
        );
    }
    let message: EventMessage =
        kept(r#"{"event": "HARVEST", "timestamp": {"seconds": -1, "microseconds": -1}}"#);
    assert_eq!(message.timestamp.system_time(), None);
    assert!(matches!(message.event, Event::Unknown(it) if it.data.is_none()));
}

#[test]
fn known_events_may_have_more_members() {
    let members = [
        r#""event": "WATERED""#,
        r#""data": {"litres": 0.5, "new": {}, "bed": "herbs"}"#,
        r#""timestamp": {"nanoseconds": 3, "microseconds": 2, "seconds": 1}"#,
        r#""sequence": 4"#,
    ];
    for text in orders(&members) {
        let message: EventMessage = read(&text);
        match message.event {
            Event::Watered(it) => assert_eq!((it.bed.as_str(), it.litres), ("herbs", 0.5)),
            other => panic!("{other:?}"),
        }
    }
    // An event without data may get some.
    let message: EventMessage = read(
        r#"{"event": "NIGHTFALL", "data": {"moon": "full"}, "timestamp": {"seconds": 1, "microseconds": 2}}"#,
    );
    assert_eq!(message.event.name(), "NIGHTFALL");
}

#[test]
fn an_event_contains_a_union() {
    let event = r#""event": "DEVICE_ADDED""#;
    let timestamp = r#""timestamp": {"seconds": 1, "microseconds": 2}"#;
    for data in [
        r#"{"kind": "robot", "name": "x", "arms": 2}"#,
        r#"{"arms": 2, "name": "x", "kind": "robot"}"#,
        r#"{"name": "x", "liquid": "feed", "litres": 1, "kind": "tank", "nitrogen": 3}"#,
        r#"{"name": "x", "kind": "bell"}"#,
    ] {
        for text in orders(&[event, timestamp, &format!("\"data\": {data}")]) {
            kept::<EventMessage>(&text);
        }
    }
}

#[test]
fn the_json_type_selects_the_alternative() {
    for (text, amount) in [
        ("250", Amount::Exact(250)),
        ("null", Amount::Usual),
        ("[1, 2]", Amount::ByHour(vec![1, 2])),
        (
            r#"{"low": 1, "high": 2}"#,
            Amount::Between(crate::showcase::Span::new(1, 2)),
        ),
        (r#""a-lot""#, Amount::About(crate::showcase::Plenty::ALot)),
        (
            r#""a-tad""#,
            Amount::About(crate::showcase::Plenty::Unknown("a-tad".into())),
        ),
    ] {
        assert_eq!(kept::<Amount>(text), amount);
    }
    // A type that is not among its alternatives.
    assert_eq!(kept::<Amount>("true"), Amount::Unknown(json!(true)));
}

#[test]
fn any_value_is_kept_and_absent_is_not_null() {
    let climate: Climate = kept(r#"{"season": "resting", "celsius": -3.25, "notes": null}"#);
    assert_eq!(climate.notes, Some(Value::Null));
    let climate: Climate = kept(r#"{"season": "resting", "celsius": -3.25}"#);
    assert_eq!(climate.notes, None);
    let big = r#"{"season": "resting", "celsius": 1e300, "notes": [18446744073709551615, -9223372036854775808, {"": ""}]}"#;
    kept::<Climate>(big);
}

#[test]
fn recursive_types_are_read() {
    let bed: Bed = kept(
        r#"{"id": "a", "plants": [], "moisture": 0.1, "beside": {"id": "b", "plants": ["c"], "moisture": 0.2, "beside": {"id": "d", "plants": [], "moisture": 0.3}}}"#,
    );
    let second = bed.beside.expect("there is one");
    assert_eq!(second.beside.expect("there is one").id, "d");
    assert_eq!(read::<Thing>(r#"{"id": "\u0000\"\\"}"#).id, "\0\"\\");
}
