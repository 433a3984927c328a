//! Reads and writes messages in the types of old dialects.
#![deny(warnings)]

mod alternates;
mod strings;
mod text;
mod unions;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// Decodes a value from `text` and encodes it, which must give the same text.
fn round_trip<T: Serialize + DeserializeOwned>(text: &str) -> T {
    let value: T = serde_json::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    let expected: Value = serde_json::from_str(text).expect("JSON");
    assert_eq!(serde_json::to_value(&value).expect("it is written"), expected);
    let again: T = serde_json::from_value(expected.clone()).expect("it is read from a value");
    assert_eq!(serde_json::to_value(&again).expect("it is written"), expected);
    value
}

fn refused<T: DeserializeOwned>(text: &str) {
    assert!(serde_json::from_str::<T>(text).is_err(), "{text}");
}

/// The members of the base are next to `type` and `data`.
fn simple_unions_with_a_base() {
    use unions::{Event, EventMessage, Filter, FilterBranch, Shape, ShapeBranch};

    let shape: Shape = round_trip(r#"{ "name": "a", "type": "round", "data": { "radius": 1 } }"#);
    assert_eq!(shape.name, "a");
    assert!(matches!(&shape.branch, ShapeBranch::Round(it) if it.radius == 1));
    let shape: Shape = round_trip(
        r#"{ "data": [{ "radius": 1 }, { "radius": 2 }], "note": "n", "type": "dots", "name": "b" }"#,
    );
    assert_eq!(shape.note.as_deref(), Some("n"));
    assert!(matches!(&shape.branch, ShapeBranch::Dots(it) if it.len() == 2));
    let shape: Shape = round_trip(r#"{ "type": "odd", "data": { "radius": 3 }, "name": "c" }"#);
    assert!(matches!(&shape.branch, ShapeBranch::Odd(it) if it.radius == 3));
    let shape: Shape = round_trip(r#"{ "type": "label", "data": "text", "name": "d" }"#);
    assert!(matches!(&shape.branch, ShapeBranch::Label(it) if it == "text"));
    let shape: Shape = round_trip(r#"{ "type": "new", "data": { "x": [1] }, "name": "e" }"#);
    assert!(matches!(&shape.branch, ShapeBranch::Unknown(it) if it.name == "new"));
    refused::<Shape>(r#"{ "type": "round", "data": { "radius": 1 } }"#);
    refused::<Shape>(r#"{ "name": "a", "data": { "radius": 1 } }"#);
    refused::<Shape>(r#"{ "name": "a", "type": "round" }"#);

    let event: EventMessage = round_trip(
        r#"{ "timestamp": { "seconds": 1, "microseconds": 2 }, "event": "DRAWN",
             "data": { "shapes": [{ "type": "label", "data": "text", "name": "d" }] } }"#,
    );
    assert!(matches!(&event.event, Event::Drawn(it) if it.shapes.len() == 1));

    let filter: Filter = round_trip(r#"{ "type": "first", "data": 1 }"#);
    assert!(matches!(&filter.branch, FilterBranch::Unknown(it) if it.name == "first"));
    let named: unions::NamedFilter = round_trip(r#"{ "type": "first", "data": 1, "name": "n" }"#);
    assert_eq!(named.name, "n");
    let command: unions::commands::DrawFilter =
        round_trip(r#"{ "type": "first", "data": 1, "name": "n" }"#);
    assert_eq!(command.name, "n");
}

fn empty_unions_and_alternates() {
    let flat: unions::Flat = round_trip(r#"{ "kind": "first", "x": 1, "id": 2 }"#);
    assert_eq!(flat.id, 2);
    for text in ["1", "null", "\"text\"", "[1.5]", "{ \"a\": true }"] {
        let never: unions::Never = round_trip(text);
        assert!(matches!(never, unions::Never::Unknown(_)));
    }
}

/// The branches are values of the discriminator. Members of unknown branches are kept.
fn string_discriminators() {
    use strings::{Base, Event, EventMessage, InPlaceBranch, Options, OptionsBranch, Others};

    let options: Options = round_trip(r#"{ "driver": "file", "name": "disk", "id": "d0" }"#);
    assert_eq!(options.id.as_deref(), Some("d0"));
    assert!(matches!(&options.branch, OptionsBranch::File(it) if it.name == "disk"));
    let options: Options = round_trip(r#"{ "host": "h", "port": 1, "driver": "net" }"#);
    assert!(matches!(&options.branch, OptionsBranch::Net(it) if it.port == Some(1)));
    let options: Options = round_trip(r#"{ "x": 1, "driver": "Some thing", "id": "d1", "y": {} }"#);
    match &options.branch {
        OptionsBranch::Unknown(it) => {
            assert_eq!(it.name, "Some thing");
            assert_eq!(Value::from(it.members.clone()), json!({ "x": 1, "y": {} }));
        }
        other => panic!("{other:?}"),
    }
    refused::<Options>(r#"{ "name": "disk" }"#);
    refused::<Options>(r#"{ "driver": "file" }"#);
    refused::<Options>(r#"{ "driver": 1, "name": "disk" }"#);
    let _: Others = round_trip(r#"{ "driver": "other", "name": "disk" }"#);
    let base: Base = round_trip(r#"{ "driver": "anything" }"#);
    assert_eq!(base.driver, "anything");
    let event: EventMessage = round_trip(
        r#"{ "timestamp": { "seconds": 1, "microseconds": 2 }, "event": "ADDED",
             "data": { "kind": "a-b", "size": 1, "name": "n" } }"#,
    );
    match &event.event {
        Event::Added(it) => assert!(matches!(&it.branch, InPlaceBranch::AB(it) if it.name == "n")),
        other => panic!("{other:?}"),
    }
}

/// A number is an integer if it has neither fraction nor exponent, and fits.
fn integers_and_other_numbers() {
    use alternates::{Amount, Reversed, Small};

    for (text, whole) in [("0", 0), ("-3", -3), ("9223372036854775807", i64::MAX)] {
        let amount: Amount = round_trip(text);
        assert!(matches!(amount, Amount::Whole(it) if it == whole), "{text}");
    }
    for (text, part) in [("1.0", 1.0), ("0.5", 0.5), ("-2.5e3", -2500.0), ("1e2", 100.0)] {
        let amount: Amount = round_trip(text);
        assert!(matches!(amount, Amount::Part(it) if it == part), "{text}");
    }
    let too_large: Amount = serde_json::from_str("9223372036854775808").expect("a number");
    assert!(matches!(too_large, Amount::Part(it) if it == 9223372036854775808.0));
    assert!(matches!(round_trip("\"1\""), Amount::Unknown(_)));
    assert!(matches!(round_trip("18446744073709551615"), Reversed::Whole(u64::MAX)));
    // QEMU before 2.10 writes it as a negative integer.
    let negative: Reversed = serde_json::from_str("-1").expect("a number");
    assert!(matches!(negative, Reversed::Whole(u64::MAX)));
    assert!(matches!(round_trip("-1.0"), Reversed::Part(-1.0)));
    assert!(matches!(round_trip("1.0"), Reversed::Part(1.0)));
    assert!(matches!(round_trip("null"), Reversed::None));
    let list: Reversed = round_trip("[1, 1.0]");
    assert!(matches!(&list, Reversed::List(it) if matches!(it[..], [Amount::Whole(1), Amount::Part(1.0)])));
    assert!(matches!(round_trip("255"), Small::Byte(255)));
    assert!(matches!(round_trip("0.5"), Small::Part(0.5)));
    let too_large: Small = serde_json::from_str("256").expect("a number");
    assert!(matches!(too_large, Small::Part(256.0)));
    // Also in values that are kept until the discriminator.
    let pour: alternates::commands::Pour =
        round_trip(r#"{ "amount": 1, "more": 1.0, "small": 2 }"#);
    assert!(matches!(pour.amount, Amount::Whole(1)));
    assert_eq!(serde_json::to_string(&Amount::from(1.0)).expect("JSON"), "1.0");
    assert_eq!(serde_json::to_string(&Amount::from(1)).expect("JSON"), "1");
}

/// `arguments` or `data` is the alternate itself.
fn boxed_alternates() {
    use alternates::{Event, EventMessage, Execute, Place, Which, commands, events};

    let at = Place::new(3);
    let request = Execute::new(commands::Choose::from(Which::from(at)));
    let expected = json!({ "execute": "choose", "arguments": { "row": 3 } });
    assert_eq!(serde_json::to_value(&request).expect("JSON"), expected);
    let request = Execute::new(commands::ChooseAny::new(Which::from(3)));
    let expected = json!({ "execute": "choose-any", "arguments": 3 });
    assert_eq!(serde_json::to_value(&request).expect("JSON"), expected);
    let choose: commands::Choose = round_trip(r#"{ "row": 1, "seat": 2 }"#);
    assert!(matches!(&choose.value, Which::At(it) if it.seat == Some(2)));

    let event = |data: &str| -> EventMessage {
        round_trip(&format!(
            r#"{{ "event": "CHOSEN", "data": {data}, "timestamp": {{ "seconds": 1, "microseconds": 2 }} }}"#
        ))
    };
    let which = |data: &str| match event(data).event {
        Event::Chosen(it) => it.value,
        other => panic!("{other:?}"),
    };
    assert!(matches!(which(r#"{ "row": 1 }"#), Which::At(it) if it.row == 1));
    assert!(matches!(which(r#""front""#), Which::Name(it) if it == "front"));
    assert!(matches!(which("7"), Which::Number(7)));
    assert!(matches!(which("[7]"), Which::Unknown(_)));
    // Data before the name of its event.
    let event: EventMessage = round_trip(
        r#"{ "data": 1.0, "event": "MEASURED", "timestamp": { "seconds": 1, "microseconds": 2 } }"#,
    );
    assert!(matches!(&event.event, Event::Measured(it) if matches!(it.value, alternates::Amount::Part(1.0))));
    let event = Event::Chosen(events::Chosen::new(Which::from(3)));
    assert_eq!(event.name(), "CHOSEN");
}

fn old_text() {
    use text::{Tray, commands};

    let eject: commands::Eject = round_trip(
        r#"{ "disk": { "tray": "closed", "size": 1, "parts": [1, 2], "shape": { "heads": 3 } }, "more": 1 }"#,
    );
    assert!(matches!(eject.disk.tray, Tray::Closed));
    assert_eq!(eject.disk.shape.heads, 3);
}

fn main() {
    simple_unions_with_a_base();
    empty_unions_and_alternates();
    string_discriminators();
    integers_and_other_numbers();
    boxed_alternates();
    old_text();
}
