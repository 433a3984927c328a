//! Structs and all other objects: unions, arguments of commands, data of events.

use qapi_compat::merge::Presence;
use qapi_parser::{Definition, DocId, Id, Member};

use super::context::Lowering;
use super::conversions::Node;
use super::docs::Docs;
use super::scope;
use crate::model::{self, Extras, Field, Source, Struct};
use crate::names::{self, Ident, Style};

/// The field of a union for its branch.
pub(super) const BRANCH: &str = "branch";

/// The field of a command for additional arguments.
const REST: &str = "rest";

/// The kind of item for an object.
#[derive(Clone, Copy)]
pub(super) struct Role {
    /// The module of the item, unless it is at the top of the file.
    pub(super) module: Option<&'static str>,
    /// Whether it keeps unknown members.
    pub(super) has_rest: bool,
}

impl Role {
    fn is_event(self) -> bool {
        self.module == Some("events")
    }
}

impl<'a> Lowering<'a> {
    /// A type at the top of the file.
    pub(super) fn structure(&mut self, ident: Ident, id: Id, definition: &Definition) -> Struct {
        let role = Role {
            module: None,
            has_rest: false,
        };
        self.object(ident, Some(id), definition, role)
    }

    /// The object `id`, or one without members, on behalf of `definition`.
    pub(super) fn object(
        &mut self,
        ident: Ident,
        id: Option<Id>,
        definition: &Definition,
        role: Role,
    ) -> Struct {
        let schema = self.schema;
        let union = id
            .and_then(|id| schema.object(id))
            .and_then(|object| object.branches.as_ref());
        let discriminator = union.map(|union| union.discriminator.value.as_str());
        let taken: &[&str] = match (union, role.has_rest) {
            (Some(_), false) => &[BRANCH],
            (Some(_), true) => &[BRANCH, REST],
            (None, true) => &[REST],
            (None, false) => &[],
        };
        let is_received = id.is_some_and(|id| self.directions.is_received(id));
        // Types that are in no message are created by the program, if at all.
        let has_setters = id.is_some_and(|id| self.directions.is_sent(id) || !is_received);
        let members = id.map_or(Vec::new(), |id| schema.members(id)).into_iter();
        let (tags, members): (Vec<_>, Vec<_>) = members
            .filter(|(_, member)| self.conditions.allows(member.condition.as_ref()))
            .partition(|(_, member)| discriminator == Some(member.name.value.as_str()));
        let names = members.iter().map(|(_, member)| &member.name);
        let names: Vec<_> = names
            .map(|name| (name.value.as_str(), Some(name.span)))
            .collect();
        let idents = scope::assign(&names, Style::Field(taken), &mut self.faults);
        let mut branches = id.zip(union).map(|(id, union)| {
            let method = method(&union.discriminator.value, &idents);
            self.branches(id, union, method, &idents)
        });
        let names = names.iter().map(|(name, _)| *name).zip(&idents);
        let method = branches.as_ref().map(|branches| branches.method.clone());
        let names = names.chain(discriminator.zip(method.as_ref()));
        let docs = Docs::new(self, definition, names, role.module);
        for (branches, (owner, tag)) in branches.iter_mut().zip(&tags) {
            branches.is_hideable = is_received && self.is_hideable(&tag.features);
            branches.docs = self.member_docs(id, *owner, tag, &docs);
        }
        let fields: Vec<Field> = members
            .iter()
            .zip(&idents)
            .map(|((owner, member), ident)| self.field(ident, id, role, *owner, member, &docs))
            .collect();
        let mut it = Struct {
            docs: docs.item(),
            name: definition.name.clone(),
            deprecated: self.deprecation(&definition.features, &self.docs_of(definition)),
            extras: Extras::default(),
            fields,
            branches,
            rest: role.has_rest.then(|| Ident::fixed(REST)),
            is_transparent: false,
            has_setters,
            conversion: None,
            ident,
        };
        it.conversion = id.filter(|_| role.module.is_none()).and_then(|id| {
            let node = Node::Item(id);
            match (self.nodes().wrapped(id), it.branches.is_some()) {
                (Some(member), _) => self.source(node, member),
                // If there are several schemas, some may require members that others lack.
                (None, true) if it.fields.iter().any(|field| field.in_new) => None,
                (None, true) if self.conversions.is_generic(node, Node::Branch(id)) => {
                    Some(Source::Generic)
                }
                (None, true) if self.conversions.is_exact(node, Node::Branch(id)) => {
                    Some(Source::Exact)
                }
                (None, _) => None,
            }
        });
        it.extras = self.extras(definition, it.is_made_from_nothing());
        it
    }

    fn field(
        &self,
        ident: &Ident,
        holder: Option<Id>,
        role: Role,
        owner: Id,
        member: &Member,
        docs: &Docs<'_>,
    ) -> Field {
        let (name, features) = (&member.name.value, &member.features);
        let field_docs = self.member_docs(holder, owner, member, docs);
        // QEMU may have been built without conditional members.
        let is_optional = member.optional || self.conditions.is_open(member.condition.as_ref());
        let is_received = holder.is_some_and(|id| self.directions.is_received(id));
        let is_hideable = is_received && self.is_hideable(features);
        // Clients do not create events.
        let is_sent = !role.is_event() && holder.is_some_and(|id| self.directions.is_sent(id));
        // If there are several schemas, some may require a member that others lack or do not require.
        let presence = match member.optional {
            true => self.presence(owner, member),
            false => None,
        };
        // Optional although all require it: it is conditional in some of them.
        let is_required_by_some = matches!(
            presence,
            Some(Presence::Required | Presence::SometimesRequired | Presence::RequiredWhereKnown)
        );
        // A member that all schemas accept and some require is always sent.
        let is_optional =
            is_optional && (is_received || presence != Some(Presence::SometimesRequired));
        Field {
            ident: ident.clone(),
            wire: name.clone(),
            setter_docs: docs.setter(name, &field_docs),
            docs: field_docs,
            ty: self.held(holder, member.ty),
            argument: self.argument(member.ty),
            optional: is_optional || is_hideable,
            in_new: match is_optional {
                true => is_required_by_some && is_sent,
                false => !is_hideable || is_sent,
            },
            deprecated: self.deprecation(features, &self.docs_of_member(holder, owner, name, docs)),
        }
    }

    fn presence(&self, owner: Id, member: &Member) -> Option<Presence> {
        let owner = &self.schema.get(owner).name;
        self.availability?.presence(owner, &member.name.value)
    }

    fn member_docs(
        &self,
        holder: Option<Id>,
        owner: Id,
        member: &Member,
        docs: &Docs<'_>,
    ) -> model::Docs {
        let only_in = self.only_in(&self.schema.get(owner).name, Some(&member.name.value));
        let of_member = self.docs_of_member(holder, owner, &member.name.value, docs);
        let (condition, features) = (member.condition.as_ref(), &member.features);
        docs.member(&of_member, &member.name.value, condition, features, only_in)
    }

    fn docs_of_member(
        &self,
        holder: Option<Id>,
        owner: Id,
        name: &str,
        docs: &Docs<'_>,
    ) -> Vec<DocId> {
        docs.of_part(self.schema.get(owner), self.documented(owner, holder), name)
    }

    /// The definition that documents the members of `owner`. Members of an inline base are documented with the union.
    fn documented(&self, owner: Id, holder: Option<Id>) -> &'a Definition {
        let owner = self.schema.get(owner);
        match (owner.doc, holder) {
            (None, Some(holder)) => self.schema.get(holder),
            _ => owner,
        }
    }
}

/// The name of the method for the discriminator, different from all other methods of the union.
fn method(discriminator: &str, fields: &[Ident]) -> Ident {
    let setters: Vec<Ident> = fields.iter().map(Ident::setter).collect();
    let mut taken = vec!["new", "clone"];
    taken.extend(setters.iter().map(Ident::as_str));
    names::field_name(discriminator, &taken)
}
