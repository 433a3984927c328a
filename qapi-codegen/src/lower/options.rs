//! What the caller asks for besides the schema.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use qapi_parser::{Condition, Definition, Diagnostic, Id, Kind, Schema, nearest};

use crate::model::Extras;

/// Everything that a builder can be told.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    /// Conditions that are decided.
    pub(crate) config: BTreeMap<String, bool>,
    /// What is generated, with what it needs; all when it is empty.
    pub(crate) only: BTreeSet<String>,
    /// Types of the caller's by the schema's name for them.
    pub(crate) extern_types: BTreeMap<String, String>,
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
            only: BTreeSet::new(),
            extern_types: BTreeMap::new(),
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
    /// An option that fits nothing.
    Option(String),
}

impl Options {
    /// Checks that every name in the options is one of the schema's, and every path one of Rust's.
    pub(super) fn check(&self, schema: &Schema) -> Result<(), Fault> {
        let symbols = symbols(schema);
        for name in self.config.keys() {
            known(
                "config",
                "condition",
                name,
                symbols.iter().map(String::as_str),
            )?;
        }
        let names = || {
            let definitions = schema.definitions().map(|(_, definition)| definition);
            definitions.filter(|d| !d.is_implicit || matches!(d.kind, Kind::Extern))
        };
        for name in &self.only {
            known("only", "definition", name, names().map(|d| d.name.as_str()))?;
        }
        let used = used(schema);
        let names_in_use = || {
            names().filter(|d| !matches!(d.kind, Kind::Extern) || used.contains(d.name.as_str()))
        };
        let types =
            || names_in_use().filter(|d| !matches!(d.kind, Kind::Command(_) | Kind::Event(_)));
        for (name, path) in &self.extern_types {
            known(
                "extern_type",
                "type",
                name,
                types().map(|d| d.name.as_str()),
            )?;
            if syn::parse_str::<syn::Type>(path).is_err() {
                return Err(Fault::Option(format!(
                    "extern_type: '{path}' is no path to a Rust type"
                )));
            }
        }
        for name in self.extras_for.keys() {
            known(
                "derive_for or attribute_for",
                "definition",
                name,
                names().map(|d| d.name.as_str()),
            )?;
        }
        for extras in self.extras_for.values().chain([&self.extras]) {
            check_extras(extras)?;
        }
        Ok(())
    }

    /// The derives and attributes for what the schema calls `name`.
    pub(super) fn extras(&self, name: &str) -> Extras {
        let mut extras = self.extras.clone();
        if let Some(more) = self.extras_for.get(name) {
            extras.derives.extend(more.derives.iter().cloned());
            extras.attributes.extend(more.attributes.iter().cloned());
        }
        extras
    }
}

fn known<'a>(
    option: &str,
    what: &str,
    name: &str,
    names: impl Iterator<Item = &'a str>,
) -> Result<(), Fault> {
    let names: Vec<&str> = names.collect();
    if names.contains(&name) {
        return Ok(());
    }
    let hint = match nearest(name, names) {
        Some(near) => format!(": did you mean '{near}'?"),
        None => String::new(),
    };
    Err(Fault::Option(format!(
        "{option}: the schema has no {what} '{name}'{hint}"
    )))
}

fn check_extras(extras: &Extras) -> Result<(), Fault> {
    for path in &extras.derives {
        if syn::parse_str::<syn::Path>(path).is_err() {
            return Err(Fault::Option(format!(
                "derive: '{path}' is no path to a derive macro"
            )));
        }
    }
    for attribute in &extras.attributes {
        let item = format!("{attribute} struct Item;");
        let has_one = |item: syn::ItemStruct| !item.attrs.is_empty();
        if !syn::parse_str::<syn::ItemStruct>(&item).is_ok_and(has_one) {
            return Err(Fault::Option(format!(
                "attribute: '{attribute}' is no attribute such as #[must_use]"
            )));
        }
    }
    Ok(())
}

/// The types that something is of.
fn used(schema: &Schema) -> HashSet<&str> {
    let mut used = HashSet::new();
    for (_, definition) in schema.definitions() {
        let types: Vec<Id> = match &definition.kind {
            Kind::Array(element) => vec![*element],
            Kind::Object(it) => {
                let branches = it.branches.iter().flat_map(|union| &union.branches);
                let members = it.members.iter().map(|member| member.ty);
                members.chain(branches.map(|branch| branch.ty)).collect()
            }
            Kind::Alternate(it) => it.alternatives.iter().map(|a| a.ty).collect(),
            Kind::Command(it) => it.returns.into_iter().collect(),
            _ => Vec::new(),
        };
        used.extend(types.into_iter().map(|id| schema.get(id).name.as_str()));
    }
    used
}

/// The symbols of all conditions.
fn symbols(schema: &Schema) -> HashSet<String> {
    let mut symbols = HashSet::new();
    for (_, definition) in schema.definitions() {
        for condition in conditions(definition) {
            collect(condition, &mut symbols);
        }
    }
    symbols
}

fn conditions(definition: &Definition) -> Vec<&Condition> {
    let inner: Vec<&Option<Condition>> = match &definition.kind {
        Kind::Enum(it) => it.values.iter().map(|value| &value.condition).collect(),
        Kind::Object(it) => {
            let branches = it.branches.iter().flat_map(|union| &union.branches);
            let members = it.members.iter().map(|member| &member.condition);
            members
                .chain(branches.map(|branch| &branch.condition))
                .collect()
        }
        Kind::Alternate(it) => it.alternatives.iter().map(|a| &a.condition).collect(),
        _ => Vec::new(),
    };
    let features = definition.features.iter().map(|feature| &feature.condition);
    [&definition.condition]
        .into_iter()
        .chain(inner)
        .chain(features)
        .flatten()
        .collect()
}

fn collect(condition: &Condition, symbols: &mut HashSet<String>) {
    match condition {
        Condition::Symbol(name) => {
            symbols.insert(name.clone());
        }
        Condition::All(parts) | Condition::Any(parts) => {
            parts.iter().for_each(|part| collect(part, symbols));
        }
        Condition::Not(part) => collect(part, symbols),
    }
}
