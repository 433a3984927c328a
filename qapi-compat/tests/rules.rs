//! Checks every rule with its example.

use qapi_compat::{Diff, Format, Question, RULES, Rule, Severity, Side};
use qapi_parser::Loader;

fn side(text: &str) -> Side {
    let loader = Loader::new().read_with(|_| Ok(text.as_bytes().to_vec()));
    let schema = loader.load("schema.json");
    schema
        .unwrap_or_else(|error| panic!("{text}:\n{error}"))
        .into()
}

#[test]
fn every_rule_reports_its_example() {
    for rule in RULES {
        let (old, new) = (side(rule.example.old), side(rule.example.new));
        let diff = Diff::new(&old, &new);
        let reported: Vec<_> = diff.changes.iter().map(|it| it.rule.id).collect();
        let change = diff.changes.iter().find(|it| it.rule.id == rule.id);
        let change = change.unwrap_or_else(|| panic!("{}: only {reported:?}", rule.id));
        assert_eq!(change.rust, rule.rust, "{}", rule.id);
        let wire = [rule.sent, rule.received];
        assert!(wire.contains(&change.upgrade), "{}: {change:?}", rule.id);
        assert!(
            change.old.is_some() && change.new.is_some() || rule.id.ends_with("ed"),
            "{}",
            rule.id
        );
    }
}

#[test]
fn a_reverse_change_has_the_opposite_rule() {
    for rule in RULES {
        let inverse = Rule::find(rule.inverse).expect("it exists");
        assert_eq!(inverse.inverse, rule.id);
        let (old, new) = (side(rule.example.old), side(rule.example.new));
        let (diff, back) = (Diff::new(&old, &new), Diff::new(&new, &old));
        let change = diff.changes.iter().find(|it| it.rule.id == rule.id);
        let returned = back.changes.iter().find(|it| it.rule.id == rule.inverse);
        let (change, returned) = change
            .zip(returned)
            .unwrap_or_else(|| panic!("{}", rule.id));
        assert_eq!(change.upgrade, returned.downgrade, "{}", rule.id);
        assert_eq!(change.downgrade, returned.upgrade, "{}", rule.id);
    }
}

#[test]
fn a_schema_has_no_changes_to_itself() {
    for rule in RULES {
        let diff = Diff::new(&side(rule.example.new), &side(rule.example.new));
        assert!(diff.changes.is_empty(), "{}: {:?}", rule.id, diff.changes);
        assert_eq!(diff.worst(Question::Any), Severity::Fine);
    }
}

#[test]
fn every_place_that_takes_another_type_is_reported() {
    let schema = |ty: &str| {
        format!(
            "{{ 'struct': 'One', 'data': {{ 'it': '{ty}', 'all': ['{ty}'] }} }}\n\
             {{ 'struct': 'Two', 'data': {{ 'it': '{ty}', 'all': ['{ty}'] }} }}\n\
             {{ 'alternate': 'Either', 'data': {{ 'flag': 'bool', 'text': 'str' }} }}\n\
             {{ 'command': 'one', 'returns': 'One' }}\n\
             {{ 'command': 'two', 'returns': 'Two' }}"
        )
    };
    let diff = Diff::new(&side(&schema("bool")), &side(&schema("Either")));
    let mut paths: Vec<_> = diff.changes.iter().map(|it| it.path.to_string()).collect();
    paths.sort();
    let wanted = [
        "one/ret-type/all[]",
        "one/ret-type/it",
        "two/ret-type/all[]",
        "two/ret-type/it",
    ];
    assert_eq!(paths, wanted);
}

#[test]
fn a_stable_item_breaks_even_if_it_is_now_unstable() {
    let schema = |member: &str| side(&format!("{{ 'command': 'go', 'data': {{ {member} }} }}"));
    let (stable, unstable) = (
        schema("'it': 'int'"),
        schema("'it': { 'type': 'str', 'features': [ 'unstable' ] }"),
    );
    let diff = Diff::new(&stable, &unstable);
    assert_eq!(diff.worst(Question::Wire), Severity::Breaks);
    assert_eq!(diff.worst(Question::Downgrade), Severity::MayBreak);
    let diff = Diff::new(&schema(""), &unstable);
    assert_eq!(diff.worst(Question::Wire), Severity::Breaks);
}

#[test]
fn members_of_an_unstable_branch_may_change() {
    let schema = |member: &str| {
        side(&format!(
            "{{ 'enum': 'Kind', 'data': [ {{ 'name': 'new', 'features': [ 'unstable' ] }} ] }}\n\
             {{ 'struct': 'New', 'data': {{ {member} }} }}\n\
             {{ 'union': 'Any', 'base': {{ 'kind': 'Kind' }}, 'discriminator': 'kind', 'data': {{ 'new': 'New' }} }}\n\
             {{ 'command': 'go', 'data': 'Any', 'boxed': true }}"
        ))
    };
    let diff = Diff::new(&schema("'it': 'int'"), &schema("'it': 'str'"));
    assert_eq!(diff.worst(Question::Wire), Severity::MayBreak);
}

/// A branch type gets a member that one union has always required in its base, and the other has not.
#[test]
fn unions_that_share_a_branch_are_compared_one_by_one() {
    let schema = |first: &str, second: &str, branch: &str| {
        side(&format!(
            "{{ 'enum': 'Kind', 'data': [ 'disk' ] }}\n\
             {{ 'struct': 'Disk', 'data': {{ {branch} }} }}\n\
             {{ 'union': 'First', 'base': {{ 'kind': 'Kind'{first} }}, 'discriminator': 'kind', 'data': {{ 'disk': 'Disk' }} }}\n\
             {{ 'union': 'Second', 'base': {{ 'kind': 'Kind'{second} }}, 'discriminator': 'kind', 'data': {{ 'disk': 'Disk' }} }}\n\
             {{ 'command': 'first', 'data': 'First', 'boxed': true }}\n\
             {{ 'command': 'second', 'data': 'Second', 'boxed': true }}"
        ))
    };
    let new = schema("", "", "'path': 'str'");
    for (second, rule) in [
        (", '*path': 'str'", "member-now-required"),
        (", 'path': 'int'", "type-changed"),
    ] {
        let old = schema(", 'path': 'str'", second, "");
        let diff = Diff::new(&old, &new);
        let broken = diff.changes.iter();
        let broken = broken.filter(|it| it.upgrade == Severity::Breaks);
        let broken: Vec<_> = broken.map(|it| (it.rule.id, it.path.to_string())).collect();
        let wanted = "second/arg-type/+disk/path".to_owned();
        assert_eq!(broken, [(rule, wanted)]);
    }
}

/// A selected type is compared in the directions in which the schemas use it, or in both if they do not.
#[test]
fn a_selected_type_has_verdicts_on_the_wire() {
    let schema = |member: &str, user: &str| {
        side(&format!(
            "{{ 'struct': 'It', 'data': {{ {member} }} }}\n{user}"
        ))
    };
    let (fine, may, breaks) = (Severity::Fine, Severity::MayBreak, Severity::Breaks);
    for (user, added, removed) in [
        ("{ 'command': 'go', 'data': 'It' }", fine, breaks),
        ("{ 'event': 'GO', 'data': 'It' }", fine, may),
        ("", fine, breaks),
    ] {
        let (old, new) = (schema("", user), schema("'*a': 'int'", user));
        let worst = |old, new| {
            let diff = Diff::only(old, new, ["It"]).expect("the type is known");
            diff.worst(Question::Wire)
        };
        assert_eq!(worst(&old, &new), added, "{user}");
        assert_eq!(worst(&new, &old), removed, "{user}");
    }
}

#[test]
fn types_cannot_be_selected_in_a_reply() {
    let schema = side("{ 'struct': 'It', 'data': {} }\n{ 'command': 'go', 'data': 'It' }");
    let reply = r#"[
        {"meta-type": "object", "name": "0", "members": []},
        {"meta-type": "command", "name": "go", "arg-type": "0", "ret-type": "0"}
    ]"#;
    let reply = Side::from_reply("reply", reply).expect("it is valid");
    for (old, new) in [(&schema, &reply), (&reply, &schema)] {
        assert!(Diff::only(old, new, ["go"]).is_ok());
        let error = Diff::only(old, new, ["It"]).expect_err("a type");
        let text = error.to_string();
        assert!(text.contains("no type names"), "{text}");
    }
    let text = Diff::new(&schema, &reply).report(Format::Text { colour: true }, Question::Wire);
    assert!(text.contains("\u{1b}[2mnot known"), "{text}");
}

#[test]
fn text_in_the_log_of_github_is_not_escaped() {
    let members = |ty: &str| -> Vec<String> {
        let all = 0..11;
        all.map(|it| format!("'m{it}': '{ty}'")).collect()
    };
    let schema = |ty: &str| {
        let text = format!(
            "{{ 'command': 'go', 'data': {{ {} }} }}",
            members(ty).join(", ")
        );
        let loader = Loader::new().read_with(|_| Ok(text.as_bytes().to_vec()));
        Side::from(loader.load("50%.json").expect("it is valid"))
    };
    let diff = Diff::new(&schema("int"), &schema("str"));
    let text = diff.report(Format::Github, Question::Wire);
    assert!(text.contains("::error file=50%25.json,"), "{text}");
    assert!(text.contains("\n50%.json:1: breaks"), "{text}");
}

/// A path on Unix may have any bytes.
#[cfg(unix)]
#[test]
fn paths_that_are_not_unicode_are_in_the_report() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    let schema = |text: &str| {
        let loader = Loader::new().read_with(|_| Ok(text.as_bytes().to_vec()));
        let path = OsStr::from_bytes(b"\xff.json");
        Side::from(loader.load(path).expect("it is valid"))
    };
    let diff = Diff::new(&schema("{ 'command': 'go' }"), &schema(""));
    let text = diff.report(Format::Json, Question::Wire);
    assert!(text.contains("\"path\": \"\u{fffd}.json\""), "{text}");
}

#[test]
fn a_lower_severity_is_mentioned_after_a_higher_one() {
    let schema = |ty: &str| {
        side(&format!(
            "{{ 'command': 'go', 'data': {{ 'it': '{ty}' }} }}"
        ))
    };
    let diff = Diff::new(&schema("int"), &schema("size"));
    for format in [
        Format::Text { colour: false },
        Format::Github,
        Format::Markdown,
    ] {
        let text = diff.report(format, Question::Wire);
        assert!(text.contains("no longer `int` (may break: wire)"), "{text}");
    }
}

#[test]
fn a_condition_of_a_feature_is_part_of_the_schema() {
    let schema = |feature: &str| {
        side(&format!(
            "{{ 'struct': 'It', 'data': {{ '*now': {{ 'type': 'bool', 'features': [ {feature} ] }} }} }}\n\
             {{ 'command': 'go', 'returns': 'It' }}"
        ))
    };
    let plain = schema("'fast'");
    let conditional = schema("{ 'name': 'fast', 'if': 'CONFIG_FAST' }");
    let other = schema("{ 'name': 'fast', 'if': 'CONFIG_OTHER' }");
    for (old, new, rule) in [
        (&plain, &conditional, "now-conditional"),
        (&conditional, &plain, "no-longer-conditional"),
        (&conditional, &other, "condition-changed"),
    ] {
        let diff = Diff::new(old, new);
        let [change] = &diff.changes[..] else {
            panic!("{:?}", diff.changes);
        };
        assert_eq!(change.rule.id, rule);
        assert_eq!(change.path.to_string(), "go/ret-type/now/!fast");
    }
}

#[test]
fn features_of_types_are_compared() {
    let schema = |features: &str| {
        side(&format!(
            "{{ 'struct': 'It', 'data': {{}}, 'features': [ {features} ] }}\n\
             {{ 'command': 'go', 'data': 'It' }}\n\
             {{ 'command': 'run', 'data': 'It' }}"
        ))
    };
    let diff = Diff::new(&schema("'fast'"), &schema("'slow'"));
    let found: Vec<_> = diff
        .changes
        .iter()
        .map(|it| (it.rule.id, it.path.to_string()))
        .collect();
    let expected = [
        ("feature-removed", "go/arg-type/!fast".to_owned()),
        ("feature-added", "go/arg-type/!slow".to_owned()),
    ];
    assert_eq!(found, expected);
}

#[test]
fn a_change_is_reported_on_the_shortest_path() {
    let schema = |values: &str| {
        side(&format!(
            "{{ 'enum': 'Pace', 'data': [ {values} ] }}\n\
             {{ 'struct': 'Inner', 'data': {{ 'pace': 'Pace' }} }}\n\
             {{ 'command': 'a', 'data': {{ 'inner': 'Inner' }} }}\n\
             {{ 'command': 'b', 'data': {{ 'pace': 'Pace' }} }}\n\
             {{ 'command': 'c', 'data': {{ 'pace': 'Pace' }} }}"
        ))
    };
    let diff = Diff::new(&schema("'slow', 'fast'"), &schema("'slow'"));
    let paths: Vec<_> = diff.changes.iter().map(|it| it.path.to_string()).collect();
    assert_eq!(paths, ["b/arg-type/pace/^fast"]);
}

/// A client relies on a type that it uses at a stable place, even if the type is also used elsewhere.
#[test]
fn a_type_that_is_stable_somewhere_must_not_break() {
    let schema = |first: &str, second: &str, member: &str| {
        side(&format!(
            "{{ 'struct': 'It', 'data': {{ {member} }} }}\n\
             {{ 'command': 'first', 'data': {{ 'it': {{ 'type': 'It'{first} }} }} }}\n\
             {{ 'command': 'second', 'data': {{ 'it': {{ 'type': 'It'{second} }} }} }}"
        ))
    };
    let unstable = ", 'features': [ 'unstable' ]";
    let worst = |old: (&str, &str), new: (&str, &str)| {
        let (old, new) = (
            schema(old.0, old.1, "'*x': 'int'"),
            schema(new.0, new.1, "'*x': 'str'"),
        );
        let diff = Diff::new(&old, &new);
        let changes = || {
            diff.changes
                .iter()
                .filter(|it| it.rule.id == "type-changed")
        };
        let worst = |pick: fn(&qapi_compat::Change) -> Severity| changes().map(pick).max();
        (worst(|it| it.upgrade), worst(|it| it.downgrade))
    };
    let (may, breaks) = (Some(Severity::MayBreak), Some(Severity::Breaks));
    assert_eq!(
        worst((unstable, unstable), (unstable, unstable)),
        (may, may)
    );
    assert_eq!(worst((unstable, ""), (unstable, "")), (breaks, breaks));
    assert_eq!(worst(("", unstable), (unstable, unstable)), (breaks, may));
    // Each direction has a stable place of its own.
    assert_eq!(worst((unstable, ""), ("", unstable)), (breaks, breaks));
}

#[test]
fn changes_are_in_the_order_of_the_old_schema() {
    let old = "{ 'command': 'b', 'data': { 'x': 'str' } }\n\
               { 'event': 'E' }\n\
               { 'command': 'a' }\n\
               { 'command': 'c', 'returns': 'C' }\n\
               { 'struct': 'C', 'data': { 'x': 'str', '*y': 'str' } }";
    let new = "{ 'command': 'b', 'data': { 'x': 'int' } }\n\
               { 'command': 'd' }\n\
               { 'command': 'c', 'returns': 'C' }\n\
               { 'struct': 'C', 'data': { 'x': 'int' } }";
    let diff = Diff::new(&side(old), &side(new));
    let paths: Vec<_> = diff.changes.iter().map(|it| it.path.to_string()).collect();
    let expected = [
        "b/arg-type/x",
        "a",
        "c/ret-type/x",
        "c/ret-type/y",
        "c/ret-type",
        "d",
        "E",
    ];
    assert_eq!(paths, expected);
}

#[test]
fn a_type_that_is_sent_and_received_changes_once_in_rust() {
    let schema = |values: &str| {
        side(&format!(
            "{{ 'enum': 'Pace', 'data': [ {values} ] }}\n\
             {{ 'struct': 'It', 'data': {{ 'pace': 'Pace' }} }}\n\
             {{ 'command': 'set', 'data': 'It', 'returns': 'It' }}"
        ))
    };
    let diff = Diff::new(&schema("'slow', 'fast'"), &schema("'slow'"));
    let found: Vec<_> = diff
        .changes
        .iter()
        .map(|it| (it.path.to_string(), it.upgrade, it.rust))
        .collect();
    let expected = [
        (
            "set/arg-type/pace/^fast".to_owned(),
            Severity::Breaks,
            Severity::Breaks,
        ),
        (
            "set/ret-type/pace/^fast".to_owned(),
            Severity::Fine,
            Severity::Fine,
        ),
    ];
    assert_eq!(found, expected);
}
