//! The members of an object.

use std::rc::Rc;

use foldhash::HashMap;

use crate::names::CName;
use crate::schema::Id;
use crate::schema::draft::DraftMember;

/// A member of an object or of one of its bases.
#[derive(Clone, Copy)]
pub(super) struct Declared<'a> {
    pub(super) member: &'a DraftMember<'a>,
    /// The object that declares it.
    pub(super) owner: Id,
}

/// How many members of an object are searched linearly before they are hashed.
const FEW: usize = 12;

/// The members of an object by C identifier, in order.
#[derive(Default)]
pub(super) struct Seen<'a> {
    /// The members of the base, which many objects may share.
    base: Option<Rc<Seen<'a>>>,
    own: Vec<Declared<'a>>,
    /// The indices of the object's own members, if there are many.
    by_c_name: HashMap<CName<'a>, usize>,
}

impl<'a> Seen<'a> {
    /// Starts with the members of a base.
    pub(super) fn with_base(base: Option<Rc<Seen<'a>>>, own: usize) -> Self {
        Self {
            base,
            own: Vec::with_capacity(own),
            by_c_name: HashMap::default(),
        }
    }

    /// The objects that declare the members, from this one to the last base.
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

    /// Adds a member that does not collide.
    pub(super) fn add(&mut self, member: Declared<'a>) {
        self.own.push(member);
        // When the limit is reached, all previous members are hashed as well.
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
