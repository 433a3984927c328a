//! Older dialects of the language: lenient mode accepts them with warnings, strict mode rejects them like QEMU's current
//! front end.

#[path = "../support/mod.rs"]
mod support;

mod alternates;
mod commas;
mod conditions;
mod documentation;
mod keywords;
mod releases;
mod shown;
mod strings;
mod structs;
mod unions;
