//! A program that uses generated code. The examples in `docs/generated-code.md` are excerpts of it.

use serde_json::json;

use crate::showcase;

#[allow(dead_code)]
mod build_script {
    fn main() -> Result<(), qapi_codegen::Error> {
        qapi_codegen::compile("schema/showcase.json")
    }
}

#[test]
fn options() {
    use qapi_codegen::Builder;

    let schema = integration_tests::root().join("schema/showcase.json");
    let bindings = Builder::new(schema)
        // This QEMU has it, so members that depend on it are required.
        .config("CONFIG_SPECTRUM", true)
        // Only these commands, events and types, and their dependencies.
        .only(["add-lamp", "water-bed", "NIGHTFALL"])
        // Replaces a type of the schema by an existing one.
        .extern_type("Span", "crate::range::Range<i64>")
        .derive("::schemars::JsonSchema")
        .generate()
        .unwrap();
    let text = bindings.to_string();
    assert!(text.contains("pub spectrum: Vec<u16>,"));
    assert!(text.contains("pub type Span = crate::range::Range<i64>;"));
    assert!(!text.contains("QueryBeds"));
    assert!(text.contains("#[derive(Clone, Debug, ::schemars::JsonSchema)]"));
}

#[test]
fn enums() {
    use showcase::Season;

    fn is_heated(season: &Season) -> bool {
        match season {
            Season::Growing => false,
            Season::Resting | Season::PolarNight => true,
            // A newer QEMU may have more seasons.
            _ => true,
        }
    }

    let season: Season = serde_json::from_str("\"monsoon\"").unwrap();
    assert_eq!(season, Season::Unknown("monsoon".into()));
    assert_eq!(season.to_string(), "monsoon");
    assert_eq!("resting".parse(), Ok(Season::Resting));
    let error = "restin".parse::<Season>().unwrap_err();
    assert_eq!(error.nearest, Some("resting"));
    assert!(is_heated(&season));
    for season in Season::VALUES {
        println!("{season}");
    }
}

#[test]
fn values_are_compared_by_their_strings() {
    use showcase::Season;

    // A program from before the schema had the value still recognizes it, and finds it in its maps.
    let unknown = Season::Unknown("resting".into());
    assert_eq!(unknown, Season::Resting);
    assert!(std::collections::HashSet::from([Season::Resting]).contains(&unknown));
    assert_ne!(Season::Unknown("monsoon".into()), Season::Growing);
}

#[test]
fn structs() {
    use showcase::Lamp;

    let mut lamp = Lamp::new("window", 60).with_hours(vec![6, 7, 8]);
    lamp.label = Some("South".into());
    assert_eq!(
        serde_json::to_value(&lamp).unwrap(),
        json!({"id": "window", "label": "South", "watts": 60, "hours": [6, 7, 8]})
    );
}

#[test]
fn unions() {
    use showcase::{Device, DeviceBranch, DeviceKind, LampSettings};

    let text = r#"{"kind": "lamp", "name": "window", "brightness": 128}"#;
    let device: Device = serde_json::from_str(text).unwrap();
    match &device.branch {
        DeviceBranch::Lamp(lamp) => assert_eq!(lamp.brightness, 128),
        DeviceBranch::Unknown(other) => println!("{}: {:?}", other.name, other.members),
        other => println!("{}: {other:?}", device.name),
    }
    assert_eq!(device.kind(), DeviceKind::Lamp);
    let same = Device::new("window", DeviceBranch::Lamp(LampSettings::new(128)));
    assert_eq!(
        serde_json::to_string(&same).unwrap(),
        serde_json::to_string(&device).unwrap()
    );
}

#[test]
fn alternates() {
    use showcase::{Amount, Plenty};

    let amounts: Vec<Amount> = serde_json::from_str(r#"[250, "a-lot", null]"#).unwrap();
    assert!(matches!(
        amounts[..],
        [
            Amount::Exact(250),
            Amount::About(Plenty::ALot),
            Amount::Usual
        ]
    ));
}

#[test]
fn commands() {
    use showcase::commands::{QueryBeds, WaterBed};
    use showcase::{Command, Execute, Response};

    let water = WaterBed::new("herbs", 250).with_at(6);
    let request = Execute::new(water).with_id(json!(1));
    assert_eq!(
        serde_json::to_string(&request).unwrap(),
        r#"{"execute":"water-bed","arguments":{"bed":"herbs","amount":250,"at":6},"id":1}"#
    );

    let answer = r#"{"return": [{"id": "herbs", "plants": ["basil"], "moisture": 0.5}]}"#;
    let answer: Response<<QueryBeds as Command>::Return> = serde_json::from_str(answer).unwrap();
    match answer.result {
        Ok(beds) => assert_eq!(beds[0].plants, ["basil"]),
        Err(error) => eprintln!("{error}"),
    }
}

#[test]
fn events() {
    use showcase::{Event, EventMessage};

    let line = r#"{"event": "WATERED", "data": {"bed": "herbs", "litres": 0.25}, "timestamp": {"seconds": 1751362200, "microseconds": 7}}"#;
    let message: EventMessage = serde_json::from_str(line).unwrap();
    match &message.event {
        Event::Watered(it) => println!("{}: {} l", it.bed, it.litres),
        Event::Unknown(it) => println!("{}: {:?}", it.name, it.data),
        other => println!("{}", other.name()),
    }
    assert!(message.timestamp.system_time().is_some());
}

#[test]
fn messages() {
    use showcase::{Message, Response};

    let line = r#"{"return": "Basil", "id": 7}"#;
    match serde_json::from_str(line).unwrap() {
        Message::Greeting(it) => println!("{:?}", it.version),
        Message::Response(it) => assert_eq!(it.id, Some(json!(7))),
        Message::Event(it) => println!("{}", it.event.name()),
    }

    // A test in the role of the server encodes the response.
    let response = Response::success("Basil").with_id(7);
    let written: serde_json::Value = serde_json::to_value(&response).unwrap();
    assert_eq!(
        written,
        serde_json::from_str::<serde_json::Value>(line).unwrap()
    );
}

#[test]
fn errors() {
    use showcase::EventMessage;

    let line = r#"{"event": "DEVICE_ADDED", "data": {"kind": "tank", "name": "rain", "liquid": "water", "litres": "all"}, "timestamp": {"seconds": 1, "microseconds": 2}}"#;
    let error = serde_json::from_str::<EventMessage>(line).unwrap_err();
    assert_eq!(
        error.to_string(),
        "data.litres: invalid type: string \"all\", expected u64 at line 1 column 101"
    );
}

#[test]
fn commands_without_code() {
    use showcase::commands::TuneDriver;

    let mut tune = TuneDriver::new("pump");
    tune.rest.insert("speed".into(), json!(3));
    assert_eq!(
        serde_json::to_value(&tune).unwrap(),
        json!({"driver": "pump", "speed": 3})
    );
}
