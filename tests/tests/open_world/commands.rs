//! Commands on the wire, and their responses.

use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::kept;
use crate::showcase::commands::{
    AddDevice, AddLamp, QueryBeds, QueryClimate, QueryLabel, RingBell, StopWater, TuneDriver,
    WaterBed,
};
use crate::showcase::{
    Amount, Bed, Climate, Command, CommandError, Device, DeviceBranch, Empty, Execute, Lamp,
    LampSettings, Response, Season,
};

fn written<C: Command>(request: Execute<C>) -> Value {
    let text = serde_json::to_string(&request).expect("it can be written");
    serde_json::from_str(&text).expect("it is JSON")
}

/// The response to a command, with its return type.
fn answer<C: Command>(_: &C, text: &str) -> Response<C::Return>
where
    C::Return: DeserializeOwned,
{
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

#[test]
fn a_request_has_all_members() {
    assert_eq!(
        written(Execute::new(RingBell::new())),
        json!({"execute": "ring-bell"})
    );
    assert_eq!(
        written(Execute::new(WaterBed::new("herbs", 250)).with_id(json!(7))),
        json!({"execute": "water-bed", "arguments": {"bed": "herbs", "amount": 250}, "id": 7})
    );
    assert_eq!(
        written(Execute::new(
            WaterBed::new("herbs", Amount::Usual).with_at(6)
        )),
        json!({"execute": "water-bed", "arguments": {"bed": "herbs", "amount": null, "at": 6}})
    );
    assert_eq!(
        written(
            Execute::new(StopWater::new())
                .with_id(Value::Null)
                .out_of_band()
        ),
        json!({"exec-oob": "stop-water", "id": null})
    );
    assert_eq!(
        written(Execute::new(QueryLabel::new("a"))),
        json!({"execute": "query-label", "arguments": {"id": "a"}})
    );
}

#[test]
fn the_name_is_first() {
    let request = Execute::new(WaterBed::new("herbs", 1)).with_id(json!("x"));
    assert_eq!(
        serde_json::to_string(&request).expect("JSON"),
        r#"{"execute":"water-bed","arguments":{"bed":"herbs","amount":1},"id":"x"}"#
    );
}

#[test]
fn arguments_may_have_a_type_of_their_own() {
    let lamp = Lamp::new("a", 60).with_hours(vec![6, 7]);
    let expected =
        json!({"execute": "add-lamp", "arguments": {"id": "a", "watts": 60, "hours": [6, 7]}});
    assert_eq!(written(Execute::new(AddLamp::from(lamp))), expected);
    let device = Device::new("x", DeviceBranch::Lamp(LampSettings::new(3))).with_on(false);
    let expected = json!({
        "execute": "add-device",
        "arguments": {"name": "x", "on": false, "kind": "lamp", "brightness": 3}
    });
    assert_eq!(written(Execute::new(AddDevice::from(device))), expected);
}

#[test]
fn a_command_without_code_takes_more() {
    let mut tune = TuneDriver::new("pump");
    tune.rest.insert("speed".into(), json!({"max": 3}));
    tune.rest.insert("force".into(), json!(true));
    assert_eq!(
        written(Execute::new(tune)),
        json!({"execute": "tune-driver", "arguments": {"driver": "pump", "speed": {"max": 3}, "force": true}})
    );
    kept::<TuneDriver>(r#"{"speed": 1, "driver": "pump", "deep": {"driver": null}}"#);
}

#[test]
fn facts_of_a_command_are_constants() {
    assert_eq!(StopWater::NAME, "stop-water");
    const { assert!(StopWater::ALLOW_OOB && !RingBell::ALLOW_OOB) };
    const { assert!(!StopWater::HAS_ARGUMENTS && WaterBed::HAS_ARGUMENTS) };
}

#[test]
fn an_answer_has_the_return_type_of_the_command() {
    let none: Response<Empty> = answer(&RingBell::new(), r#"{"return": {}}"#);
    assert_eq!(none.result, Ok(Empty::default()));
    // A command without a return value may get one.
    let none = answer(
        &RingBell::new(),
        r#"{"return": {"echo": 3}, "id": 1, "new": 2}"#,
    );
    assert_eq!(
        (none.result, none.id),
        (Ok(Empty::default()), Some(json!(1)))
    );
    let beds: Response<Vec<Bed>> = answer(
        &QueryBeds::new(),
        r#"{"id": null, "return": [{"id": "a", "plants": [], "moisture": 0, "new": 1}]}"#,
    );
    assert_eq!(beds.id, Some(Value::Null));
    assert_eq!(beds.result, Ok(vec![Bed::new("a", [""; 0], 0.0)]));
    let label: Response<String> = answer(&QueryLabel::new("a"), r#"{"return": "Basil"}"#);
    assert_eq!(label.result.as_deref(), Ok("Basil"));
    let climate = answer(
        &QueryClimate::new(),
        r#"{"return": {"season": "resting", "celsius": 4}}"#,
    );
    assert_eq!(climate.result, Ok(Climate::new(Season::Resting, 4.0)));
}

#[test]
#[allow(deprecated)]
fn a_deprecated_command_is_a_command() {
    use crate::showcase::commands::CountBeds;
    let count = CountBeds::new();
    assert_eq!(answer(&count, r#"{"return": 3}"#).result, Ok(3));
    assert_eq!(
        written(Execute::new(count)),
        json!({"execute": "count-beds"})
    );
}

#[test]
fn a_failure_is_an_error() {
    let text = r#"{"id": "x", "error": {"class": "BedNotFound", "desc": "no bed 'a'", "new": {}}}"#;
    let response = answer(&WaterBed::new("a", 1), text);
    assert_eq!(response.id, Some(json!("x")));
    let error: CommandError = response.result.unwrap_err();
    assert_eq!(error.class, "BedNotFound");
    assert_eq!(error.to_string(), "BedNotFound: no bed 'a'");
    let boxed: Box<dyn std::error::Error + Send + Sync> = Box::new(error);
    assert!(boxed.source().is_none());
}

#[test]
fn invalid_responses_are_errors() {
    for (text, expected) in [
        ("{}", "return: missing"),
        (r#"{"id": 1}"#, "return: missing"),
        (
            r#"{"return": []}"#,
            "return: invalid type: sequence, expected an object",
        ),
        (r#"{"error": {"class": "a"}}"#, "error.desc: missing"),
        (
            r#"{"error": null}"#,
            "error: invalid type: null, expected an object (error)",
        ),
    ] {
        assert_eq!(crate::error::<Response<Empty>>(text), expected, "{text}");
    }
}
