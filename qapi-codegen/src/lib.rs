//! Generates Rust types with serde impls from QEMU's QAPI schemas, for build scripts.
//!
//! QEMU defines the messages of its monitor (QMP) and of its guest agent in a schema language, QAPI. This crate turns such
//! a schema into one Rust file: a type for each type of the schema, a struct for each command and each event, and the
//! code that encodes and decodes their JSON. Generate from the schema of the QEMU that you support, and your program keeps
//! working with newer ones: unknown members are ignored, and unknown events, values and branches are kept.
//!
//! # Example
//!
//! A build script with one call writes `qapi.rs` to `OUT_DIR`:
//!
//! ```no_run
//! // build.rs
//! fn main() -> Result<(), qapi_codegen::Error> {
//!     qapi_codegen::compile("schema/qapi-schema.json")
//! }
//! ```
//!
//! The crate includes the file as a module:
//!
//! ```ignore
//! // src/lib.rs
//! pub mod qapi {
//!     include!(concat!(env!("OUT_DIR"), "/qapi.rs"));
//! }
//!
//! fn decode(line: &str) -> serde_json::Result<qapi::EventMessage> {
//!     serde_json::from_str(line)
//! }
//! ```
//!
//! A program that uses both QMP and the guest agent generates two files, and includes each as a module of its own. Keep
//! the types in a separate crate, so that changes to the program do not recompile them.
//!
//! # Dependencies of generated code
//!
//! ```toml
//! [dependencies]
//! serde = { version = "1", default-features = false, features = ["std"] }
//! serde_json = "1"
//! ```
//!
//! Generated code compiles in editions 2021 and 2024. It does not use serde's derive macros, so serde's `derive` feature
//! is needed only for your own types. It compiles without warnings, including those of clippy and rustdoc.
//!
//! # Generated items
//!
//! | in the schema | in Rust |
//! |---|---|
//! | enum | an enum with a variant for each value, and `Unknown` |
//! | struct | a struct with all members, those of its base first |
//! | union | a struct with the common members, and a field `branch` with an enum |
//! | alternate | an enum with a variant for each alternative |
//! | command | a struct with the arguments, in the module `commands`; it implements `Command` |
//! | event | a struct with the data, in the module `events`, and a variant of `Event` |
//! | documentation | rustdoc |
//!
//! Types keep the names of the schema. Members become `snake_case`, everything else becomes `CamelCase`. A name that Rust
//! or the generated file uses gets a trailing underscore.
//!
//! # Options
//!
//! [`compile`] is short for a [`Builder`] without options:
//!
//! - [`Builder::compatible_with`] generates types that fit several QEMUs.
//! - [`Builder::client`] uses the envelope types of a client crate, so that QMP and the guest agent share them.
//! - [`Builder::only`] generates only selected commands, events and types, and their dependencies.
//! - [`Builder::config`] decides a build-time condition of QEMU, such as `CONFIG_SPICE`.
//! - [`Builder::extern_type`] replaces a type of the schema by your own.
//! - [`Builder::derive`] and [`Builder::attribute`] add derives and attributes, [`Builder::derive_for`] and
//!   [`Builder::attribute_for`] to a single type.
//! - [`Builder::docs`] and [`Builder::format`] turn off documentation and formatting, which makes the build script faster.
//!
//! [`Builder::generate`] returns the code as a value, [`Bindings`], which writes itself to `OUT_DIR` or to another file.
//!
//! # Errors
//!
//! An invalid schema fails the build. The message shows each error with file, line and column, the source line and,
//! where possible, a hint. Every dialect of the language since QEMU 0.14 is accepted.
#![warn(missing_docs)]
#![forbid(unsafe_code)]

mod builder;
mod doc;
mod emit;
/// The messages that carry commands and events, compiled here for the same reason.
#[cfg(test)]
#[allow(dead_code, unreachable_pub, unused_imports)]
mod envelope;
#[cfg(test)]
mod envelope_tests;
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

/// Compiles the examples of the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
