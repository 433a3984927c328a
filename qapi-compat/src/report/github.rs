//! Workflow commands of GitHub Actions.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::fmt::Write as _;

use crate::diff::{Diff, Question};
use crate::report::selection::{affected, note, shown};
use crate::report::summary::{QUESTIONS, counted, owner};
use crate::rule::Severity;
use crate::side::Place;

/// The number of annotations of each level. GitHub shows no more of a step; the others are lines of the log.
const MAX_ANNOTATIONS: usize = 10;

pub(super) fn render(diff: &Diff, question: Question) -> String {
    let (mut annotations, mut rest) = (String::new(), String::new());
    let (mut changes, _) = diff.parts(question);
    changes.sort_by_key(|change| Reverse(change.severity(question)));
    let mut counts: HashMap<Severity, usize> = HashMap::new();
    for change in changes {
        let severity = shown(change, question);
        let title = format!("{severity} ({})", affected(change, question));
        let (kind, name) = owner(change);
        let (message, note) = (&change.message, note(change, question));
        let message = format!("{kind} {name}: {message}{note}");
        let place = change.new.as_ref().or(change.old.as_ref());
        let path = |place: &Place| place.path.display().to_string();
        // The question determines the level of the annotation.
        let level = change.severity(question);
        let count = counts.entry(level).or_default();
        *count += 1;
        if *count > MAX_ANNOTATIONS {
            let place = place.map(|place| format!("{}:{}: ", path(place), place.line));
            let place = place.unwrap_or_default();
            let _ = writeln!(rest, "{place}{title}: {message}");
            continue;
        }
        let level = match level {
            Severity::Breaks => "error",
            Severity::MayBreak => "warning",
            Severity::Fine => "notice",
        };
        let place = place.map(|place| {
            let path = property(&path(place));
            format!("file={path},line={},col={},", place.line, place.column)
        });
        let _ = writeln!(
            annotations,
            "::{level} {}title={}::{}",
            place.unwrap_or_default(),
            property(&title),
            data(&message)
        );
    }
    let mut out = annotations + &rest;
    for (question, title, asks) in QUESTIONS {
        let _ = writeln!(out, "{title}: {} ({asks})", counted(diff, question));
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
