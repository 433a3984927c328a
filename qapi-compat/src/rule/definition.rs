//! The parts of a rule.

use std::fmt;

use serde::Serialize;

/// How bad a change is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Nothing breaks.
    Fine,
    /// It may break: a condition is not decided, or the item was unstable before.
    MayBreak,
    /// Something breaks.
    Breaks,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Fine => "fine",
            Self::MayBreak => "may break",
            Self::Breaks => "breaks",
        })
    }
}

/// The effect of a kind of change on clients and programs.
#[derive(Debug)]
pub struct Rule {
    /// Its stable identifier.
    pub id: &'static str,
    /// The rule of the opposite change.
    pub inverse: &'static str,
    /// The message of a finding, with the placeholders `{it}`, `{old}` and `{new}`.
    pub wording: &'static str,
    /// The effect on an old client that sends the changed item to the new QEMU.
    pub sent: Severity,
    /// The effect on an old client that receives the changed item from the new QEMU.
    pub received: Severity,
    /// Whether a program that was written for the old types compiles with the new ones.
    pub rust: Severity,
    /// Why, on the wire.
    pub reason: &'static str,
    /// The effect on a program that is compiled with the new types.
    pub program: &'static str,
    /// The place where QEMU promises it, or says that it does not.
    pub promise: &'static str,
    /// An example of the change.
    pub example: Example,
}

/// Two small schemas that differ in one change only.
#[derive(Debug)]
pub struct Example {
    /// The schema before the change.
    pub old: &'static str,
    /// The schema after it.
    pub new: &'static str,
}
