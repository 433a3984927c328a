//! Generates Rust types with serde impls from QEMU's QAPI schemas, for build scripts.
#![warn(missing_docs)]
#![forbid(unsafe_code)]

mod builder;
mod doc;
mod emit;
mod error;
mod lower;
mod model;
mod names;
mod output;
mod render;
/// The runtime of generated code, compiled here so that it can be tested.
#[cfg(test)]
#[allow(dead_code, unreachable_pub, unused_imports, unused_macros)]
mod support;
#[cfg(test)]
mod support_tests;

pub use builder::{Bindings, Builder, compile};
pub use error::{Error, OptionError};
