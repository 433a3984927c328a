//! Reads and judges QEMU's QAPI schema language.
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
#![warn(missing_docs)]
#![forbid(unsafe_code)]

mod ast;
mod check;
mod diagnostic;
mod doc;
mod error;
mod expr;
mod load;
mod loader;
mod schema;
mod source;
mod syntax;

pub use ast::{Condition, Doc, Section, SectionKind};
pub use diagnostic::{Diagnostic, Diagnostics, Label, Mode, Severity, nearest};
pub use error::Error;
pub use loader::Loader;
pub use schema::*;
pub use source::{Position, Source, SourceId, Sources, Span, Spanned};
