//! What depends on the discriminator of a union.

use std::collections::HashMap;

use qapi_parser::{Branch, Condition, Id, Kind};

use super::Lowering;
use super::objects::BRANCH;
use crate::model::{Branches, Docs, Payload, Variant};
use crate::names::{self, Ident};

impl Lowering<'_> {
    /// The branches of the union `id`, and `method` to give the discriminator.
    pub(super) fn branches(
        &mut self,
        id: Id,
        union: &qapi_parser::Branches,
        method: Ident,
    ) -> Branches {
        let tag = self.schema.get(union.tag);
        let tag_ident = self.idents.get(&union.tag).cloned();
        let tag_ident = tag_ident.filter(|_| !self.is_foreign(union.tag));
        if tag_ident.is_none() {
            let at = union.discriminator.span;
            let message = format!(
                "'{}' tells the branches of a union apart, and must be generated",
                tag.name
            );
            let fault = qapi_parser::Diagnostic::error(at, message);
            self.faults.push(fault.hint("it cannot be an extern type"));
        }
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
                docs: self.variant_docs(name, condition),
                deprecated: self.is_deprecated(&value.features),
                payload: branch.map_or(Payload::Nothing, |branch| self.payload(id, branch)),
            });
        }
        let wire = &union.discriminator.value;
        Branches {
            ident: self.branch_idents[&id].clone(),
            field: Ident::fixed(BRANCH),
            method,
            docs: vec![format!("`{wire}`, which tells the branch.")],
            wire: wire.clone(),
            tag: tag_ident.unwrap_or_else(|| names::type_name(&tag.name)),
            variants,
        }
    }

    /// What a value means is told with the enum.
    fn variant_docs(&self, name: &str, condition: Option<&Condition>) -> Docs {
        let mut docs = vec![format!("`{name}`")];
        if let Some(text) = self.only_with(condition).filter(|_| self.options.docs) {
            docs.push(String::new());
            docs.extend(text.lines().map(str::to_owned));
        }
        docs
    }

    fn payload(&self, union: Id, branch: &Branch) -> Payload {
        if !self.schema.get(branch.ty).is_implicit {
            let ty = self.held(Some(union), branch.ty);
            return match self.is_foreign(branch.ty) {
                true => Payload::Foreign(ty),
                false => Payload::Object(ty),
            };
        }
        // Implied branches are those without members, and those that wrap a type of any kind in one.
        match &self.schema.members(branch.ty)[..] {
            [(_, member)] => {
                Payload::Member(member.name.value.clone(), self.held(Some(union), member.ty))
            }
            _ => Payload::Nothing,
        }
    }
}
