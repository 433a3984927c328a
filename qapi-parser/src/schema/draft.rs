//! Definitions in one namespace, with references not resolved yet.

pub(crate) mod string_tags;

use std::cell::OnceCell;

use foldhash::HashMap;

use super::{Builtin, Id};
use crate::arena::Arena;
use crate::ast::{
    self, Branch, Condition, Data, Feature, Flags, Include, Member, MemberType, Name, TypeName,
};
use crate::diagnostic::Diagnostic;
use crate::expr;
use crate::source::{Span, Spanned};

/// An explicit or implicit definition.
pub(crate) struct Draft<'a> {
    pub(crate) name: &'a str,
    /// Where the name is written. For an implicit definition, the place of the item that implies it.
    pub(crate) at: Option<Place>,
    pub(crate) is_implicit: bool,
    pub(crate) doc: Option<usize>,
    pub(crate) condition: Option<Box<Spanned<Condition>>>,
    pub(crate) features: Vec<Feature<'a>>,
    pub(crate) kind: DraftKind<'a>,
}

/// Where a definition is written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    pub(crate) name: Span,
    /// The whole object.
    pub(crate) whole: Span,
}

pub(crate) enum DraftKind<'a> {
    Builtin(Builtin),
    /// A type that the caller provides.
    Extern,
    Enum {
        values: Vec<ast::EnumValue<'a>>,
        prefix: Option<&'a str>,
    },
    Array {
        element: Reference<'a>,
    },
    Object {
        base: Option<Reference<'a>>,
        members: Vec<DraftMember<'a>>,
        union: Option<Box<Union<'a>>>,
    },
    Alternate {
        alternatives: Vec<DraftBranch<'a>>,
    },
    Command {
        data: Option<Reference<'a>>,
        returns: Option<Reference<'a>>,
        flags: Flags,
    },
    Event {
        data: Option<Reference<'a>>,
        boxed: bool,
    },
}

/// The name of a type, resolved during the checks.
#[derive(Clone)]
pub(crate) struct Reference<'a> {
    pub(crate) name: &'a str,
    pub(crate) span: Span,
    pub(crate) id: OnceCell<Id>,
}

pub(crate) type DraftMember<'a> = Member<'a, Reference<'a>>;

pub(crate) type DraftBranch<'a> = Branch<'a, Reference<'a>>;

pub(crate) struct Union<'a> {
    pub(crate) discriminator: Name<'a>,
    /// The enum type of the discriminator, resolved during the checks.
    pub(crate) tag: OnceCell<Id>,
    pub(crate) branches: Vec<DraftBranch<'a>>,
}

/// An entry of the schema, in QEMU's order.
pub(crate) enum DraftEntry {
    Include(Include),
    Definition(Id),
}

/// All definitions of a schema.
pub(crate) struct Drafts<'a> {
    /// Storage for implicit names.
    arena: &'a Arena,
    pub(crate) list: Vec<Draft<'a>>,
    pub(crate) by_name: HashMap<&'a str, Id>,
    pub(crate) entries: Vec<DraftEntry>,
    /// Names of definitions with errors. References to them are not reported as unknown.
    pub(crate) broken: HashMap<&'a str, Span>,
    /// Whether definitions may be missing because of syntax errors.
    pub(crate) is_incomplete: bool,
}

impl<'a> Drafts<'a> {
    /// Enters everything into one namespace, built-in types first. Also returns errors about redefinitions.
    pub(crate) fn define(
        items: impl ExactSizeIterator<Item = expr::Item<'a>>,
        arena: &'a Arena,
    ) -> (Self, Vec<Diagnostic>) {
        let mut redefined = Vec::new();
        // Implicit and built-in definitions are rarely more than the explicit ones.
        let room = 2 * items.len();
        let mut drafts = Self {
            arena,
            list: Vec::with_capacity(room),
            by_name: HashMap::with_capacity_and_hasher(room, Default::default()),
            entries: Vec::with_capacity(room),
            broken: HashMap::default(),
            is_incomplete: false,
        };
        drafts.predefine(&mut redefined);
        for item in items {
            match item {
                expr::Item::Good(ast::Item::Include(include)) => {
                    drafts.entries.push(DraftEntry::Include(include))
                }
                expr::Item::Good(ast::Item::Definition(definition)) => {
                    drafts.definition(definition, &mut redefined);
                }
                expr::Item::Broken(Some(name)) => {
                    drafts.broken.entry(name.value).or_insert(name.span);
                }
                expr::Item::Broken(None) => drafts.is_incomplete = true,
            }
        }
        (drafts, redefined)
    }

    /// Enters types that the caller provides, unless the schema defines them.
    pub(crate) fn define_extern(&mut self, names: &'a [String]) {
        for name in names {
            if !self.by_name.contains_key(name.as_str()) {
                let id = Id(self.list.len() as u32);
                self.by_name.insert(name, id);
                self.entries.push(DraftEntry::Definition(id));
                self.list.push(Draft::predefined(name, DraftKind::Extern));
            }
        }
    }

    pub(crate) fn get(&self, id: Id) -> &Draft<'a> {
        &self.list[id.0 as usize]
    }

    pub(crate) fn ids(&self) -> impl Iterator<Item = Id> + use<> {
        (0..self.list.len() as u32).map(Id)
    }

    fn predefine(&mut self, redefined: &mut Vec<Diagnostic>) {
        let object = DraftKind::Object {
            base: None,
            members: Vec::new(),
            union: None,
        };
        for (name, builtin) in Builtin::ALL {
            self.add(
                Draft::predefined(name, DraftKind::Builtin(builtin)),
                redefined,
            );
        }
        self.add(Draft::predefined("q_empty", object), redefined);
        // The values of QType are not written in any file.
        let values = [
            "none", "qnull", "qnum", "qstring", "qdict", "qlist", "qbool",
        ];
        let nowhere = Span::NOWHERE;
        let values = values.map(|name| ast::EnumValue {
            name: Spanned::new(name, nowhere),
            condition: None,
            features: Vec::new(),
        });
        let kind = DraftKind::Enum {
            values: values.into(),
            prefix: Some("QTYPE"),
        };
        self.add(Draft::predefined("QType", kind), redefined);
        for (name, _) in Builtin::ALL {
            let element = Reference::to(Spanned::new(name, nowhere));
            let name = self.arena.name(format!("{name}List"));
            let array = Draft::predefined(name, DraftKind::Array { element });
            self.add(array, redefined);
        }
    }

    /// Enters a definition, unless its name is taken.
    fn add(&mut self, draft: Draft<'a>, redefined: &mut Vec<Diagnostic>) {
        if let Some(&other) = self.by_name.get(draft.name) {
            if let Some(at) = draft.at {
                redefined.push(self.redefined(&draft, at, other));
            }
            return;
        }
        let id = Id(self.list.len() as u32);
        self.by_name.insert(draft.name, id);
        self.entries.push(DraftEntry::Definition(id));
        self.list.push(draft);
    }

    fn redefined(&self, draft: &Draft<'_>, at: Place, other: Id) -> Diagnostic {
        let other = self.get(other);
        match other.at {
            Some(first) => {
                let message = format!("'{}' is already defined", draft.name);
                Diagnostic::error(at.name, message)
                    .within(at.whole)
                    .says("defined again here")
                    .label(first.name, "first defined here")
                    .hint("types, commands and events share one namespace")
            }
            None => {
                let message = format!("{} is already defined", other.describe());
                Diagnostic::error(at.name, message)
                    .within(at.whole)
                    .hint("it is predefined in every schema")
            }
        }
    }

    fn definition(&mut self, definition: ast::Definition<'a>, redefined: &mut Vec<Diagnostic>) {
        let at = Place {
            name: definition.name.span,
            whole: definition.span,
        };
        let name = definition.name.value;
        let condition = definition.condition;
        let mut implied = Implied {
            drafts: self,
            redefined,
            owner: name,
            at,
            condition: condition.as_deref(),
        };
        let kind = match definition.kind {
            ast::Kind::Enum { values, prefix } => DraftKind::Enum { values, prefix },
            ast::Kind::Struct { base, members } => DraftKind::Object {
                base: base.map(Reference::to),
                members: implied.members(members),
                union: None,
            },
            ast::Kind::Union {
                base,
                discriminator,
                branches,
            } => DraftKind::Object {
                base: implied.data(base, "base"),
                members: Vec::new(),
                union: Some(Box::new(Union {
                    discriminator,
                    tag: OnceCell::new(),
                    branches: implied.branches(branches),
                })),
            },
            ast::Kind::SimpleUnion { base, branches } => implied.simple_union(base, branches),
            ast::Kind::Alternate { alternatives } => DraftKind::Alternate {
                alternatives: implied.branches(alternatives),
            },
            ast::Kind::Command {
                data,
                returns,
                flags,
            } => DraftKind::Command {
                data: data.and_then(|data| implied.data(data, "arg")),
                returns: returns.map(|returns| implied.reference(returns)),
                flags,
            },
            ast::Kind::Event { data, boxed } => DraftKind::Event {
                data: data.and_then(|data| implied.data(data, "arg")),
                boxed,
            },
        };
        let draft = Draft {
            name,
            at: Some(at),
            is_implicit: false,
            doc: definition.doc,
            condition,
            features: definition.features,
            kind,
        };
        self.add(draft, redefined);
    }
}

impl<'a> Draft<'a> {
    /// A definition that is not written in any file.
    fn predefined(name: &'a str, kind: DraftKind<'a>) -> Self {
        Self {
            name,
            at: None,
            is_implicit: true,
            doc: None,
            condition: None,
            features: Vec::new(),
            kind,
        }
    }

    /// Describes the definition as part of a message.
    pub(crate) fn describe(&self) -> String {
        let kind = match &self.kind {
            DraftKind::Builtin(_) => "built-in type",
            DraftKind::Extern => "extern type",
            DraftKind::Enum { .. } => "enum type",
            DraftKind::Array { element } => return format!("array type ['{}']", element.name),
            DraftKind::Object { union: Some(_), .. } => "union type",
            DraftKind::Object { .. } => "struct type",
            DraftKind::Alternate { .. } => "alternate type",
            DraftKind::Command { .. } => "command",
            DraftKind::Event { .. } => "event",
        };
        format!("{kind} '{}'", self.name)
    }

    pub(crate) fn is_type(&self) -> bool {
        !matches!(
            self.kind,
            DraftKind::Command { .. } | DraftKind::Event { .. }
        )
    }
}

impl<'a> Reference<'a> {
    /// The type, if it is known.
    pub(crate) fn id(&self) -> Option<Id> {
        self.id.get().copied()
    }

    fn to(name: Name<'a>) -> Self {
        Self {
            name: name.value,
            span: name.span,
            id: OnceCell::new(),
        }
    }
}

/// Enters the implicit definitions of a definition, before the definition itself.
struct Implied<'a, 'b> {
    drafts: &'b mut Drafts<'a>,
    redefined: &'b mut Vec<Diagnostic>,
    owner: &'a str,
    at: Place,
    condition: Option<&'b Spanned<Condition>>,
}

impl<'a> Implied<'a, '_> {
    fn add(
        &mut self,
        name: &'a str,
        condition: Option<Box<Spanned<Condition>>>,
        kind: DraftKind<'a>,
    ) {
        let draft = Draft {
            name,
            at: Some(self.at),
            is_implicit: true,
            doc: None,
            condition,
            features: Vec::new(),
            kind,
        };
        self.drafts.add(draft, self.redefined);
    }

    /// An implicit name, with the place of its owner.
    fn name(&self, name: String) -> Name<'a> {
        Spanned::new(self.drafts.arena.name(name), self.at.name)
    }

    fn reference(&mut self, ty: TypeName<'a>) -> Reference<'a> {
        let element = Reference::to(ty.name);
        if !ty.is_array {
            return element;
        }
        let name = self.drafts.arena.name(format!("{}List", element.name));
        if !self.drafts.by_name.contains_key(name) {
            self.add(name, None, DraftKind::Array { element });
        }
        Reference::to(Spanned::new(name, ty.name.span))
    }

    fn members(&mut self, members: Vec<Member<'a>>) -> Vec<DraftMember<'a>> {
        self.members_of(self.owner, members)
    }

    /// The members of the object at `path`, from which implicit names are derived: the owner, or an object in it.
    fn members_of(&mut self, path: &str, members: Vec<Member<'a>>) -> Vec<DraftMember<'a>> {
        let member = |member: Member<'a>| DraftMember {
            ty: match member.ty {
                MemberType::Named(ty) => self.reference(ty),
                MemberType::InPlace(members) => {
                    // The dot makes the name different from all others.
                    let path = format!("{path}.{}", member.name.value);
                    let members = self.members_of(&path, members);
                    self.object_named(format!("q_obj_{path}"), None, members)
                }
            },
            name: member.name,
            optional: member.optional,
            condition: member.condition,
            features: member.features,
        };
        members.into_iter().map(member).collect()
    }

    fn branches(&mut self, branches: Vec<Branch<'a>>) -> Vec<DraftBranch<'a>> {
        let branch = |branch: Branch<'a>| DraftBranch {
            ty: self.reference(branch.ty),
            name: branch.name,
            condition: branch.condition,
        };
        branches.into_iter().map(branch).collect()
    }

    /// A named type, or an implicit object with inline members. `None` if there are no members.
    fn data(&mut self, data: Data<'a>, role: &str) -> Option<Reference<'a>> {
        let members = match data {
            Data::Type(name) => return Some(Reference::to(name)),
            Data::Members(members) if members.is_empty() => return None,
            Data::Members(members) => self.members(members),
        };
        Some(self.object(role, members))
    }

    /// The implicit object for inline members of the owner. `role` is the part that they play in it.
    fn object(&mut self, role: &str, members: Vec<DraftMember<'a>>) -> Reference<'a> {
        self.object_named(format!("q_obj_{}-{role}", self.owner), None, members)
    }

    fn object_named(
        &mut self,
        name: String,
        base: Option<Name<'a>>,
        members: Vec<DraftMember<'a>>,
    ) -> Reference<'a> {
        let name = self.name(name);
        let kind = DraftKind::Object {
            base: base.map(Reference::to),
            members,
            union: None,
        };
        if !self.drafts.by_name.contains_key(name.value) {
            self.add(name.value, self.condition.cloned().map(Box::new), kind);
        }
        Reference::to(name)
    }

    /// Turns a simple union, `{ "type": BRANCH, "data": VALUE }` next to the members of `base`, into a flat one with an
    /// implicit enum and wrapper types as branches.
    fn simple_union(&mut self, base: Option<Name<'a>>, branches: Vec<Branch<'a>>) -> DraftKind<'a> {
        let values = branches.iter().map(|branch| ast::EnumValue {
            name: branch.name,
            condition: branch.condition.clone(),
            features: Vec::new(),
        });
        let kind = DraftKind::Enum {
            values: values.collect(),
            prefix: None,
        };
        let tag = self.name(format!("{}Kind", self.owner));
        self.add(tag.value, self.condition.cloned().map(Box::new), kind);
        let discriminator = Spanned::new("type", self.at.name);
        let data = Spanned::new("data", self.at.name);
        let member = |name: Name<'a>, ty| DraftMember {
            name,
            ty,
            optional: false,
            condition: None,
            features: Vec::new(),
        };
        let name = format!("q_obj_{}-base", self.owner);
        let tag = member(discriminator, Reference::to(tag));
        let base = self.object_named(name, base, vec![tag]);
        let mut wrapped = Vec::new();
        for branch in self.branches(branches) {
            let wrapper = format!("q_obj_{}-wrapper", branch.ty.name);
            wrapped.push(DraftBranch {
                ty: self.object_named(wrapper, None, vec![member(data, branch.ty)]),
                ..branch
            });
        }
        DraftKind::Object {
            base: Some(base),
            members: Vec::new(),
            union: Some(Box::new(Union {
                discriminator,
                tag: OnceCell::new(),
                branches: wrapped,
            })),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::schema;

    #[test]
    fn implicit_definitions_precede_their_owner() {
        let schema = schema(
            "{ 'command': 'c', 'data': { 'a': [ 'Ab' ] }, 'returns': [ 'Ab' ] }\n\
             { 'event': 'E', 'data': {} }\n{ 'struct': 'Ab', 'data': { 'b': [ 'int' ] } }\n\
             { 'union': 'Uu', 'base': { 't': 'QType' }, 'discriminator': 't', 'data': {} }",
        );
        let definitions: Vec<_> = schema
            .definitions()
            .map(|(_, definition)| definition.name.as_str())
            .skip_while(|name| *name != "nullList")
            .skip(1)
            .collect();
        assert_eq!(
            definitions,
            [
                "AbList",
                "q_obj_c-arg",
                "c",
                "E",
                "Ab",
                "q_obj_Uu-base",
                "Uu"
            ]
        );
    }
}
