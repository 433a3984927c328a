//! The parts of the command `qapi` that other programs of this repository use as well.
#![warn(missing_docs)]
#![forbid(unsafe_code)]

mod dump;
pub mod terminal;

pub use dump::Dump;
