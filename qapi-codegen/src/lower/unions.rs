//! The parts of a union that depend on its discriminator.

use std::collections::{HashMap, HashSet};

use qapi_parser::{Branch, Condition, Diagnostic, EnumValue, Id, Kind, Span};

use super::context::Lowering;
use super::conversions::Node;
use super::objects::BRANCH;
use crate::model::{Argument, Branches, Docs, Payload, Type, Variant};
use crate::names::{self, Ident, Style};

impl Lowering<'_> {
    /// The branches of the union `id`, and the `method` for the discriminator.
    pub(super) fn branches(
        &mut self,
        id: Id,
        union: &qapi_parser::Branches,
        method: Ident,
        fields: &[Ident],
    ) -> Branches {
        let tag = self.schema.get(union.tag);
        let values = match &tag.kind {
            Kind::Enum(values) => self.values(values),
            _ => Vec::new(),
        };
        let branches = self.conditions.branches(self.schema, union).into_iter();
        let branches: HashMap<&str, &Branch> =
            branches.map(|it| (it.name.value.as_str(), it)).collect();
        let constructors = constructors(&values, &method, fields);
        // In the order of the enum, which is the order of its documentation.
        let mut variants = Vec::new();
        for ((value, ident), constructor) in values.into_iter().zip(constructors) {
            let name = &value.name.value;
            let branch = branches.get(name.as_str());
            let condition = value.condition.as_ref();
            let condition = condition.or_else(|| branch?.condition.as_ref());
            variants.push(Variant {
                ident,
                constructor,
                argument: branch.map_or(Argument::Exact, |it| self.argument(self.payload_type(it))),
                conversions: branch.map_or(Vec::new(), |it| self.sources(id, it)),
                docs: self.variant_docs(id, name, condition),
                deprecated: self
                    .deprecation(&value.features, &self.docs_of_part(tag, name, tag.doc)),
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

    /// Reports external types where generated code depends on the structure of the type.
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
        let only_in = self.branch_only_in(&self.schema.get(union).name, name);
        for text in [self.only_with(condition), only_in].into_iter().flatten() {
            docs.push(String::new());
            docs.extend(text.lines().map(str::to_owned));
        }
        docs
    }

    /// The type of a branch, or of the only member of an implicit one.
    fn payload_type(&self, branch: &Branch) -> Id {
        if !self.schema.get(branch.ty).is_implicit {
            return branch.ty;
        }
        let members = self.schema.members(branch.ty);
        members.first().map_or(branch.ty, |(_, member)| member.ty)
    }

    /// The types that convert to this branch, each with the wrapper in between, if any.
    fn sources(&self, union: Id, branch: &Branch) -> Vec<(Type, Option<Ident>)> {
        let nodes = self.nodes();
        let ty = self.payload_type(branch);
        if !nodes.is_object(ty) {
            return Vec::new();
        }
        let wrapped = nodes.wrapped(ty).filter(|it| nodes.is_object(*it));
        let wrapper = self.idents.get(&ty).cloned();
        let sources = [(Some(ty), None), (wrapped, wrapper)].into_iter();
        let sources = sources.filter_map(|(ty, wrapper)| Some((ty?, wrapper)));
        let node = Node::Branch(union);
        let sources = sources.filter(|(ty, _)| self.conversions.is_exact(node, nodes.node(*ty)));
        sources
            .map(|(ty, wrapper)| (self.ty(ty), wrapper))
            .collect()
    }

    fn payload(&self, union: Id, branch: &Branch) -> Payload {
        if !self.schema.get(branch.ty).is_implicit {
            return Payload::Object(self.held(Some(union), branch.ty));
        }
        // Implicit branches are empty or wrap a type of any kind.
        match &self.schema.members(branch.ty)[..] {
            [(_, member)] => {
                Payload::Member(member.name.value.clone(), self.held(Some(union), member.ty))
            }
            _ => Payload::Nothing,
        }
    }
}

/// The names of a union's constructors for each branch. The union's other functions and traits take precedence;
/// branches whose names collide have no constructor.
fn constructors(
    values: &[(&EnumValue, Ident)],
    method: &Ident,
    fields: &[Ident],
) -> Vec<Option<Ident>> {
    let setters: Vec<Ident> = fields.iter().map(Ident::setter).collect();
    let mut taken = vec![
        "clone",
        "default",
        "deserialize",
        "from",
        "into",
        "new",
        "try_from",
        "with_rest",
        method.plain(),
    ];
    taken.extend(setters.iter().map(Ident::as_str));
    let names: Vec<&str> = values
        .iter()
        .map(|(it, _)| it.name.value.as_str())
        .collect();
    let idents = names::assign(&names, Style::Field(&taken));
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for ident in &idents {
        *counts.entry(ident.plain()).or_default() += 1;
    }
    let is_single = |ident: &&Ident| counts[ident.plain()] == 1 && !taken.contains(&ident.plain());
    idents
        .iter()
        .map(|ident| Some(ident).filter(is_single).cloned())
        .collect()
}
