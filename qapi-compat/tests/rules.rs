//! Every rule on its example.

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
fn a_change_back_is_judged_by_the_inverse_rule() {
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
fn what_was_stable_breaks_even_if_it_is_unstable_now() {
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
fn what_an_unstable_branch_has_may_change() {
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

#[test]
fn a_severity_is_written_beside_a_worse_one() {
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
