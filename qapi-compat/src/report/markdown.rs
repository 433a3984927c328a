//! The format for pull requests and release notes.

use std::fmt::Write as _;

use crate::diff::{Diff, Question};
use crate::report::selection::{affected, note, shown};
use crate::report::summary::{QUESTIONS, by_rule, counted, grouped};

pub(super) fn render(diff: &Diff, question: Question) -> String {
    let mut out = String::new();
    let (changes, harmless) = diff.parts(question);
    let _ = writeln!(out, "## `{}` → `{}`\n", diff.old, diff.new);
    let _ = writeln!(out, "| | | |\n|---|---|---|");
    for (question, title, asks) in QUESTIONS {
        let _ = writeln!(out, "| {title} | {} | {asks} |", counted(diff, question));
    }
    for ((kind, name), changes) in grouped(&changes) {
        let _ = writeln!(out, "\n### {kind} `{name}`\n");
        for change in changes {
            let (severity, affected) = (shown(change, question), affected(change, question));
            let (message, note) = (&change.message, note(change, question));
            let _ = writeln!(out, "- **{severity}** ({affected}): {message}{note}");
        }
    }
    if !harmless.is_empty() {
        let _ = writeln!(out, "\n### Nothing breaks\n");
        for (rule, count, names) in by_rule(&harmless) {
            let names: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
            let _ = writeln!(out, "- {rule} ({count}): {}", names.join(", "));
        }
    }
    out
}
