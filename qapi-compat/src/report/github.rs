//! Workflow commands of GitHub Actions.

use std::fmt::Write as _;

use crate::diff::{Diff, Question};
use crate::report::selection::{affected, note, shown};
use crate::report::summary::{QUESTIONS, counted, owner};
use crate::rule::Severity;

pub(super) fn render(diff: &Diff, question: Question) -> String {
    let mut out = String::new();
    let (changes, _) = diff.parts(question);
    for change in changes {
        // The question determines the level of the annotation.
        let level = match (change.severity(question), shown(change, question)) {
            (Severity::Breaks, _) => "error",
            (Severity::MayBreak, _) => "warning",
            (Severity::Fine, _) => "notice",
        };
        let severity = shown(change, question);
        let title = format!("{severity} ({})", affected(change, question));
        let place = change.new.as_ref().or(change.old.as_ref());
        let place = place.map(|place| {
            let path = property(&place.path.display().to_string());
            format!("file={path},line={},col={},", place.line, place.column)
        });
        let (kind, name) = owner(change);
        let (message, note) = (&change.message, note(change, question));
        let message = format!("{kind} {name}: {message}{note}");
        let _ = writeln!(
            out,
            "::{level} {}title={}::{}",
            place.unwrap_or_default(),
            property(&title),
            data(&message)
        );
    }
    for (question, title, asks) in QUESTIONS {
        let text = format!("{title}: {} ({asks})", counted(diff, question));
        let _ = writeln!(out, "{}", data(&text));
    }
    out
}

/// Escapes text for GitHub after `::`.
fn data(text: &str) -> String {
    let text = text.replace('%', "%25").replace('\r', "%0D");
    text.replace('\n', "%0A")
}

/// Escapes text for GitHub after `=`.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
