//! Reads and validates schemas in QEMU's schema language, QAPI.
//!
//! QEMU defines the messages of its monitor (QMP) and of its guest agent in such schemas. A [`Loader`] reads a schema
//! with everything that it includes, validates it by the same rules as QEMU's own front end, and returns a [`Schema`]:
//! all definitions with resolved references, their documentation, and their places in the source. Use it for code
//! generators, linters, editors and documentation tools. To generate Rust types, use `qapi-codegen`, which builds on
//! this crate.
//!
//! ```
//! use qapi_parser::{Kind, Loader};
//!
//! let text = "{ 'event': 'RTC_CHANGE', 'data': { 'offset': 'int' } }";
//! let schema = Loader::new()
//!     .read_with(|_| Ok(text.into()))
//!     .load("clock.json")?;
//! for (_, definition) in schema.definitions() {
//!     if let Kind::Event(event) = &definition.kind {
//!         let members = event.data.map_or(vec![], |data| schema.members(data));
//!         println!("{}: {} member(s)", definition.name, members.len());
//!         assert_eq!(members[0].1.name.value, "offset");
//!     }
//! }
//! # Ok::<(), qapi_parser::Error>(())
//! ```
//!
//! # Two modes
//!
//! [`Mode::Lenient`], the default, accepts every dialect of the language since QEMU 0.14, and reports obsolete forms as
//! warnings ([`Schema::warnings`]). [`Mode::Strict`] applies the rules of the latest QEMU, including those of style.
//!
//! Both modes report all independent errors. A [`Diagnostic`] has a message, places in the source and, where it is
//! known, a hint what to do. [`Diagnostics`] displays them with the offending lines:
//!
//! ```
//! use qapi_parser::Loader;
//!
//! let text = "{ 'event': 'RTC_CHANGE', 'data': { 'offset': 'itn' } }";
//! let loader = Loader::new().read_with(|_| Ok(text.into()));
//! let error = loader.load("clock.json").unwrap_err().to_string();
//! assert!(error.contains("clock.json:1:"));
//! ```
//!
//! # Documentation and places
//!
//! Every definition, member and documentation section has its place in the source. This program lists events with their
//! members and the version that introduced them:
//!
//! ```
//! use qapi_parser::{Definition, Kind, Loader, Schema, SectionKind};
//!
//! /// The text of the `Since:` section of an event.
//! fn since<'a>(schema: &'a Schema, event: &Definition) -> Option<&'a str> {
//!     let sections = &schema.doc(event.doc?).sections;
//!     let since = sections.iter().find(|s| matches!(s.kind, SectionKind::Since));
//!     since.map(|section| section.text.as_str())
//! }
//!
//! fn list(schema: &Schema) -> Vec<String> {
//!     let mut lines = vec![];
//!     for (_, definition) in schema.definitions() {
//!         let (Kind::Event(event), Some(span)) = (&definition.kind, definition.span) else {
//!             continue;
//!         };
//!         let members = event.data.map_or(vec![], |data| schema.members(data));
//!         let members: Vec<_> = members
//!             .iter()
//!             .map(|(_, member)| format!("{}: {}", member.name.value, schema.get(member.ty).name))
//!             .collect();
//!         let path = schema.sources().get(span.source).path().display();
//!         let at = schema.sources().position(span);
//!         lines.push(format!(
//!             "{path}:{}:{}: {} {{ {} }}, since {}",
//!             at.line,
//!             at.column,
//!             definition.name,
//!             members.join(", "),
//!             since(schema, definition).unwrap_or("ever"),
//!         ));
//!     }
//!     lines
//! }
//!
//! let text = [
//!     "##",
//!     "# @TRAY_MOVED:",
//!     "#",
//!     "# The tray of a drive has moved.",
//!     "#",
//!     "# @device: the drive",
//!     "#",
//!     "# @is-open: whether it is open now",
//!     "#",
//!     "# Since: 1.1",
//!     "##",
//!     "{ 'event': 'TRAY_MOVED', 'data': { 'device': 'str', 'is-open': 'bool' } }",
//! ]
//! .join("\n");
//! let schema = Loader::new()
//!     .read_with(|_| Ok(text.clone().into()))
//!     .load("drive.json")?;
//! assert_eq!(
//!     list(&schema),
//!     ["drive.json:12:12: TRAY_MOVED { device: str, is-open: bool }, since 1.1"]
//! );
//! # Ok::<(), qapi_parser::Error>(())
//! ```
#![warn(missing_docs)]
#![forbid(unsafe_code)]

mod arena;
mod ast;
mod check;
mod diagnostic;
mod dialect;
mod doc;
mod error;
mod expr;
mod load;
mod loader;
mod names;
mod schema;
mod small_map;
mod source;
mod syntax;
#[cfg(test)]
mod testing;

pub use ast::Condition;
pub use diagnostic::{Diagnostic, Diagnostics, Label, Mode, Place, Report, Severity, nearest};
pub use error::Error;
pub use loader::{Checked, Loader};
pub use schema::parts::Parts;
pub use schema::*;
pub use source::{Position, Source, SourceId, Sources, Span, Spanned};

/// Reads the syntax of one file and counts its top-level items, for the benchmark. Other stages are hard to measure
/// alone.
#[doc(hidden)]
pub fn count_items(text: &str) -> usize {
    let (arena, values) = (arena::Arena::default(), syntax::Values::default());
    let source = arena.file("".into(), text.into(), None);
    syntax::Items::new(&arena, &values, source).count()
}

/// Compiles the examples of the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
