//! External types instead of built-in ones: a crate's type for strings, and types of this program for the others.

#[allow(unreachable_pub, missing_docs)]
mod generated {
    include!(concat!(env!("OUT_DIR"), "/mapped.rs"));
}
mod types;

use std::fmt::Debug;

use compact_str::CompactString;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use generated::commands::{
    Plug, QueryAny, QueryName, QueryNames, QuerySize, SetAll, SetOptional, SetSize,
};
use generated::{
    All, Amount, Command, Event, EventMessage, Flag, Kilos, Kind, Optional, QType, Response,
    Scalar, SimpleBranch, Size, Union, UnionBranch,
};
use types::{Any, Bool, Bytes, Float, Int};

/// Decodes a value from text and from JSON in memory. Encoding must give the same text.
#[track_caller]
fn kept<T: DeserializeOwned + Serialize + Debug>(text: &str) -> T {
    let it: T = serde_json::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    let value: Value = serde_json::from_str(text).expect("JSON");
    assert_eq!(serde_json::to_value(&it).expect("JSON"), value);
    let in_memory: T = serde_json::from_value(value).expect("it is the same in memory");
    assert_eq!(format!("{it:?}"), format!("{in_memory:?}"));
    it
}

#[test]
fn members_have_the_types_of_the_caller() {
    let all: All = kept(
        r#"{"str": "a", "number": 1.5, "int": -1, "int64": -2, "uint8": 3, "uint64": 4, "size": 5, "bool": true, "any": [1, null], "qtype": "qnum"}"#,
    );
    let text: CompactString = all.str;
    let numbers: (Float, Int, i64, u8, u64, Bytes) = (
        all.number, all.int, all.int64, all.uint8, all.uint64, all.size,
    );
    assert_eq!(text, "a");
    assert_eq!(numbers, (Float(1.5), Int(-1), -2, 3, 4, Bytes(5)));
    let others: (Bool, Any, QType) = (all.bool, all.any, all.qtype);
    assert_eq!(others, (Bool(true), Any(json!([1, null])), QType::Qnum));
    let optional: Optional = kept(r#"{"str": "a", "strs": ["b"], "sizes": [1], "any": null}"#);
    assert_eq!(optional.strs, Some(vec!["b".into()]));
    assert_eq!(optional.sizes, Some(vec![Bytes(1)]));
    assert_eq!(
        (optional.any, optional.bool),
        (Some(Any(Value::Null)), None)
    );
}

#[test]
fn functions_convert_into_the_types_of_the_caller() {
    let all = SetAll::new("a", 1.5, 1i64, 2, 3, 4, 5u64, true, json!({}), QType::Qdict);
    assert_eq!((&*all.str, all.size, all.bool), ("a", Bytes(5), Bool(true)));
    let optional = SetOptional::new()
        .with_str("a")
        .with_size(7u64)
        .with_any(json!(1))
        .with_sizes(vec![Bytes(1)]);
    assert_eq!(
        serde_json::to_value(&optional).unwrap(),
        json!({"str": "a", "size": 7, "any": 1, "sizes": [1]})
    );
}

#[test]
fn alternates_are_distinguished_as_before() {
    let size: Size = kept(
        r#"{"str": "a", "scalar": "b", "flag": false, "amount": -3, "kilos": 1.5, "simple": {"type": "str", "data": "c"}}"#,
    );
    assert!(matches!(&size.scalar, Scalar::S(text) if text == "b"));
    assert!(matches!(size.flag, Some(Flag::B(Bool(false)))));
    assert!(matches!(size.amount, Some(Amount::I(Int(-3)))));
    assert!(matches!(size.kilos, Some(Kilos::N(Float(1.5)))));
    assert!(matches!(&size.simple.unwrap().branch, SimpleBranch::Str(text) if text == "c"));
    let size: SetSize = kept(r#"{"str": "a", "scalar": [1], "flag": null, "kilos": "two"}"#);
    assert!(matches!(size.scalar, Scalar::List(list) if list == [Bytes(1)]));
    assert!(matches!(size.flag, Some(Flag::N)));
    assert!(matches!(size.kilos, Some(Kilos::K(Kind::Two))));
    assert!(matches!(kept::<Flag>(r#"["a"]"#), Flag::Strs(list) if list == ["a"]));
    // Names that the schema does not define remain `String`s.
    assert!(matches!(kept::<Kind>(r#""three""#), Kind::Unknown(text) if text == *"three"));
}

#[test]
fn members_before_the_discriminator_are_read_too() {
    for text in [
        r#"{"kind": "one", "id": "a", "names": ["b"], "data": {"c": [1.5, null]}}"#,
        r#"{"names": ["b"], "data": {"c": [1.5, null]}, "on": true, "id": "a", "kind": "one"}"#,
    ] {
        let union: Union = kept(text);
        assert_eq!(union.id, "a");
        let UnionBranch::One(one) = union.branch else {
            panic!("{text}");
        };
        assert_eq!(
            (one.names, one.data),
            (vec!["b".into()], Some(Any(json!({"c": [1.5, null]}))))
        );
    }
}

#[test]
fn replies_events_and_additional_arguments_have_them() {
    fn returned<C: Command<Return: Debug>>(text: &str) -> C::Return {
        let response: Response<C::Return> = serde_json::from_str(text).expect("a response");
        response.result.expect("a value")
    }
    assert_eq!(
        returned::<QueryName>(r#"{"return": "a"}"#),
        CompactString::new("a")
    );
    assert_eq!(
        returned::<QueryNames>(r#"{"return": ["a"]}"#),
        [CompactString::new("a")]
    );
    assert_eq!(returned::<QuerySize>(r#"{"return": 1}"#), Bytes(1));
    assert_eq!(returned::<QueryAny>(r#"{"return": [1]}"#), Any(json!([1])));
    let error = serde_json::from_str::<Response<Vec<CompactString>>>(r#"{"return": ["a", 1]}"#);
    let error = error.unwrap_err().to_string();
    assert!(
        error.starts_with("return[1]: invalid type: integer `1`"),
        "{error}"
    );
    let event: EventMessage = kept(
        r#"{"event": "NAMED", "data": {"name": "a", "size": 1}, "timestamp": {"seconds": 1, "microseconds": 2}}"#,
    );
    assert!(matches!(event.event, Event::Named(it) if it.name == "a" && it.size == Bytes(1)));
    let plug: Plug = kept(r#"{"driver": "a", "id": "b", "bus": "c"}"#);
    assert_eq!((&*plug.driver, plug.id.as_deref()), ("a", Some("b")));
    assert_eq!(plug.rest["bus"], "c");
}
