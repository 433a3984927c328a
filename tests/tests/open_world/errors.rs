//! Invalid messages are errors with the path to the value.

use crate::error;
use crate::showcase::commands;
use crate::showcase::{Bed, Climate, Device, EventMessage, Lamp, Response, Season};

#[test]
fn through_structs_and_lists() {
    for (text, expected) in [
        (r#"{"id": "a", "moisture": 0.5}"#, "plants: missing"),
        (
            r#"{"id": "a", "plants": ["b", 7]}"#,
            "plants[1]: invalid type: integer `7`, expected a string",
        ),
        (
            r#"{"id": "a", "plants": "b"}"#,
            "plants: invalid type: string \"b\", expected an array",
        ),
        (
            r#"{"id": "a", "plants": [], "moisture": 1, "beside": {"id": "b", "plants": [null]}}"#,
            "beside.plants[0]: invalid type: null, expected a string",
        ),
        (
            r#"{"id": "a", "plants": [], "moisture": 1, "beside": []}"#,
            "beside: invalid type: sequence, expected an object (Bed)",
        ),
    ] {
        assert_eq!(error::<Bed>(text), expected, "{text}");
    }
    assert_eq!(
        error::<Lamp>(r#"{"id": "a", "watts": 1, "hours": [1, 2, 3, 256]}"#),
        "hours[3]: invalid value: integer `256`, expected u8"
    );
}

#[test]
fn absent_is_not_null() {
    assert_eq!(
        error::<Lamp>(r#"{"id": "a", "watts": 1, "label": null}"#),
        "label: invalid type: null, expected a string"
    );
    assert_eq!(
        error::<Device>(r#"{"name": "a", "kind": "bell", "on": null}"#),
        "on: invalid type: null, expected a boolean"
    );
    assert_eq!(
        error::<Bed>("null"),
        "invalid type: null, expected an object (Bed)"
    );
    assert_eq!(
        error::<Season>("null"),
        "invalid type: null, expected a string (Season)"
    );
}

#[test]
fn through_unions() {
    for (text, expected) in [
        (r#"{"name": "a", "brightness": 7}"#, "kind: missing"),
        (r#"{"kind": "bell"}"#, "name: missing"),
        (r#"{"kind": "lamp", "name": "a"}"#, "brightness: missing"),
        (
            r#"{"kind": [], "name": "a"}"#,
            "kind: invalid type: sequence, expected a string (DeviceKind)",
        ),
        // The branch's own members, before the discriminator and after it.
        (
            r#"{"brightness": "b", "kind": "lamp", "name": "a"}"#,
            "brightness: invalid type: string \"b\", expected u8",
        ),
        (
            r#"{"kind": "lamp", "brightness": "b", "name": "a"}"#,
            "brightness: invalid type: string \"b\", expected u8",
        ),
        // A union in a union.
        (
            r#"{"kind": "tank", "name": "a", "litres": 1}"#,
            "liquid: missing",
        ),
        (
            r#"{"kind": "tank", "name": "a", "liquid": "feed", "litres": 1}"#,
            "nitrogen: missing",
        ),
    ] {
        assert_eq!(error::<Device>(text), expected, "{text}");
    }
}

#[test]
fn through_alternates() {
    for (amount, expected) in [
        (r#"{"low": 1}"#, "amount.high: missing"),
        (
            r#"{"low": 1, "high": "2"}"#,
            "amount.high: invalid type: string \"2\", expected i64",
        ),
        ("[1, 2, {}]", "amount[2]: invalid type: map, expected i64"),
        (
            "1.5",
            "amount: invalid type: floating point `1.5`, expected i64",
        ),
    ] {
        let text = format!(r#"{{"bed": "a", "amount": {amount}}}"#);
        assert_eq!(error::<commands::WaterBed>(&text), expected, "{text}");
    }
}

#[test]
fn through_events_and_answers() {
    let event = |event: &str, data: &str| {
        let timestamp = r#""timestamp": {"seconds": 1, "microseconds": 2}"#;
        let errors = [
            format!(r#"{{"event": "{event}", "data": {data}, {timestamp}}}"#),
            format!(r#"{{"data": {data}, {timestamp}, "event": "{event}"}}"#),
        ];
        let [first, second] = errors.map(|text| error::<EventMessage>(&text));
        assert_eq!(first, second, "whatever comes first");
        first
    };
    assert_eq!(
        event("WATERED", r#"{"bed": "a", "litres": "b"}"#),
        "data.litres: invalid type: string \"b\", expected f64"
    );
    assert_eq!(
        event(
            "DEVICE_ADDED",
            r#"{"name": "a", "kind": "tank", "liquid": "water"}"#
        ),
        "data.litres: missing"
    );
    assert_eq!(
        error::<EventMessage>(r#"{"event": "NIGHTFALL", "timestamp": {"seconds": 1}}"#),
        "timestamp.microseconds: missing"
    );
    assert_eq!(
        error::<Response<Vec<Bed>>>(r#"{"return": [{"id": "a", "plants": [], "moisture": "b"}]}"#),
        "return[0].moisture: invalid type: string \"b\", expected f64"
    );
    assert_eq!(
        error::<Response<Climate>>(r#"{"return": {"season": 1}}"#),
        "return.season: invalid type: integer `1`, expected a string (Season)"
    );
}
