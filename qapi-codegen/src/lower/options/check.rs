//! Checks that options fit the schema and are valid Rust.

use std::cell::LazyCell;
use std::collections::HashSet;

use syn::parse::Parser as _;

use qapi_parser::{Builtin, Condition, Definition, Feature, Id, Kind, Schema, nearest};

use super::Options;
use crate::error::{Argument, OptionError};
use crate::lower::conditions::Conditions;
use crate::model::Extras;

impl Options {
    /// Checks that every name in the options is in one of the schemas, and that every path and attribute is valid Rust.
    /// Returns all errors.
    pub(crate) fn check(&self, schemas: &[&Schema]) -> Vec<OptionError> {
        let symbols = LazyCell::new(|| Known::symbols(schemas));
        let definitions = LazyCell::new(|| Known::definitions(schemas, "definition", |_| true));
        let types = LazyCell::new(|| {
            let is_type = |kind: &Kind| !matches!(kind, Kind::Command(_) | Kind::Event(_));
            let mut types = Known::definitions(schemas, "type", is_type);
            let builtins = schemas.iter().flat_map(|it| builtins(it));
            types.names.extend(builtins);
            types
        });
        let generated = LazyCell::new(|| {
            // Implicit enums and those of the language are generated as well.
            let mut generated = Known::definitions(schemas, "definition", |_| true);
            let implicit = schemas.iter().flat_map(|it| implicit_enums(it));
            generated.names.extend(implicit);
            generated
        });
        let mut errors = Vec::new();
        for (name, &value) in &self.config {
            let call = OptionError::new("config", [Argument::from(name), value.into()]);
            errors.extend(symbols.check(name, call));
        }
        for name in self.only.iter().flatten() {
            let call = OptionError::new("only", [Argument::list(name)]);
            errors.extend(definitions.check(name, call));
        }
        for (name, path) in &self.extern_types {
            let call = OptionError::new("extern_type", [name, path].map(Argument::from));
            let is_null = |schema: &&Schema| {
                let kind = schema.find(name).map(|id| &schema.get(id).kind);
                matches!(kind, Some(Kind::Builtin(Builtin::Null)))
            };
            errors.extend(match types.check(name, call.clone()) {
                None if schemas.iter().any(is_null) => {
                    Some(call.message("'null' cannot be mapped").hint(
                        "it has only one value, and becomes `()` or a variant without a value",
                    ))
                }
                None if syn::parse_str::<syn::TypePath>(path).is_err() => {
                    Some(call.message(format!("'{path}' is not a path to a Rust type")))
                }
                fault => fault,
            });
        }
        if let Some(path) = &self.client
            && syn::parse_str::<syn::Path>(path).is_err()
        {
            let call = OptionError::new("client", [Argument::from(path)]);
            let hint = "name the crate: `::qapi_client`";
            errors.push(
                call.message(format!("'{path}' is not a path to a Rust crate or module"))
                    .hint(hint),
            );
        }
        for (name, extras) in &self.extras_for {
            for fault in calls(extras, Some(name)) {
                let unknown = generated.check(name, fault.call.clone());
                errors.extend(unknown.or(fault.error()));
            }
        }
        let faults = calls(&self.extras, None).filter_map(Call::error);
        errors.extend(faults);
        errors
    }

    /// Checks that names in `only`, and those with derives and attributes of their own, are names of items that are
    /// generated. Returns all errors.
    pub(in crate::lower) fn check_items(
        &self,
        schema: &Schema,
        conditions: &Conditions<'_>,
        is_chosen: impl Fn(Id) -> bool,
    ) -> Vec<OptionError> {
        let mut errors = Vec::new();
        for name in self.only.iter().flatten() {
            let definition = schema.find(name).map(|id| schema.get(id));
            if definition.is_some_and(|it| !conditions.allows(it.condition.as_ref())) {
                let call = OptionError::new("only", [Argument::list(name)]);
                errors.push(excluded_by_config(call, name));
            }
        }
        let extras = self.extras_for.iter();
        let calls = extras
            .flat_map(|(name, extras)| calls(extras, Some(name)).map(move |it| (name, it.call)));
        errors.extend(calls.filter_map(|(name, call)| {
            let id = schema.find(name);
            if self.is_foreign(name) {
                let error = call.message(format!("'{name}' is replaced by `extern_type`"));
                return Some(error.hint("omit it"));
            }
            if id.is_some_and(&is_chosen) {
                return None;
            }
            let definition = id.map(|id| schema.get(id));
            if definition.is_some_and(|it| !conditions.allows(it.condition.as_ref())) {
                return Some(excluded_by_config(call, name));
            }
            let error = call.message(format!("nothing in `only` needs '{name}'"));
            Some(error.hint("omit it, or add the name to `only`"))
        }));
        errors
    }
}

/// The error in a `call` that names something whose condition is false.
fn excluded_by_config(call: OptionError, name: &str) -> OptionError {
    call.message(format!("'{name}' is excluded by `config`"))
        .hint("omit it, or change the values of the conditions in its 'if'")
}

/// The names of one kind that any of the schemas has.
struct Known<'a> {
    what: &'static str,
    /// Whether there are several schemas.
    are_several: bool,
    names: HashSet<&'a str>,
}

impl<'a> Known<'a> {
    /// Explicit definitions, and types that are used but not defined.
    fn definitions(schemas: &[&'a Schema], what: &'static str, is: fn(&Kind) -> bool) -> Self {
        let mut names = HashSet::new();
        for schema in schemas {
            let used = used(schema);
            let is_known = |definition: &&Definition| match definition.kind {
                Kind::Extern => used.contains(definition.name.as_str()),
                _ => !definition.is_implicit,
            };
            let definitions = schema.definitions().map(|(_, definition)| definition);
            let definitions = definitions.filter(is_known).filter(|it| is(&it.kind));
            names.extend(definitions.map(|it| it.name.as_str()));
        }
        Self {
            what,
            are_several: schemas.len() > 1,
            names,
        }
    }

    /// The symbols of all conditions.
    fn symbols(schemas: &[&'a Schema]) -> Self {
        let mut names = HashSet::new();
        for (_, definition) in schemas.iter().flat_map(|schema| schema.definitions()) {
            for condition in conditions(definition) {
                collect(condition, &mut names);
            }
        }
        Self {
            what: "condition",
            are_several: schemas.len() > 1,
            names,
        }
    }

    /// The error in a `call` that names something no schema has.
    fn check(&self, name: &str, call: OptionError) -> Option<OptionError> {
        if self.names.contains(name) {
            return None;
        }
        let error = call.message(match self.are_several {
            false => format!("the schema has no {} '{name}'", self.what),
            true => format!("none of the schemas has a {} '{name}'", self.what),
        });
        let mut names: Vec<&str> = self.names.iter().copied().collect();
        names.sort_unstable();
        Some(match nearest(name, names) {
            Some(near) => error.hint(format!("did you mean '{near}'?")),
            None => error,
        })
    }
}

/// A call that adds a derive or an attribute.
struct Call<'a> {
    call: OptionError,
    text: &'a str,
    kind: Extra,
}

enum Extra {
    Derive,
    Attribute,
}

impl Call<'_> {
    fn error(self) -> Option<OptionError> {
        let text = self.text;
        match self.kind {
            Extra::Derive => {
                let is_path = syn::Path::parse_mod_style.parse_str(text).is_ok();
                let message = format!("'{text}' is not a path to a derive macro");
                (!is_path).then(|| self.call.message(message))
            }
            Extra::Attribute => {
                let attributes = syn::Attribute::parse_outer.parse_str(text);
                let is_attribute = attributes.is_ok_and(|attributes| !attributes.is_empty());
                let message = format!("'{text}' is not an attribute such as #[must_use]");
                (!is_attribute).then(|| self.call.message(message))
            }
        }
    }
}

/// The calls that resulted in `extras`, for the definition `name` or for all.
fn calls<'a>(extras: &'a Extras, name: Option<&'a String>) -> impl Iterator<Item = Call<'a>> {
    let call = move |text, [all, one]: [&'static str; 2], kind| {
        let method = if name.is_some() { one } else { all };
        let arguments = name.into_iter().chain([text]).map(Argument::from);
        Call {
            call: OptionError::new(method, arguments),
            text,
            kind,
        }
    };
    let derives = extras.derives.iter();
    let derives = derives.map(move |text| call(text, ["derive", "derive_for"], Extra::Derive));
    let attributes = extras.attributes.iter().map(move |text| {
        let methods = ["attribute", "attribute_for"];
        call(text, methods, Extra::Attribute)
    });
    derives.chain(attributes)
}

/// The types of the schema language itself.
fn builtins(schema: &Schema) -> impl Iterator<Item = &str> {
    let builtins = schema.definitions().filter(|(_, it)| match it.kind {
        Kind::Builtin(_) => true,
        // That is `QType`.
        Kind::Enum(_) => it.is_implicit && it.span.is_none(),
        _ => false,
    });
    builtins.map(|(_, definition)| definition.name.as_str())
}

/// The enums that unions imply, and `QType` if it is used.
fn implicit_enums(schema: &Schema) -> impl Iterator<Item = &str> {
    let used = used(schema);
    let enums = schema
        .definitions()
        .map(|(_, definition)| definition)
        .filter(|it| it.is_implicit && matches!(it.kind, Kind::Enum(_)));
    let enums = enums.filter(move |it| it.span.is_some() || used.contains(it.name.as_str()));
    enums.map(|it| it.name.as_str())
}

/// The types that are used.
fn used(schema: &Schema) -> HashSet<&str> {
    let definitions = schema.definitions();
    let named = definitions.flat_map(|(_, definition)| definition.kind.references());
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

fn collect<'a>(condition: &'a Condition, symbols: &mut HashSet<&'a str>) {
    match condition {
        Condition::Symbol(name) => {
            symbols.insert(name);
        }
        Condition::All(parts) | Condition::Any(parts) => {
            parts.iter().for_each(|part| collect(part, symbols));
        }
        Condition::Not(part) => collect(part, symbols),
    }
}
