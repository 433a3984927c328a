//! Facts about commands other than their arguments.

use integration_tests::messages::commands::{Plug, PowerOff, QueryParts};
use integration_tests::messages::{
    Command, Execute, Nameless, NamelessBranch, Tool, ToolBranch, UnknownBranch,
};
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::{decoded, encoded, kept};

/// The error of encoding, as text and in memory.
#[track_caller]
fn error(it: &impl Serialize) -> String {
    let error = serde_json::to_string(it).expect_err("no text").to_string();
    let in_memory = serde_json::to_value(it).expect_err("no value").to_string();
    assert_eq!(error, in_memory);
    error
}

#[test]
fn additional_arguments_repeat_no_declared_one() {
    let mut plug = Plug::new("disk");
    plug.rest.insert("bus".into(), json!("pci.0"));
    assert_eq!(encoded(&plug), json!({"driver": "disk", "bus": "pci.0"}));
    plug.id = Some("d0".into());
    plug.rest.insert("id".into(), json!("d1"));
    assert_eq!(
        error(&Execute::new(plug.clone())),
        "id: the schema defines this member, so it cannot be an additional member"
    );
    // Even if it is absent: the field is the only way to set it.
    plug.id = None;
    assert!(error(&plug).starts_with("id: "));
    plug.rest.remove("id");
    plug.rest.insert("driver".into(), json!("disk"));
    assert!(error(&plug).starts_with("driver: "));
}

#[test]
fn declared_arguments_are_not_among_the_additional_ones() {
    let plug: Plug = kept(r#"{"bus": 1, "id": "d0", "driver": "disk", "port": {"id": 1}}"#);
    assert_eq!(plug.rest.keys().collect::<Vec<_>>(), ["bus", "port"]);
    let plug: Plug = serde_json::from_str(r#"{"id": "a", "driver": "disk", "id": "b"}"#).unwrap();
    assert_eq!((plug.id.as_deref(), plug.rest.len()), (Some("b"), 0));
}

#[test]
#[allow(deprecated)]
fn members_of_an_unknown_branch_repeat_none_of_the_union() {
    let unknown = |members: Value| {
        let Value::Object(members) = members else {
            panic!("{members}");
        };
        ToolBranch::Unknown(UnknownBranch::new("file".to_owned(), members))
    };
    let tool = Tool::new(unknown(json!({"grit": 80})));
    assert_eq!(encoded(&tool), json!({"kind": "file", "grit": 80}));
    for name in ["kind", "age"] {
        let members = Map::from_iter([(name.to_owned(), json!(1))]);
        let error = error(&Tool::new(unknown(members.into())));
        assert!(error.starts_with(&format!("{name}: ")), "{error}");
    }
    for text in [
        r#"{"kind": "file", "grit": 80, "age": 1, "kind": "saw"}"#,
        r#"{"grit": 80, "age": 1, "kind": "file"}"#,
    ] {
        let tool: Tool = serde_json::from_str(text).unwrap();
        let ToolBranch::Unknown(branch) = &tool.branch else {
            panic!("{tool:?}");
        };
        assert_eq!(branch.members.keys().collect::<Vec<_>>(), ["grit"]);
        assert_eq!(
            encoded(&tool),
            json!({"kind": "file", "grit": 80, "age": 1})
        );
    }
    // The same without a discriminator.
    let mut nameless: Nameless = decoded(r#"{"owner": "o"}"#);
    let members = Map::from_iter([("owner".to_owned(), json!("p"))]);
    nameless.branch = NamelessBranch::Unknown(UnknownBranch::new(String::new(), members));
    assert!(error(&nameless).starts_with("owner: "));
}

#[test]
fn a_command_knows_whether_success_is_answered() {
    const { assert!(!PowerOff::SUCCESS_RESPONSE && QueryParts::SUCCESS_RESPONSE) };
}
