//! Alternates.

use qapi_parser::{Alternate, Branch, Builtin, Definition, Id, Kind};

use super::context::Lowering;
use super::conversions::Node;
use super::docs::Docs;
use super::scope;
use crate::model::{self, Alternative, Json};
use crate::names::{Ident, Style};

impl Lowering<'_> {
    pub(super) fn alternate(
        &mut self,
        ident: Ident,
        id: Id,
        definition: &Definition,
        it: &Alternate,
    ) -> model::Alternate {
        let exists = |branch: &&Branch| self.conditions.allows(branch.condition.as_ref());
        let alternatives: Vec<&Branch> = it.alternatives.iter().filter(exists).collect();
        let names = alternatives.iter().map(|branch| &branch.name);
        let names: Vec<_> = names
            .map(|name| (name.value.as_str(), Some(name.span)))
            .collect();
        let idents = scope::assign(&names, Style::Variant, &mut self.faults);
        let names = names.iter().map(|(name, _)| *name).zip(&idents);
        let docs = Docs::new(self, definition, names, None);
        let is_number = |branch: &&Branch| {
            let ty = &self.schema.get(branch.ty).kind;
            matches!(ty, Kind::Builtin(Builtin::Number))
        };
        let has_number = alternatives.iter().any(is_number);
        let alternatives = alternatives
            .iter()
            .zip(&idents)
            .map(|(branch, ident)| Alternative {
                ident: ident.clone(),
                docs: docs.member(
                    &docs.of_part(definition, definition, &branch.name.value),
                    &branch.name.value,
                    branch.condition.as_ref(),
                    &[],
                    self.only_in(&definition.name, Some(&branch.name.value)),
                ),
                json: match self.json(branch.ty) {
                    Json::Number if has_number && !is_number(branch) => Json::Integer,
                    json => json,
                },
                ty: self.held(Some(id), branch.ty),
                is_foreign: self.is_foreign(branch.ty),
                argument: self.argument(branch.ty),
                conversion: self.source(Node::Item(id), branch.ty),
            });
        model::Alternate {
            alternatives: alternatives.collect(),
            docs: docs.item(),
            name: definition.name.clone(),
            extras: self.extras(definition, false),
            ident,
        }
    }

    fn json(&self, id: Id) -> Json {
        match &self.schema.get(id).kind {
            Kind::Builtin(Builtin::Null) => Json::Null,
            Kind::Builtin(Builtin::Bool) => Json::Boolean,
            Kind::Builtin(Builtin::Str) => Json::String,
            Kind::Builtin(_) => Json::Number,
            Kind::Enum(_) => Json::Enum,
            Kind::Array(_) => Json::List,
            _ => Json::Object,
        }
    }
}
