//! What the caller asks for besides the schema.

mod check;

use std::collections::{BTreeMap, BTreeSet};

use qapi_parser::Diagnostic;

use crate::error::OptionError;
use crate::model::Extras;

/// Everything that a builder can be told.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    /// Conditions that are decided.
    pub(crate) config: BTreeMap<String, bool>,
    /// What is generated, with what it needs; all where nobody asks for less.
    pub(crate) only: Option<BTreeSet<String>>,
    /// Types of the caller's by the schema's name for them.
    pub(crate) extern_types: BTreeMap<String, String>,
    /// The path to the crate that has the envelope.
    pub(crate) client: Option<String>,
    /// For all items.
    pub(crate) extras: Extras,
    /// For one item each.
    pub(crate) extras_for: BTreeMap<String, Extras>,
    /// Whether to write documentation.
    pub(crate) docs: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            config: BTreeMap::new(),
            only: None,
            extern_types: BTreeMap::new(),
            client: None,
            extras: Extras::default(),
            extras_for: BTreeMap::new(),
            docs: true,
        }
    }
}

/// Why a schema cannot be lowered.
pub(crate) enum Fault {
    /// Findings with places in the schema.
    Schema(Vec<Diagnostic>),
    /// Options that do not fit the schema.
    Options(Vec<OptionError>),
}

impl Options {
    /// Whether the caller has a type for what the schema calls `name`.
    pub(super) fn is_foreign(&self, name: &str) -> bool {
        self.extern_types.contains_key(name)
    }

    /// The derives that are asked for what the schema calls `name`.
    pub(super) fn derives(&self, name: &str) -> impl Iterator<Item = &str> {
        let extras = [&self.extras].into_iter().chain(self.extras_for.get(name));
        extras.flat_map(|extras| extras.derives.iter().map(String::as_str))
    }

    /// The attributes for what the schema calls `name`.
    pub(super) fn attributes(&self, name: &str) -> Vec<String> {
        let extras = [&self.extras].into_iter().chain(self.extras_for.get(name));
        extras
            .flat_map(|extras| extras.attributes.clone())
            .collect()
    }
}
