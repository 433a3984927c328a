#![cfg_attr(feature = "diff", doc = include_str!("../README.md"))]
#![cfg_attr(not(feature = "diff"), doc = "Merges QEMU's QAPI schemas.")]
#![warn(missing_docs)]
#![forbid(unsafe_code)]

mod align;
#[cfg(feature = "diff")]
mod diff;
pub mod merge;
// Merging needs no paths.
#[cfg_attr(not(feature = "diff"), allow(dead_code))]
mod place;
#[cfg(feature = "diff")]
mod report;
#[cfg(feature = "diff")]
mod rule;
mod shape;
#[cfg(feature = "diff")]
mod side;
// Merging only needs the pairs.
#[cfg_attr(not(feature = "diff"), allow(dead_code))]
mod walk;

#[cfg(feature = "diff")]
pub use diff::{Change, Diff, Question, UnknownName};
pub use place::{Direction, Path, Root};
#[cfg(feature = "diff")]
pub use report::Format;
#[cfg(feature = "diff")]
pub use rule::{Example, RULES, Rule, Severity};
#[cfg(feature = "diff")]
pub use side::{Place, ReplyError, Side, SideError};
