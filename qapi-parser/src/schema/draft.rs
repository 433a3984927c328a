//! Definitions in one name space, their references not yet followed.

use std::cell::OnceCell;
use std::collections::HashMap;

use super::{Builtin, Id};
use crate::ast::{
    self, Branch, Condition, Data, Feature, Flags, Include, Member, MemberType, Name, TypeName,
};
use crate::diagnostic::{Diagnostic, Findings};
use crate::expr;
use crate::source::{Span, Spanned};

/// A definition, explicit or implied.
#[derive(Debug)]
pub(crate) struct Draft {
    pub(crate) name: String,
    /// The name as written, or what implied the definition.
    pub(crate) at: Option<Place>,
    pub(crate) is_implicit: bool,
    pub(crate) doc: Option<usize>,
    pub(crate) condition: Option<Spanned<Condition>>,
    pub(crate) features: Vec<Feature>,
    pub(crate) kind: DraftKind,
}

/// The definition that something belongs to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    pub(crate) name: Span,
    /// The whole object.
    pub(crate) whole: Span,
}

#[derive(Debug)]
pub(crate) enum DraftKind {
    Builtin(Builtin),
    /// A type that the caller vouches for.
    Extern,
    Enum {
        values: Vec<ast::EnumValue>,
        prefix: Option<String>,
    },
    Array {
        element: Reference,
    },
    Object {
        base: Option<Reference>,
        members: Vec<DraftMember>,
        union: Option<Union>,
    },
    Alternate {
        alternatives: Vec<DraftBranch>,
    },
    Command {
        data: Option<Reference>,
        returns: Option<Reference>,
        flags: Flags,
    },
    Event {
        data: Option<Reference>,
        boxed: bool,
    },
}

/// The name of a type, followed during the checks.
#[derive(Clone, Debug)]
pub(crate) struct Reference {
    pub(crate) name: String,
    pub(crate) span: Span,
    pub(crate) id: OnceCell<Id>,
}

#[derive(Debug)]
pub(crate) struct DraftMember {
    pub(crate) name: Name,
    pub(crate) ty: Reference,
    pub(crate) optional: bool,
    pub(crate) condition: Option<Spanned<Condition>>,
    pub(crate) features: Vec<Feature>,
}

#[derive(Debug)]
pub(crate) struct DraftBranch {
    pub(crate) name: Name,
    pub(crate) ty: Reference,
    pub(crate) condition: Option<Spanned<Condition>>,
}

#[derive(Debug)]
pub(crate) struct Union {
    pub(crate) discriminator: Name,
    /// The discriminator's enum, found during the checks.
    pub(crate) tag: OnceCell<Id>,
    pub(crate) branches: Vec<DraftBranch>,
}

/// An entry of the schema in QEMU's order.
#[derive(Debug)]
pub(crate) enum DraftEntry {
    Include(Include),
    Definition(Id),
}

/// All definitions of a schema.
#[derive(Debug)]
pub(crate) struct Drafts {
    pub(crate) list: Vec<Draft>,
    pub(crate) by_name: HashMap<String, Id>,
    pub(crate) entries: Vec<DraftEntry>,
    /// Names of definitions that had errors; references to them are not to blame.
    pub(crate) broken: HashMap<String, Span>,
    /// Whether definitions may be missing that the schema has.
    pub(crate) is_incomplete: bool,
}

impl Drafts {
    /// Enters everything into one name space: the built-in types first.
    pub(crate) fn define(items: Vec<expr::Item>, findings: &mut Findings) -> Self {
        let mut drafts = Self {
            list: Vec::new(),
            by_name: HashMap::new(),
            entries: Vec::new(),
            broken: HashMap::new(),
            is_incomplete: false,
        };
        drafts.predefine(findings);
        for item in items {
            match item {
                expr::Item::Good(ast::Item::Include(include)) => {
                    drafts.entries.push(DraftEntry::Include(include))
                }
                expr::Item::Good(ast::Item::Definition(definition)) => {
                    drafts.definition(*definition, findings);
                }
                expr::Item::Broken(Some(name)) => {
                    drafts.broken.entry(name.value).or_insert(name.span);
                }
                expr::Item::Broken(None) => drafts.is_incomplete = true,
            }
        }
        drafts
    }

    /// Enters types that the caller vouches for, unless the schema defines them.
    pub(crate) fn define_extern(&mut self, names: &[String]) {
        for name in names {
            if !self.by_name.contains_key(name) {
                let id = Id(self.list.len() as u32);
                self.by_name.insert(name.clone(), id);
                self.entries.push(DraftEntry::Definition(id));
                self.list.push(Draft::predefined(name, DraftKind::Extern));
            }
        }
    }

    pub(crate) fn get(&self, id: Id) -> &Draft {
        &self.list[id.0 as usize]
    }

    pub(crate) fn ids(&self) -> impl Iterator<Item = Id> + use<> {
        (0..self.list.len() as u32).map(Id)
    }

    fn predefine(&mut self, findings: &mut Findings) {
        let object = DraftKind::Object {
            base: None,
            members: Vec::new(),
            union: None,
        };
        for (name, builtin) in Builtin::ALL {
            self.add(
                Draft::predefined(name, DraftKind::Builtin(builtin)),
                findings,
            );
        }
        self.add(Draft::predefined("q_empty", object), findings);
        // Q_TYPE's values have no place in a file; nothing can be wrong with them.
        let values = [
            "none", "qnull", "qnum", "qstring", "qdict", "qlist", "qbool",
        ];
        let nowhere = Span::NOWHERE;
        let values = values.map(|name| ast::EnumValue {
            name: Spanned::new(name.to_owned(), nowhere),
            condition: None,
            features: Vec::new(),
        });
        let kind = DraftKind::Enum {
            values: values.into(),
            prefix: Some("QTYPE".to_owned()),
        };
        self.add(Draft::predefined("QType", kind), findings);
        for (name, _) in Builtin::ALL {
            let element = Reference {
                name: name.to_owned(),
                span: nowhere,
                id: OnceCell::new(),
            };
            let array = Draft::predefined(&format!("{name}List"), DraftKind::Array { element });
            self.add(array, findings);
        }
    }

    /// Enters one definition, unless its name is taken.
    fn add(&mut self, draft: Draft, findings: &mut Findings) {
        if let Some(&other) = self.by_name.get(&draft.name) {
            if let Some(at) = draft.at {
                findings.push(self.redefined(&draft, at, other));
            }
            return;
        }
        let id = Id(self.list.len() as u32);
        self.by_name.insert(draft.name.clone(), id);
        self.entries.push(DraftEntry::Definition(id));
        self.list.push(draft);
    }

    fn redefined(&self, draft: &Draft, at: Place, other: Id) -> Diagnostic {
        let other = self.get(other);
        match other.at {
            Some(first) => {
                let message = format!("'{}' is already defined", draft.name);
                Diagnostic::error(at.name, message)
                    .within(at.whole)
                    .says("defined again here")
                    .label(first.name, "first defined here")
                    .hint("types, commands and events share one name space")
            }
            None => {
                let message = format!("{} is already defined", other.describe());
                Diagnostic::error(at.name, message)
                    .within(at.whole)
                    .hint("every schema has it")
            }
        }
    }

    fn definition(&mut self, definition: ast::Definition, findings: &mut Findings) {
        let at = Place {
            name: definition.name.span,
            whole: definition.span,
        };
        let name = definition.name.value;
        let condition = definition.condition;
        let mut implied = Implied {
            drafts: self,
            findings,
            owner: &name,
            at,
            condition: condition.as_ref(),
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
                union: Some(Union {
                    discriminator,
                    tag: OnceCell::new(),
                    branches: implied.branches(branches),
                }),
            },
            ast::Kind::SimpleUnion { branches } => implied.simple_union(branches),
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
        self.add(draft, findings);
    }
}

impl Draft {
    /// A definition that no file has.
    fn predefined(name: &str, kind: DraftKind) -> Self {
        Self {
            name: name.to_owned(),
            at: None,
            is_implicit: true,
            doc: None,
            condition: None,
            features: Vec::new(),
            kind,
        }
    }

    /// The definition in words, as part of a message.
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

impl Reference {
    /// The type, unless it is unknown.
    pub(crate) fn id(&self) -> Option<Id> {
        self.id.get().copied()
    }

    fn to(name: Name) -> Self {
        Self {
            name: name.value,
            span: name.span,
            id: OnceCell::new(),
        }
    }
}

/// Enters what one definition implies, before the definition itself.
struct Implied<'a> {
    drafts: &'a mut Drafts,
    findings: &'a mut Findings,
    owner: &'a str,
    at: Place,
    condition: Option<&'a Spanned<Condition>>,
}

impl Implied<'_> {
    fn add(&mut self, name: String, condition: Option<Spanned<Condition>>, kind: DraftKind) {
        let draft = Draft {
            name,
            at: Some(self.at),
            is_implicit: true,
            doc: None,
            condition,
            features: Vec::new(),
            kind,
        };
        self.drafts.add(draft, self.findings);
    }

    fn reference(&mut self, ty: TypeName) -> Reference {
        let span = ty.name.span;
        let element = Reference::to(ty.name);
        if !ty.is_array {
            return element;
        }
        let name = format!("{}List", element.name);
        if !self.drafts.by_name.contains_key(&name) {
            self.add(name.clone(), None, DraftKind::Array { element });
        }
        Reference {
            name,
            span,
            id: OnceCell::new(),
        }
    }

    fn members(&mut self, members: Vec<Member>) -> Vec<DraftMember> {
        let member = |member: Member| DraftMember {
            ty: match member.ty {
                MemberType::Named(ty) => self.reference(ty),
                MemberType::InPlace(members) => {
                    let name = format!("q_obj_{}-{}", self.owner, member.name.value);
                    let members = self.members(members);
                    self.object(name, members)
                }
            },
            name: member.name,
            optional: member.optional,
            condition: member.condition,
            features: member.features,
        };
        members.into_iter().map(member).collect()
    }

    fn branches(&mut self, branches: Vec<Branch>) -> Vec<DraftBranch> {
        let branch = |branch: Branch| DraftBranch {
            ty: self.reference(branch.ty),
            name: branch.name,
            condition: branch.condition,
        };
        branches.into_iter().map(branch).collect()
    }

    /// A type by name, or an implied object with the members in place; none when there are no members.
    fn data(&mut self, data: Data, role: &str) -> Option<Reference> {
        let members = match data {
            Data::Type(name) => return Some(Reference::to(name)),
            Data::Members(members) if members.is_empty() => return None,
            Data::Members(members) => self.members(members),
        };
        Some(self.object(format!("q_obj_{}-{role}", self.owner), members))
    }

    fn object(&mut self, name: String, members: Vec<DraftMember>) -> Reference {
        let kind = DraftKind::Object {
            base: None,
            members,
            union: None,
        };
        if !self.drafts.by_name.contains_key(&name) {
            self.add(name.clone(), self.condition.cloned(), kind);
        }
        Reference {
            name,
            span: self.at.name,
            id: OnceCell::new(),
        }
    }

    /// `{ "type": BRANCH, "data": VALUE }` as a union like any other: an implied enum, and branches that wrap.
    fn simple_union(&mut self, branches: Vec<Branch>) -> DraftKind {
        let values = branches.iter().map(|branch| ast::EnumValue {
            name: branch.name.clone(),
            condition: branch.condition.clone(),
            features: Vec::new(),
        });
        let kind = DraftKind::Enum {
            values: values.collect(),
            prefix: None,
        };
        let tag = format!("{}Kind", self.owner);
        self.add(tag.clone(), self.condition.cloned(), kind);
        let here = |name: &str| Spanned::new(name.to_owned(), self.at.name);
        let (discriminator, data) = (here("type"), here("data"));
        let member = |name: &Name, ty| DraftMember {
            name: name.clone(),
            ty,
            optional: false,
            condition: None,
            features: Vec::new(),
        };
        let tag = Reference {
            name: tag,
            span: self.at.name,
            id: OnceCell::new(),
        };
        let base = format!("q_obj_{}-base", self.owner);
        let base = self.object(base, vec![member(&discriminator, tag)]);
        let mut wrapped = Vec::new();
        for branch in self.branches(branches) {
            let wrapper = format!("q_obj_{}-wrapper", branch.ty.name);
            wrapped.push(DraftBranch {
                ty: self.object(wrapper, vec![member(&data, branch.ty)]),
                ..branch
            });
        }
        DraftKind::Object {
            base: Some(base),
            members: Vec::new(),
            union: Some(Union {
                discriminator,
                tag: OnceCell::new(),
                branches: wrapped,
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::schema;

    #[test]
    fn what_a_definition_implies_stands_before_it() {
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
