//! Members that QEMU leaves out with `-compat deprecated-output=hide` and `unstable-output=hide`.

#![allow(deprecated)]

use integration_tests::messages::commands::{ApplySetting, PlaceOrder};
use integration_tests::messages::{
    Command, Drill, Gauge, Nameless, NamelessBranch, Order, Response, Saw, Setting, Tool,
    ToolBranch, ToolKind, ToolOrName, Tools, events,
};
use serde_json::json;

use crate::{decoded, encoded, kept};

#[test]
fn members_of_replies_and_of_their_bases_may_be_hidden() {
    let text = r#"{"return": [{"serial": 1, "value": 2, "exact": true}]}"#;
    let gauges = decoded::<Response<Vec<Gauge>>>(text)
        .result
        .expect("a reply");
    let gauge = &gauges[0];
    assert_eq!((gauge.serial, gauge.value, gauge.exact), (1, 2, true));
    assert_eq!((&gauge.maker, gauge.guess), (&None, None));
    // Whether `scale` is deprecated depends on a condition.
    assert_eq!((gauge.scale, &gauge.unit), (None, &None));
    let text = r#"{"serial": 1, "maker": "m", "value": 2, "guess": 3, "scale": 4, "exact": true}"#;
    let gauge: Gauge = kept(text);
    assert_eq!((gauge.maker.as_deref(), gauge.guess), (Some("m"), Some(3)));
    let error = serde_json::from_str::<Gauge>(r#"{"serial": 1, "value": 2}"#).unwrap_err();
    assert!(error.to_string().starts_with("exact: missing"), "{error}");
    // Only QEMU sends this type.
    assert_eq!(
        encoded(&Gauge::new(1, 2, true)),
        json!({"serial": 1, "value": 2, "exact": true})
    );
}

#[test]
fn types_that_clients_send_keep_all_members() {
    let setting = Setting::new(1, "loud");
    assert_eq!(encoded(&setting), json!({"level": 1, "mode": "loud"}));
    assert_eq!(kept::<Setting>(r#"{"level": 1}"#).mode, None);
    assert_eq!(
        encoded(&ApplySetting::new(1, "loud")),
        json!({"level": 1, "mode": "loud"})
    );
    assert_eq!(
        encoded(&ApplySetting::from(setting)),
        json!({"level": 1, "mode": "loud"})
    );
    // Members that are only sent need no `Option`.
    let order = Order::new(1, "soon");
    assert_eq!(order.note, "soon".to_owned());
    assert_eq!(
        encoded(&PlaceOrder::from(order)),
        json!({"count": 1, "note": "soon"})
    );
    assert_eq!(PlaceOrder::NAME, "place-order");
}

#[test]
fn members_of_events_may_be_hidden() {
    let applied: events::SettingApplied = kept(r#"{"level": 1}"#);
    assert_eq!(applied.mode, None);
    assert_eq!(kept::<events::Ordered>(r#"{"count": 1}"#).by, None);
    assert_eq!(
        encoded(&events::SettingApplied::new(1)),
        json!({"level": 1})
    );
}

#[test]
fn members_of_unions_and_their_branches_may_be_hidden() {
    let tool: Tool = kept(r#"{"kind": "saw"}"#);
    assert!(matches!(
        &tool.branch,
        ToolBranch::Saw(Saw { teeth: None, .. })
    ));
    assert_eq!((tool.age, tool.kind()), (None, ToolKind::Saw));
    let tools: Tools = kept(r#"{"tools": ["a", {"bits": [1], "kind": "drill"}]}"#);
    assert!(matches!(&tools.tools[1], ToolOrName::Tool(it) if it.age.is_none()));
    assert_eq!(
        encoded(&Tool::from(ToolBranch::Drill(Drill::new(vec![2])))),
        json!({"kind": "drill", "bits": [2]})
    );
}

#[test]
fn a_discriminator_may_be_hidden() {
    let known: Nameless = kept(r#"{"owner": "o", "kind": "saw", "teeth": 3}"#);
    assert!(matches!(known.branch, NamelessBranch::Saw(_)));
    let hidden: Nameless = kept(r#"{"teeth": 3, "owner": "o"}"#);
    assert_eq!(hidden.owner, "o");
    let NamelessBranch::Unknown(branch) = &hidden.branch else {
        panic!("{hidden:?}");
    };
    assert_eq!(branch.name, "");
    assert_eq!(branch.members["teeth"], 3);
    assert_eq!(hidden.kind(), ToolKind::Unknown(String::new()));
    kept::<Nameless>(r#"{"owner": "o"}"#);
    let error = serde_json::from_str::<Tool>(r#"{"teeth": 3}"#).unwrap_err();
    assert!(error.to_string().starts_with("kind: missing"), "{error}");
}
