//! Selects the changes to show.

use crate::diff::{Change, Diff, Question};
use crate::rule::Severity;

impl Diff {
    /// The changes that are shown one by one, and the others.
    pub(super) fn parts(&self, question: Question) -> (Vec<&Change>, Vec<&Change>) {
        self.changes
            .iter()
            .partition(|change| shown(change, question) != Severity::Fine)
    }
}

/// The severity with which a change is shown.
pub(super) fn shown(change: &Change, question: Question) -> Severity {
    let downgrade = match question {
        Question::Downgrade | Question::Any => change.downgrade,
        Question::Wire | Question::Rust => Severity::Fine,
    };
    change.upgrade.max(change.rust).max(downgrade)
}

/// Who is affected by a change, in words.
pub(super) fn affected(change: &Change, question: Question) -> String {
    asked(change, question, shown(change, question))
}

/// A note on those whom the change affects less than others.
pub(super) fn note(change: &Change, question: Question) -> String {
    let words = match shown(change, question) {
        Severity::Breaks => asked(change, question, Severity::MayBreak),
        _ => String::new(),
    };
    match words.is_empty() {
        true => words,
        false => format!(" ({}: {words})", Severity::MayBreak),
    }
}

/// For whom a change has a severity.
fn asked(change: &Change, question: Question, severity: Severity) -> String {
    let mut words = Vec::new();
    if change.upgrade == severity {
        words.push("wire");
    }
    if change.rust == severity {
        words.push("Rust");
    }
    if matches!(question, Question::Downgrade | Question::Any) && change.downgrade == severity {
        words.push("downgrade");
    }
    words.join(", ")
}
