//! The format for pull requests and release notes.

use std::fmt::Write as _;

use crate::diff::{Diff, Question};
use crate::report::selection::{affected, note, shown};
use crate::report::summary::{QUESTIONS, by_rule, counted, grouped};

/// The number of bytes of a report. A comment on GitHub has at most 65,536 characters.
const MAX_LENGTH: usize = 60_000;

pub(super) fn render(diff: &Diff, question: Question) -> String {
    let mut out = String::new();
    let (changes, harmless) = diff.parts(question);
    let _ = writeln!(out, "## `{}` → `{}`\n", diff.old, diff.new);
    let _ = writeln!(out, "| | | |\n|---|---|---|");
    for (question, title, asks) in QUESTIONS {
        let _ = writeln!(out, "| {title} | {} | {asks} |", counted(diff, question));
    }
    let mut left_out = 0;
    for ((kind, name), changes) in grouped(&changes) {
        let mut section = format!("\n### {kind} `{name}`\n\n");
        for change in &changes {
            let (severity, affected) = (shown(change, question), affected(change, question));
            let (message, note) = (&change.message, note(change, question));
            let _ = writeln!(section, "- **{severity}** ({affected}): {message}{note}");
        }
        match left_out == 0 && out.len() + section.len() <= MAX_LENGTH {
            true => out += &section,
            false => left_out += changes.len(),
        }
    }
    if !harmless.is_empty() {
        let mut section = "\n### Other changes\n\n".to_owned();
        for (rule, count, names) in by_rule(&harmless) {
            let names: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
            let _ = writeln!(section, "- {rule} ({count}): {}", names.join(", "));
        }
        match out.len() + section.len() <= MAX_LENGTH {
            true => out += &section,
            false => left_out += harmless.len(),
        }
    }
    if left_out > 0 {
        let _ = writeln!(
            out,
            "\nThe report is too long for GitHub, so {left_out} changes are left out. The text and JSON formats have all."
        );
    }
    out
}
