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

pub use builder::{Bindings, Builder, compile};
pub use error::Error;
