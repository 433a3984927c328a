//! A difference between two schemas, and the questions about it.

use qapi_parser::{Id, Kind};

use crate::place::Path;
use crate::rule::{Rule, Severity};
use crate::side::{Place, Side};

/// One difference, seen as a change from the old schema to the new one.
#[derive(Clone, Debug)]
pub struct Change {
    /// The rule that applies.
    pub rule: &'static Rule,
    /// What has changed.
    pub path: Path,
    /// A description, as a sentence without a full stop.
    pub message: String,
    /// The location in the old schema; for an added item, that of the item that contains it.
    pub old: Option<Place>,
    /// The location in the new schema; for a removed item, that of the item that contained it.
    pub new: Option<Place>,
    /// Whether a client that was built for the old schema works with the new QEMU.
    pub upgrade: Severity,
    /// Whether a client that was built for the new schema works with the old QEMU.
    pub downgrade: Severity,
    /// Whether a program that was written for the old types compiles with the new ones.
    pub rust: Severity,
}

/// A question about changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// Does a client that was built for the old schema work with the new QEMU?
    Wire,
    /// Does a program that was written for the old types compile with the new ones?
    Rust,
    /// Does a client that was built for the new schema work with the old QEMU?
    Downgrade,
    /// All of these.
    Any,
}

impl Change {
    /// The verdict of the change on a question.
    pub fn severity(&self, question: Question) -> Severity {
        match question {
            Question::Wire => self.upgrade,
            Question::Rust => self.rust,
            Question::Downgrade => self.downgrade,
            Question::Any => self.upgrade.max(self.rust).max(self.downgrade),
        }
    }
}

/// A type in words.
pub(super) fn describe(side: &Side, id: Id) -> String {
    let definition = side.schema.get(id);
    let is_named = side.known.source && !definition.is_implicit;
    match &definition.kind {
        Kind::Array(element) => format!("a list of {}", describe(side, *element)),
        Kind::Builtin(_) => format!("`{}`", definition.name),
        _ if is_named => format!("`{}`", definition.name),
        Kind::Enum(_) => "an enum".to_owned(),
        Kind::Alternate(_) => "an alternate".to_owned(),
        Kind::Object(it) if it.branches.is_some() => "a union".to_owned(),
        _ => "an object".to_owned(),
    }
}
