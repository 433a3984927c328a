//! Options must fit the schema, and be Rust.

use std::collections::{HashMap, HashSet};

use syn::parse::Parser as _;

use qapi_parser::{Condition, Definition, Diagnostic, Feature, Kind, Schema, Span, nearest};

use super::{Fault, Options};
use crate::lower::conditions::Conditions;
use crate::lower::references::references;
use crate::model::Extras;

impl Options {
    /// Checks that every name in the options is one of the schema's, and every path one of Rust's.
    pub(in crate::lower) fn check(&self, schema: &Schema) -> Result<(), Fault> {
        let symbols = Known::symbols(schema);
        for name in self.config.keys() {
            symbols.check("config", name)?;
        }
        let definitions = Known::definitions(schema, "definition", |_| true);
        let conditions = Conditions::new(&self.config);
        for name in self.only.iter().flatten() {
            definitions.check("only", name)?;
            let definition = schema.find(name).map(|id| schema.get(id));
            if definition.is_some_and(|it| !conditions.allows(it.condition.as_ref())) {
                let message = format!("only: '{name}' falls away with what config decides");
                let hint = "choose something else, or decide its condition otherwise";
                return Err(definitions.fault_with_hint(name, message, hint));
            }
        }
        let is_type = |kind: &Kind| !matches!(kind, Kind::Command(_) | Kind::Event(_));
        let types = Known::definitions(schema, "type", is_type);
        for (name, path) in &self.extern_types {
            types.check("extern_type", name)?;
            if syn::parse_str::<syn::TypePath>(path).is_err() {
                let message = format!("extern_type: '{path}' is no path to a Rust type");
                return Err(types.fault(name, message));
            }
        }
        for (name, extras) in &self.extras_for {
            definitions.check("derive_for or attribute_for", name)?;
            if let Some(message) = fault_in(extras) {
                return Err(definitions.fault(name, message));
            }
        }
        fault_in(&self.extras).map_or(Ok(()), |message| Err(Fault::Option(message)))
    }
}

/// The names of one kind that a schema has, and where each is written.
struct Known<'a> {
    what: &'static str,
    names: HashMap<&'a str, Option<Span>>,
}

impl<'a> Known<'a> {
    /// Definitions that are written down, and types that are only named.
    fn definitions(schema: &'a Schema, what: &'static str, is: fn(&Kind) -> bool) -> Self {
        let used = used(schema);
        let is_known = |definition: &&Definition| match definition.kind {
            Kind::Extern => used.contains(definition.name.as_str()),
            _ => !definition.is_implicit,
        };
        let definitions = schema.definitions().map(|(_, definition)| definition);
        let definitions = definitions.filter(is_known).filter(|it| is(&it.kind));
        Self {
            what,
            names: definitions.map(|it| (it.name.as_str(), it.span)).collect(),
        }
    }

    /// The symbols of all conditions, each with the first definition that has it.
    fn symbols(schema: &'a Schema) -> Self {
        let mut names = HashMap::new();
        for (_, definition) in schema.definitions() {
            for condition in conditions(definition) {
                collect(condition, definition.span, &mut names);
            }
        }
        Self {
            what: "condition",
            names,
        }
    }

    fn check(&self, option: &str, name: &str) -> Result<(), Fault> {
        if self.names.contains_key(name) {
            return Ok(());
        }
        let message = format!("{option}: the schema has no {} '{name}'", self.what);
        let mut names: Vec<&str> = self.names.keys().copied().collect();
        names.sort_unstable();
        match nearest(name, names) {
            Some(near) => {
                Err(self.fault_with_hint(near, message, &format!("did you mean '{near}'?")))
            }
            None => Err(Fault::Option(message)),
        }
    }

    /// A fault that is shown where `name` is written.
    fn fault(&self, name: &str, message: String) -> Fault {
        match self.names.get(name).copied().flatten() {
            Some(span) => Fault::Schema(vec![Diagnostic::error(span, message)]),
            None => Fault::Option(message),
        }
    }

    fn fault_with_hint(&self, name: &str, message: String, hint: &str) -> Fault {
        match self.fault(name, message) {
            Fault::Schema(findings) => {
                Fault::Schema(findings.into_iter().map(|it| it.hint(hint)).collect())
            }
            Fault::Option(message) => Fault::Option(format!("{message}: {hint}")),
        }
    }
}

/// What is no Rust in derives and attributes.
fn fault_in(extras: &Extras) -> Option<String> {
    let is_path = |path: &&String| syn::Path::parse_mod_style.parse_str(path).is_ok();
    let is_attribute = |attribute: &&String| {
        let attributes = syn::Attribute::parse_outer.parse_str(attribute);
        attributes.is_ok_and(|attributes| !attributes.is_empty())
    };
    if let Some(path) = extras.derives.iter().find(|path| !is_path(path)) {
        return Some(format!("derive: '{path}' is no path to a derive macro"));
    }
    let attribute = extras
        .attributes
        .iter()
        .find(|attribute| !is_attribute(attribute))?;
    Some(format!(
        "attribute: '{attribute}' is no attribute such as #[must_use]"
    ))
}

/// The types that something is of.
fn used(schema: &Schema) -> HashSet<&str> {
    let definitions = schema.definitions();
    let named = definitions.flat_map(|(_, definition)| references(&definition.kind));
    named.map(|id| schema.get(id).name.as_str()).collect()
}

fn conditions(definition: &Definition) -> Vec<&Condition> {
    let mut all = of_features(&definition.features);
    all.extend(&definition.condition);
    match &definition.kind {
        Kind::Enum(it) => {
            for value in &it.values {
                all.extend(&value.condition);
                all.extend(of_features(&value.features));
            }
        }
        Kind::Object(it) => {
            for member in &it.members {
                all.extend(&member.condition);
                all.extend(of_features(&member.features));
            }
            let branches = it.branches.iter().flat_map(|union| &union.branches);
            all.extend(branches.filter_map(|branch| branch.condition.as_ref()));
        }
        Kind::Alternate(it) => {
            all.extend(it.alternatives.iter().filter_map(|a| a.condition.as_ref()));
        }
        _ => {}
    }
    all
}

fn of_features(features: &[Feature]) -> Vec<&Condition> {
    let conditions = features.iter().map(|feature| &feature.condition);
    conditions.flatten().collect()
}

fn collect<'a>(
    condition: &'a Condition,
    at: Option<Span>,
    symbols: &mut HashMap<&'a str, Option<Span>>,
) {
    match condition {
        Condition::Symbol(name) => {
            symbols.entry(name).or_insert(at);
        }
        Condition::All(parts) | Condition::Any(parts) => {
            parts.iter().for_each(|part| collect(part, at, symbols));
        }
        Condition::Not(part) => collect(part, at, symbols),
    }
}
