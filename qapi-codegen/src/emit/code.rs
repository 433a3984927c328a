//! The result of emission.

use std::borrow::Cow;

use crate::model::Docs;

/// The code of a generated file, in reading order, unformatted.
pub(crate) struct Code {
    /// Types with their documentation.
    pub(crate) items: Vec<Section>,
    /// Their impls.
    pub(crate) impls: Vec<Impl>,
    /// The documentation for the numbers in the code, as in `#[doc = 7]`.
    pub(crate) comments: Vec<Docs>,
    /// The envelope, if the file has one.
    pub(crate) envelope: Option<Envelope>,
    /// The parts of the runtime that the impls need.
    pub(crate) support: Vec<Support>,
}

/// A part of a file.
pub(crate) enum Section {
    /// One or more items that belong together.
    Items(String),
    /// A module: its attributes and name, and its items.
    Module(String, Vec<String>),
}

/// Impls of a type.
pub(crate) enum Impl {
    /// Rust items.
    Items(String),
    /// A call of a macro of the runtime with a table.
    Table(String),
}

/// Where the envelope is defined.
pub(crate) enum Envelope {
    /// In the file, in these modules.
    Carried(Vec<Support>),
    /// In the module of a client crate at this path.
    Imported(String),
}

/// A module of the runtime, or of the envelope.
pub(crate) struct Support {
    pub(crate) name: &'static str,
    pub(crate) text: Cow<'static, str>,
}
