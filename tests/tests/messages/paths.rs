//! Errors have the path to the invalid value, with every index.

use integration_tests::messages::commands::{
    AddParts, QueryAllParts, QueryChoices, QueryLarges, QueryLayers, QueryParts, QuerySheds,
    QueryTrees,
};
use integration_tests::messages::{Command, EventMessage, Layer, Response, Tree};

use serde_json::{Map, json};

use crate::error;

#[track_caller]
fn reply<C: Command<Return: std::fmt::Debug>>(value: &str) -> String {
    error::<Response<C::Return>>(&format!(r#"{{"return": {value}, "id": 7}}"#))
}

const INTEGER: &str = "invalid type: string \"1\", expected i64";

#[test]
fn a_list_that_is_the_whole_reply_has_indices() {
    assert_eq!(
        reply::<QueryParts>(
            r#"[{"id": "a", "size": 1}, {"id": "b", "size": 1}, {"id": "c", "size": "1"}]"#
        ),
        format!("return[2].size: {INTEGER}")
    );
    assert_eq!(
        reply::<QueryParts>(r#"[{"id": "a"}]"#),
        "return[0].size: missing"
    );
    assert_eq!(
        reply::<QueryParts>("[7]"),
        "return[0]: invalid type: integer `7`, expected an object (Part)"
    );
    assert_eq!(
        reply::<QueryParts>("7"),
        "return: invalid type: integer `7`, expected a sequence"
    );
    assert_eq!(
        reply::<QueryLarges>("[1, true]"),
        "return[1]: invalid type: boolean `true`, expected u64"
    );
    assert_eq!(
        reply::<QueryAllParts>(r#"{"parts": [{"id": "a", "size": "1"}]}"#),
        format!("return.parts[0].size: {INTEGER}")
    );
}

#[test]
fn lists_in_lists_and_in_alternates_have_indices() {
    assert_eq!(
        reply::<QueryTrees>(r#"[1, [2, [3, {"id": "a", "size": "1"}]]]"#),
        format!("return[1][1][1].size: {INTEGER}")
    );
    assert_eq!(
        reply::<QueryTrees>("[1, [2, [3, [1.5]]]]"),
        "return[1][1][1][0]: invalid type: floating point `1.5`, expected i64"
    );
    assert_eq!(
        reply::<QueryChoices>(r#"[{"sizes": [1, "1"]}]"#),
        "return[0].sizes[1]: invalid type: string \"1\", expected u64"
    );
}

#[test]
fn lists_in_branches_have_indices() {
    let part = r#"{"id": "a", "size": "1"}"#;
    for text in [
        format!(r#"[{{"kind": "saw", "parts": [{part}]}}]"#),
        format!(r#"[{{"parts": [{part}], "kind": "saw"}}]"#),
    ] {
        assert_eq!(
            reply::<QuerySheds>(&text),
            format!("return[0].parts[0].size: {INTEGER}")
        );
    }
    for text in [
        format!(r#"[{{"kind": "drill", "trees": [[0, {part}]]}}]"#),
        format!(r#"[{{"trees": [[0, {part}]], "kind": "drill"}}]"#),
    ] {
        assert_eq!(
            reply::<QuerySheds>(&text),
            format!("return[0].trees[0][1].size: {INTEGER}")
        );
    }
    for text in [
        r#"[{"wrapped": [{"type": "names", "data": ["a", 1]}]}]"#,
        r#"[{"wrapped": [{"data": ["a", 1], "type": "names"}]}]"#,
    ] {
        assert_eq!(
            reply::<QueryChoices>(text),
            "return[0].wrapped[0].data[1]: invalid type: integer `1`, expected a string"
        );
    }
}

#[test]
fn arguments_and_events_have_indices() {
    let part = r#"{"id": "a", "size": "1"}"#;
    assert_eq!(
        error::<AddParts>(&format!(r#"{{"parts": [{part}]}}"#)),
        format!("parts[0].size: {INTEGER}")
    );
    assert_eq!(
        error::<AddParts>(&format!(
            r#"{{"parts": [], "sheds": [{{"kind": "saw", "parts": [{part}]}}]}}"#
        )),
        format!("sheds[0].parts[0].size: {INTEGER}")
    );
    let timestamp = r#""timestamp": {"seconds": 1, "microseconds": 2}"#;
    for text in [
        format!(r#"{{"event": "PARTS_ADDED", "data": {{"parts": [{part}]}}, {timestamp}}}"#),
        format!(r#"{{"data": {{"parts": [{part}]}}, "event": "PARTS_ADDED", {timestamp}}}"#),
    ] {
        assert_eq!(
            error::<EventMessage>(&text),
            format!("data.parts[0].size: {INTEGER}")
        );
    }
}

/// Nested layers, the last of which is invalid.
fn layers(depth: usize, fault: &str) -> String {
    format!(
        r#"{}{{"file": {fault}}}{}"#,
        r#"{"file": "a", "below": "#.repeat(depth),
        "}".repeat(depth)
    )
}

#[test]
fn a_long_path_is_shortened_in_its_middle() {
    let wrong = "invalid type: integer `1`, expected a string";
    let fits = format!("return{}.file: {wrong}", ".below".repeat(14));
    assert_eq!(reply::<QueryLayers>(&layers(14, "1")), fits);
    let (head, tail) = (".below".repeat(7), ".below".repeat(7));
    let short = format!("return{head}.…{tail}.file: {wrong}");
    for depth in [15, 16, 100] {
        assert_eq!(reply::<QueryLayers>(&layers(depth, "1")), short, "{depth}");
    }
    let trees = format!("{}1.5{}", "[0, ".repeat(100), "]".repeat(100));
    let (head, tail) = ("[1]".repeat(8), "[1]".repeat(8));
    assert_eq!(
        error::<Tree>(&trees),
        format!("{head}.…{tail}: invalid type: floating point `1.5`, expected i64")
    );
}

#[test]
fn a_long_value_is_not_quoted_at_length() {
    let error = reply::<QueryAllParts>(&format!(r#"{{"parts": "{}"}}"#, "é".repeat(100_000)));
    assert!(
        error.starts_with("return.parts: invalid type: string \"éé"),
        "{error}"
    );
    assert!(error.ends_with("éé\", expected an array"), "{error}");
    assert!(error.len() < 1000 && error.contains("é…é"), "{error}");
}

/// Quadratic time would take minutes.
#[test]
fn an_error_at_any_depth_takes_linear_time() {
    const DEPTH: usize = 10_000;
    let work = || {
        let mut layer = json!({"file": "a", "below": "a".repeat(1_000_000)});
        for _ in 0..DEPTH {
            layer = Map::from_iter([("file".into(), "a".into()), ("below".into(), layer)]).into();
        }
        let error = serde_json::from_value::<Layer>(layer).unwrap_err();
        assert!(
            error.to_string().starts_with("below.below.below."),
            "{error}"
        );
    };
    let thread = std::thread::Builder::new().stack_size(1 << 30);
    thread
        .spawn(work)
        .expect("a thread")
        .join()
        .expect("an error");
}
