//! The state of lowering.

use std::collections::HashMap;

use qapi_compat::merge::{Availability, Provenance};
use qapi_parser::{Definition, Diagnostic, DocId, Feature, Id, Kind, Schema};

use super::boxing::Boxing;
use super::conditions::Conditions;
use super::conversions::{Conversions, Types};
use super::derives::Derives;
use super::described::Described;
use super::directions::Directions;
use super::options::Options;
use super::selection::Selection;
use crate::model::{Deprecation, Extras};
use crate::names::Ident;

/// The state of lowering.
pub(super) struct Lowering<'a> {
    pub(super) schema: &'a Schema,
    /// The availability of items, if several schemas were merged.
    pub(super) availability: Option<&'a Availability>,
    /// What definitions are made of, if several schemas were merged.
    pub(super) provenance: &'a Provenance,
    pub(super) options: &'a Options,
    pub(super) selection: Selection,
    /// The identifiers of types, commands and events.
    pub(super) idents: HashMap<Id, Ident>,
    /// The identifiers of the branch enums of unions.
    pub(super) branch_idents: HashMap<Id, Ident>,
    pub(super) derives: Derives<'a>,
    pub(super) boxing: Boxing,
    pub(super) conversions: Conversions,
    pub(super) directions: Directions,
    pub(super) described: Described<'a>,
    pub(super) conditions: Conditions<'a>,
    pub(super) faults: Vec<Diagnostic>,
}

impl<'a> Lowering<'a> {
    /// The definitions of a kind that are generated.
    pub(super) fn chosen(&self, is_kind: fn(&Kind) -> bool) -> Vec<(Id, &'a Definition)> {
        let definitions = self.schema.definitions();
        let chosen = definitions.filter(|(id, it)| is_kind(&it.kind) && self.selection.has(*id));
        chosen.collect()
    }

    /// The same, with their identifiers.
    pub(super) fn named(&self, is_kind: fn(&Kind) -> bool) -> Vec<(Id, &'a Definition, Ident)> {
        let chosen = self.chosen(is_kind).into_iter();
        let named = chosen.filter_map(|(id, it)| Some((id, it, self.idents.get(&id)?.clone())));
        named.collect()
    }

    /// The types as conversions see them.
    pub(super) fn nodes(&self) -> Types<'_> {
        Types {
            schema: self.schema,
            options: self.options,
            conditions: &self.conditions,
        }
    }

    /// The deprecation of something that has, or may have, the feature `deprecated`, with the text in the first of `docs`
    /// that has one.
    pub(super) fn deprecation(&self, features: &[Feature], docs: &[DocId]) -> Option<Deprecation> {
        let is_deprecated = features.iter().any(|feature| {
            let may_hold = self.conditions.allows(feature.condition.as_ref());
            feature.name.value == "deprecated" && may_hold
        });
        is_deprecated.then(|| Deprecation {
            note: self.feature_note(docs, "deprecated"),
        })
    }

    /// Whether QEMU can be configured to omit members with these features, by `-compat deprecated-output=hide` and
    /// `unstable-output=hide` (docs/qapi.md section 8).
    pub(super) fn is_hideable(&self, features: &[Feature]) -> bool {
        features.iter().any(|feature| {
            let may_hold = self.conditions.allows(feature.condition.as_ref());
            matches!(feature.name.value.as_str(), "deprecated" | "unstable") && may_hold
        })
    }

    /// The attributes of the item of a definition. `made_from_nothing` if `new` takes no arguments.
    pub(super) fn extras(&self, definition: &Definition, made_from_nothing: bool) -> Extras {
        match self.schema.find(&definition.name) {
            Some(id) => self.derives.extras(id, definition, made_from_nothing),
            None => Extras::default(),
        }
    }
}

/// Whether a definition is a type at the top of the file. A built-in type is one if the caller replaces it.
pub(super) fn is_item(kind: &Kind) -> bool {
    matches!(
        kind,
        Kind::Builtin(_) | Kind::Enum(_) | Kind::Object(_) | Kind::Alternate(_) | Kind::Extern
    )
}

pub(super) fn is_command(kind: &Kind) -> bool {
    matches!(kind, Kind::Command(_))
}

pub(super) fn is_event(kind: &Kind) -> bool {
    matches!(kind, Kind::Event(_))
}

pub(super) fn is_union(kind: &Kind) -> bool {
    matches!(kind, Kind::Object(object) if object.branches.is_some())
}
