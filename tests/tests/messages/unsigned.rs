//! QEMU before 2.10 writes unsigned 64-bit integers above the signed range as negative ones.

#![allow(deprecated)]

use integration_tests::messages::commands::{
    QueryChoices, QueryLarge, QueryLarges, QueryNumbers, QuerySmall,
};
use integration_tests::messages::{
    Choices, Command, Event, EventMessage, Numbers, Response, Saw, SizeOrName, SizeOrNumber,
    SizesOrNone, Tool, ToolBranch, WrappedBranch,
};
use serde_json::json;

use crate::{decoded, encoded, error};

/// `-8796093022208` as an unsigned number.
const ADDRESS: u64 = 18446735277616529408;

#[test]
fn members_keep_their_64_bits() {
    let numbers: Numbers = decoded(
        r#"{"large": -8796093022208, "size": -1, "larges": [1, -1], "sizes": [-9223372036854775808], "signed": -1}"#,
    );
    assert_eq!(
        (numbers.large, numbers.size),
        (Some(ADDRESS), Some(u64::MAX))
    );
    assert_eq!(numbers.larges.as_deref(), Some(&[1, u64::MAX][..]));
    assert_eq!(numbers.sizes.as_deref(), Some(&[1 << 63][..]));
    assert_eq!(numbers.signed, Some(-1));
    // Encoding writes unsigned numbers.
    assert_eq!(
        encoded(&Numbers::new().with_large(u64::MAX)),
        json!({"large": u64::MAX})
    );
    assert_eq!(encoded(&numbers)["larges"], json!([1, u64::MAX]));
}

#[test]
fn smaller_types_refuse_negative_numbers() {
    for (name, ty) in [("small", "u32"), ("smaller", "u16"), ("smallest", "u8")] {
        assert_eq!(
            error::<Numbers>(&format!(r#"{{"{name}": -1}}"#)),
            format!("{name}: invalid value: integer `-1`, expected {ty}")
        );
    }
    assert_eq!(
        error::<Response<<QuerySmall as Command>::Return>>(r#"{"return": -1}"#),
        "return: invalid value: integer `-1`, expected u8"
    );
    for wrong in [
        "1.5",
        "18446744073709551616",
        "\"1\"",
        "null",
        "-9223372036854775809",
    ] {
        let error = error::<Numbers>(&format!(r#"{{"large": {wrong}}}"#));
        assert!(
            error.starts_with("large: ") && error.ends_with("expected u64"),
            "{error}"
        );
    }
}

#[test]
fn events_keep_their_64_bits() {
    for text in [
        r#"{"event": "CRASHED", "data": {"address": -8796093022208, "stack": [-1]}, "timestamp": {"seconds": 1, "microseconds": 2}}"#,
        r#"{"data": {"address": -8796093022208, "stack": [-1]}, "event": "CRASHED", "timestamp": {"seconds": 1, "microseconds": 2}}"#,
    ] {
        let Event::Crashed(crashed) = decoded::<EventMessage>(text).event else {
            panic!("{text}");
        };
        assert_eq!((crashed.address, crashed.stack), (ADDRESS, vec![u64::MAX]));
    }
}

#[test]
fn alternatives_and_branches_keep_their_64_bits() {
    let choices: Choices = decoded(
        r#"{"size": -1, "sizes": [-1], "wrapped": [{"type": "large", "data": -1}, {"data": [-1], "type": "sizes"}], "number": -1}"#,
    );
    assert!(matches!(choices.size, Some(SizeOrName::Size(u64::MAX))));
    assert!(matches!(choices.sizes, Some(SizesOrNone::Sizes(list)) if list == [u64::MAX]));
    let wrapped = choices.wrapped.unwrap();
    assert!(matches!(wrapped[0].branch, WrappedBranch::Large(u64::MAX)));
    assert!(matches!(&wrapped[1].branch, WrappedBranch::Sizes(list) if *list == [u64::MAX]));
    // Without a fraction and an exponent, it is the integer (docs/qapi.md section 7).
    assert!(matches!(choices.number, Some(SizeOrNumber::Size(u64::MAX))));
    for text in [
        r#"{"kind": "saw", "teeth": -1}"#,
        r#"{"teeth": -1, "kind": "saw"}"#,
    ] {
        let tool: Tool = decoded(text);
        assert!(matches!(
            tool.branch,
            ToolBranch::Saw(Saw {
                teeth: Some(u64::MAX),
                ..
            })
        ));
    }
    for text in [
        r#"{"kind": "drill", "bits": [-1]}"#,
        r#"{"bits": [-1], "kind": "drill"}"#,
    ] {
        let tool: Tool = decoded(text);
        assert!(matches!(tool.branch, ToolBranch::Drill(drill) if drill.bits == [u64::MAX]));
    }
}

#[test]
fn return_values_keep_their_64_bits() {
    fn returned<C: Command<Return: std::fmt::Debug>>(text: &str) -> C::Return {
        decoded::<Response<C::Return>>(text)
            .result
            .expect("a return value")
    }
    assert_eq!(
        returned::<QueryLarge>(r#"{"return": -8796093022208}"#),
        ADDRESS
    );
    assert_eq!(
        returned::<QueryLarges>(r#"{"return": [7, -1]}"#),
        [7, u64::MAX]
    );
    assert_eq!(
        returned::<QueryNumbers>(r#"{"return": [{"size": -1}]}"#)[0].size,
        Some(u64::MAX)
    );
    assert_eq!(returned::<QueryChoices>(r#"{"return": []}"#).len(), 0);
}
