//! Every rule on its example.

use qapi_compat::{Diff, RULES, Rule, Severity, Side};
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
        assert_eq!(diff.worst(qapi_compat::Question::Any), Severity::Fine);
    }
}
