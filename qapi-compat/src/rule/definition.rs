//! What a rule consists of.

use std::fmt;

use serde::Serialize;

/// How bad a change is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Nothing breaks.
    Fine,
    /// Something may break, but not enough is known: a condition is not decided, or the thing was unstable before.
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

/// What a kind of change means to clients and programs.
#[derive(Debug)]
pub struct Rule {
    /// Its name, which stays.
    pub id: &'static str,
    /// The rule of the opposite change.
    pub inverse: &'static str,
    /// What a finding says, with `{it}`, `{old}` and `{new}` to be filled in.
    pub wording: &'static str,
    /// What an old client meets when it sends what has changed to the new QEMU.
    pub sent: Severity,
    /// What an old client meets when the new QEMU sends it what has changed.
    pub received: Severity,
    /// Whether a program that was written for the old types compiles with the new ones.
    pub rust: Severity,
    /// Why, on the wire.
    pub reason: &'static str,
    /// What happens to a program when it is compiled with the new types.
    pub program: &'static str,
    /// Where QEMU promises it, or says that it does not.
    pub promise: &'static str,
    /// A change that the rule is about.
    pub example: Example,
}

/// Two small schemas with nothing but one change between them.
#[derive(Debug)]
pub struct Example {
    /// The schema before the change.
    pub old: &'static str,
    /// The schema after it.
    pub new: &'static str,
}
