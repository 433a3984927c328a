//! The parts of a union that depend on its discriminator.

use std::collections::{HashMap, HashSet};

use qapi_parser::{Branch, Condition, Diagnostic, Id, Kind, Span};

use super::context::Lowering;
use super::objects::BRANCH;
use crate::model::{Branches, Docs, Payload, Variant};
use crate::names::{self, Ident};

impl Lowering<'_> {
    /// The branches of the union `id`, and the `method` for the discriminator.
    pub(super) fn branches(
        &mut self,
        id: Id,
        union: &qapi_parser::Branches,
        method: Ident,
    ) -> Branches {
        let tag = self.schema.get(union.tag);
        let values = match &tag.kind {
            Kind::Enum(values) => self.values(values),
            _ => Vec::new(),
        };
        let branches = self.conditions.branches(self.schema, union).into_iter();
        let branches: HashMap<&str, &Branch> =
            branches.map(|it| (it.name.value.as_str(), it)).collect();
        // In the order of the enum, which is the order of its documentation.
        let mut variants = Vec::new();
        for (value, ident) in values {
            let name = &value.name.value;
            let branch = branches.get(name.as_str());
            let condition = value.condition.as_ref();
            let condition = condition.or_else(|| branch?.condition.as_ref());
            variants.push(Variant {
                ident,
                docs: self.variant_docs(id, name, condition),
                deprecated: self.deprecation(&value.features, tag),
                payload: branch.map_or(Payload::Nothing, |branch| self.payload(id, branch)),
            });
        }
        let wire = &union.discriminator.value;
        Branches {
            ident: self.branch_ident(id),
            field: Ident::fixed(BRANCH),
            method,
            docs: vec![format!("The discriminator `{wire}`.")],
            wire: wire.clone(),
            tag: match self.idents.get(&union.tag) {
                Some(ident) => ident.clone(),
                None => names::type_name(&tag.name),
            },
            is_hideable: false,
            variants,
        }
    }

    fn branch_ident(&self, union: Id) -> Ident {
        match self.branch_idents.get(&union) {
            Some(ident) => ident.clone(),
            None => names::type_name(&names::branch_type(&self.schema.get(union).name)),
        }
    }

    /// Reports external types where the generated code must know the type.
    pub(super) fn check_unions(&mut self) {
        let mut seen = HashSet::new();
        for (holder, definition) in self.chosen(|_| true) {
            let id = match &definition.kind {
                Kind::Command(it) => it.arguments,
                Kind::Event(it) => it.data,
                _ => Some(holder).filter(|id| !self.is_foreign(*id)),
            };
            let Some(id) = id.filter(|id| seen.insert(*id)) else {
                continue;
            };
            let Some(union) = self.schema.object(id).and_then(|it| it.branches.as_ref()) else {
                continue;
            };
            if self.is_foreign(union.tag) {
                let what = "selects the branches of a union";
                self.must_be_generated(union.tag, what, Some(union.discriminator.span));
            }
            if self.is_foreign(id) {
                let what = format!("provides the branches of '{}'", definition.name);
                self.must_be_generated(id, &what, definition.span);
            }
        }
    }

    fn must_be_generated(&mut self, ty: Id, what: &str, at: Option<Span>) {
        let name = &self.schema.get(ty).name;
        let message = format!("'{name}' {what} and must be generated");
        let fault = at.map(|at| Diagnostic::error(at, message));
        self.faults
            .extend(fault.map(|it| it.hint("`extern_type` cannot replace it")));
    }

    /// The meaning of a value is documented with the enum.
    fn variant_docs(&self, union: Id, name: &str, condition: Option<&Condition>) -> Docs {
        let mut docs = vec![format!("`{name}`")];
        if !self.options.docs {
            return docs;
        }
        let only_in = self.only_in(&self.schema.get(union).name, Some(name));
        for text in [self.only_with(condition), only_in].into_iter().flatten() {
            docs.push(String::new());
            docs.extend(text.lines().map(str::to_owned));
        }
        docs
    }

    fn payload(&self, union: Id, branch: &Branch) -> Payload {
        if !self.schema.get(branch.ty).is_implicit {
            return Payload::Object(self.held(Some(union), branch.ty));
        }
        // Implicit branches are empty, or wrap a type of any kind.
        match &self.schema.members(branch.ty)[..] {
            [(_, member)] => {
                Payload::Member(member.name.value.clone(), self.held(Some(union), member.ty))
            }
            _ => Payload::Nothing,
        }
    }
}
