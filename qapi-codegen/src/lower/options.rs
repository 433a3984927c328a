//! Options of the caller.

mod check;

use std::collections::{BTreeMap, BTreeSet};

use qapi_parser::Diagnostic;

use crate::error::OptionError;
use crate::model::Extras;

/// All options of a builder.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    /// Decided conditions.
    pub(crate) config: BTreeMap<String, bool>,
    /// The definitions to generate, with the types that they need. `None` for all.
    pub(crate) only: Option<BTreeSet<String>>,
    /// External types, by their names in the schema.
    pub(crate) extern_types: BTreeMap<String, String>,
    /// The path to the crate with the envelope.
    pub(crate) client: Option<String>,
    /// Derives and attributes for all items.
    pub(crate) extras: Extras,
    /// Derives and attributes for single items.
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
    /// The same options with the names of types in a merged schema.
    pub(crate) fn renamed(mut self, names: &BTreeMap<String, String>) -> Self {
        if let Some(only) = &mut self.only {
            let renamed = names.iter().filter(|(name, _)| only.contains(*name));
            let renamed: Vec<_> = renamed.collect();
            for (name, of_merged) in renamed {
                only.remove(name);
                only.insert(of_merged.clone());
            }
        }
        for (name, of_merged) in names {
            if let Some(extras) = self.extras_for.remove(name) {
                let known = self.extras_for.entry(of_merged.clone()).or_default();
                known.derives.extend(extras.derives);
                known.attributes.extend(extras.attributes);
            }
        }
        self
    }

    /// Whether `name` is an external type.
    pub(super) fn is_foreign(&self, name: &str) -> bool {
        self.extern_types.contains_key(name)
    }

    /// The derives that were requested for the definition `name`.
    pub(super) fn derives(&self, name: &str) -> impl Iterator<Item = &str> {
        let extras = [&self.extras].into_iter().chain(self.extras_for.get(name));
        extras.flat_map(|extras| extras.derives.iter().map(String::as_str))
    }

    /// The attributes for the definition `name`.
    pub(super) fn attributes(&self, name: &str) -> Vec<String> {
        let extras = [&self.extras].into_iter().chain(self.extras_for.get(name));
        extras
            .flat_map(|extras| extras.attributes.clone())
            .collect()
    }
}
