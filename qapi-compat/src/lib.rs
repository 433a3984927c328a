#![cfg_attr(feature = "diff", doc = include_str!("../README.md"))]
#![cfg_attr(not(feature = "diff"), doc = "Merges QEMU's QAPI schemas.")]
#![warn(missing_docs)]
#![forbid(unsafe_code)]

#[cfg(feature = "diff")]
mod align;
#[cfg(feature = "diff")]
mod diff;
pub mod merge;
#[cfg(feature = "diff")]
mod place;
#[cfg(feature = "diff")]
mod report;
#[cfg(feature = "diff")]
mod rule;
// Merging has no words for JSON types.
#[cfg_attr(not(feature = "diff"), allow(dead_code))]
mod shape;
#[cfg(feature = "diff")]
mod side;
#[cfg(feature = "diff")]
mod walk;

#[cfg(feature = "diff")]
pub use diff::{Change, Diff, Question, UnknownName};
#[cfg(feature = "diff")]
pub use place::{Direction, Path, Root};
#[cfg(feature = "diff")]
pub use report::Format;
#[cfg(feature = "diff")]
pub use rule::{Example, RULES, Rule, Severity};
#[cfg(feature = "diff")]
pub use side::{Place, ReplyError, Side, SideError};
