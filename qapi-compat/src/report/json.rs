//! The format for programs.

use serde::Serialize;

use crate::diff::{Change, Diff, Question};
use crate::report::summary::{counts, owner};
use crate::rule::Severity;
use crate::side::Place;

/// The version of the format. It changes when programs that read it must change.
const VERSION: u32 = 1;

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Report<'a> {
    version: u32,
    old: &'a str,
    new: &'a str,
    summary: Summary,
    changes: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Summary {
    wire: Counts,
    downgrade: Counts,
    rust: Counts,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Counts {
    breaks: usize,
    may_break: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Entry<'a> {
    rule: &'a str,
    kind: &'a str,
    name: &'a str,
    path: String,
    message: &'a str,
    wire: Severity,
    downgrade: Severity,
    rust: Severity,
    reason: &'a str,
    old: Option<&'a Place>,
    new: Option<&'a Place>,
}

pub(super) fn render(diff: &Diff) -> String {
    let counts = |question| {
        let (breaks, may_break) = counts(diff, question);
        Counts { breaks, may_break }
    };
    let report = Report {
        version: VERSION,
        old: &diff.old,
        new: &diff.new,
        summary: Summary {
            wire: counts(Question::Wire),
            downgrade: counts(Question::Downgrade),
            rust: counts(Question::Rust),
        },
        changes: diff.changes.iter().map(entry).collect(),
    };
    // Serializing strings and numbers does not fail.
    serde_json::to_string_pretty(&report).unwrap_or_default() + "\n"
}

fn entry(change: &Change) -> Entry<'_> {
    let (kind, name) = owner(change);
    Entry {
        rule: change.rule.id,
        kind,
        name,
        path: change.path.to_string(),
        message: &change.message,
        wire: change.upgrade,
        downgrade: change.downgrade,
        rust: change.rust,
        reason: change.rule.reason,
        old: change.old.as_ref(),
        new: change.new.as_ref(),
    }
}
