//! The summary at the start of all formats: the number of breaking changes.

use crate::diff::{Change, Diff, Question};
use crate::place::Root;
use crate::rule::Severity;

/// The questions with their titles and texts.
pub(super) const QUESTIONS: [(Question, &str, &str); 3] = [
    (Question::Wire, "wire", "an old client with the new QEMU"),
    (
        Question::Downgrade,
        "downgrade",
        "a new client with the old QEMU",
    ),
    (
        Question::Rust,
        "Rust",
        "a program for the old types, compiled with the new ones",
    ),
];

/// The number of changes that break something and of those that may.
pub(super) fn counts(diff: &Diff, question: Question) -> (usize, usize) {
    let count = |severity| {
        let changes = diff.changes.iter();
        changes
            .filter(|it| it.severity(question) == severity)
            .count()
    };
    (count(Severity::Breaks), count(Severity::MayBreak))
}

/// Whether the question has an answer.
pub(super) fn is_known(diff: &Diff, question: Question) -> bool {
    question != Question::Rust || diff.knows_rust
}

/// The counts in words.
pub(super) fn counted(diff: &Diff, question: Question) -> String {
    if !is_known(diff, question) {
        return "not known".to_owned();
    }
    match counts(diff, question) {
        (0, 0) => "nothing breaks".to_owned(),
        (0, may) => format!("{may} may break"),
        (1, 0) => "1 breaks".to_owned(),
        (breaks, 0) => format!("{breaks} break"),
        (breaks, may) => format!("{breaks} break, {may} may break"),
    }
}

/// The command, event or type that a change belongs to.
pub(super) fn owner(change: &Change) -> (&'static str, &str) {
    let kind = match change.path.root {
        Root::Command | Root::Arguments | Root::Returns => "command",
        Root::Event | Root::Data => "event",
        Root::Type => "type",
    };
    (kind, &change.path.name)
}

/// Changes by the command, event or type that they belong to.
pub(super) fn grouped<'a>(
    changes: &[&'a Change],
) -> Vec<((&'static str, &'a str), Vec<&'a Change>)> {
    let mut groups: Vec<((&str, &str), Vec<&Change>)> = Vec::new();
    for &change in changes {
        match groups.last_mut() {
            Some((last, group)) if *last == owner(change) => group.push(change),
            _ => groups.push((owner(change), vec![change])),
        }
    }
    groups
}

/// Changes by rule, in the order in which the rules first occur, with the commands, events and types that have them.
pub(super) fn by_rule<'a>(changes: &[&'a Change]) -> Vec<(&'static str, usize, Vec<&'a str>)> {
    let mut rules: Vec<(&str, usize, Vec<&str>)> = Vec::new();
    for &change in changes {
        let id = change.rule.id;
        let index = rules.iter().position(|(rule, _, _)| *rule == id);
        let index = index.unwrap_or_else(|| {
            rules.push((id, 0, Vec::new()));
            rules.len() - 1
        });
        let (_, count, names) = &mut rules[index];
        *count += 1;
        if names.last() != Some(&change.path.name.as_str()) {
            names.push(&change.path.name);
        }
    }
    rules
}
