//! The verdict of each rule in Rust: a program for the old schema of its example, compiled with the types of the new one.

use std::collections::{BTreeMap, BTreeSet};

use qapi_compat::{RULES, Rule, Severity};

use crate::crates::{Crates, Message};
use crate::programs::{Outcome, PROGRAMS};

fn modules(messages: &BTreeSet<Message>, level: &str, name: &str) -> BTreeSet<String> {
    let messages = messages.iter().filter(|it| it.0 == level && it.1 == name);
    messages.map(|it| it.2.clone()).collect()
}

#[test]
fn the_compiler_agrees_with_every_rule() {
    let mut crates = Crates::new("compat-rules", &["old", "new", "broken"]);
    let (mut old, mut new, mut broken) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for (number, (id, outcome, text)) in PROGRAMS.iter().enumerate() {
        let rule = Rule::find(id).unwrap_or_else(|| panic!("there is no rule {id}"));
        let types = crates.types(rule.example.old);
        let module = format!("{}_{number}", id.replace('-', "_"));
        old.insert(module.clone(), (types, *text));
        let types = crates.types(rule.example.new);
        let programs = match outcome {
            Outcome::Compiles => &mut new,
            Outcome::Fails => &mut broken,
        };
        programs.insert(module, (types, *text));
    }
    crates.write("old", &old);
    crates.write("new", &new);
    let deprecated = ["member_no_longer_hideable", "no_longer_deprecated"];
    for (name, warned) in [("old", &deprecated[..]), ("new", &["deprecated"])] {
        let messages = crates.check(name);
        assert_eq!(modules(&messages, "error", name), BTreeSet::new());
        // The compiler warns of what is deprecated, and of nothing else.
        let warnings = modules(&messages, "warning", name);
        let warnings: Vec<_> = warnings
            .iter()
            .map(|it| it.trim_end_matches(|c: char| c == '_' || c.is_ascii_digit()))
            .collect();
        assert_eq!(warnings, warned);
    }
    // The compiler stops at unknown names before it looks at types, so what it has rejected is left out the next time.
    while !broken.is_empty() {
        crates.write("broken", &broken);
        let rejected = modules(&crates.check("broken"), "error", "broken");
        assert!(!rejected.is_empty(), "they compile: {:?}", broken.keys());
        broken.retain(|module, _| !rejected.contains(module));
    }
}

#[test]
fn every_rule_has_programs_for_its_verdict() {
    for rule in RULES {
        let has = |outcome| {
            let mut programs = PROGRAMS.iter().filter(|it| it.0 == rule.id);
            programs.any(|it| it.1 == outcome)
        };
        let (compiles, fails) = (has(Outcome::Compiles), has(Outcome::Fails));
        let is_shown = match rule.rust {
            Severity::Fine => compiles && !fails,
            Severity::MayBreak => compiles && fails,
            Severity::Breaks => fails,
        };
        assert!(is_shown, "{}: {:?}", rule.id, rule.rust);
    }
}
