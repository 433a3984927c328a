//! Members of one object must not meet.

use std::rc::Rc;

use foldhash::HashMap;

use super::Checker;
use super::names::CName;
use crate::diagnostic::Diagnostic;
use crate::schema::Id;
use crate::schema::draft::DraftMember;

/// A member of an object or of one of its bases.
#[derive(Clone, Copy)]
pub(super) struct Declared<'a> {
    pub(super) member: &'a DraftMember<'a>,
    /// The object that declares it.
    pub(super) owner: Id,
}

/// How many members of an object are looked through before they are hashed.
const FEW: usize = 12;

/// The members of an object, by the identifier that C has for them, in order.
#[derive(Default)]
pub(super) struct Seen<'a> {
    /// Those of the base, which many objects may share.
    base: Option<Rc<Seen<'a>>>,
    own: Vec<Declared<'a>>,
    /// Indices of the object's own members, when they are more than a few.
    by_c_name: HashMap<CName<'a>, usize>,
}

impl<'a> Seen<'a> {
    /// Those of a base, and none yet of the object's own.
    pub(super) fn with_base(base: Option<Rc<Seen<'a>>>, own: usize) -> Self {
        Self {
            base,
            own: Vec::with_capacity(own),
            by_c_name: HashMap::default(),
        }
    }

    /// The objects that have the members, from the one at hand to the last of its bases.
    fn levels(&self) -> impl Iterator<Item = &Self> {
        std::iter::successors(Some(self), |seen| seen.base.as_deref())
    }

    fn get_own(&self, name: CName<'_>) -> Option<Declared<'a>> {
        if self.own.len() > FEW {
            return self.by_c_name.get(&name).map(|&index| self.own[index]);
        }
        let is_it = |declared: &&Declared<'a>| CName(declared.member.name.value) == name;
        self.own.iter().find(is_it).copied()
    }

    pub(super) fn get(&self, name: &str) -> Option<Declared<'a>> {
        self.levels().find_map(|seen| seen.get_own(CName(name)))
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = Declared<'a>> {
        let levels: Vec<_> = self.levels().collect();
        levels.into_iter().rev().flat_map(|seen| &seen.own).copied()
    }

    /// Adds a member that meets no other.
    pub(super) fn add(&mut self, member: Declared<'a>) {
        self.own.push(member);
        // The first that is one too many takes those before it along.
        let not_hashed = match self.own.len() {
            ..=FEW => return,
            length if length == FEW + 1 => 0,
            length => length - 1,
        };
        for (index, declared) in self.own.iter().enumerate().skip(not_hashed) {
            self.by_c_name
                .insert(CName(declared.member.name.value), index);
        }
    }
}

impl Checker<'_, '_> {
    /// The report, on the definition `id`, of two members that meet.
    pub(super) fn collision(
        &self,
        id: Id,
        member: Declared<'_>,
        other: Declared<'_>,
    ) -> Diagnostic {
        let message = format!(
            "{} collides with {}",
            self.describe_member(id, member),
            self.describe_member(id, other)
        );
        let fault = self.fault(id, member.member.name.span, message);
        let same = "an object has each member once, '-' and '_' being one";
        fault
            .label(other.member.name.span, "the other member")
            .hint(same)
    }

    fn describe_member(&self, id: Id, member: Declared<'_>) -> String {
        let owner = self.draft(member.owner);
        let name = member.member.name.value;
        if owner.is_implicit {
            return match owner.name.ends_with("-base") {
                true => format!("base member '{name}'"),
                false => format!("parameter '{name}'"),
            };
        }
        match member.owner == id {
            true => format!("member '{name}'"),
            false => format!("member '{name}' of type '{}'", owner.name),
        }
    }
}
