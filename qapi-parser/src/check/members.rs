//! Members of one object must not meet.

use std::collections::HashMap;
use std::rc::Rc;

use super::{Checker, names};
use crate::diagnostic::Diagnostic;
use crate::schema::Id;
use crate::source::Span;

/// A member of an object or of one of its bases.
#[derive(Debug)]
pub(super) struct Declared {
    pub(super) name: String,
    pub(super) span: Span,
    /// The object that declares it.
    pub(super) owner: Id,
    /// Its place among the members of that object.
    pub(super) index: usize,
    pub(super) is_conditional: bool,
}

/// The members of an object, by the identifier that C has for them, in order.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// Those of the base, which many objects may share.
    base: Option<Rc<Seen>>,
    by_c_name: HashMap<String, usize>,
    own: Vec<Declared>,
}

impl Seen {
    /// Those of a base, and none yet of the object's own.
    pub(super) fn with_base(base: Rc<Seen>) -> Self {
        Self {
            base: Some(base),
            ..Self::default()
        }
    }

    /// The objects that have the members, from the one at hand to the last of its bases.
    fn levels(&self) -> impl Iterator<Item = &Self> {
        std::iter::successors(Some(self), |seen| seen.base.as_deref())
    }

    pub(super) fn get(&self, name: &str) -> Option<&Declared> {
        let c_name = names::c_name(name);
        self.levels()
            .find_map(|seen| Some(&seen.own[*seen.by_c_name.get(c_name.as_ref())?]))
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Declared> {
        let levels: Vec<_> = self.levels().collect();
        levels.into_iter().rev().flat_map(|seen| &seen.own)
    }

    /// Adds a member that meets no other.
    pub(super) fn add(&mut self, member: Declared) {
        let c_name = names::c_name(&member.name).into_owned();
        self.by_c_name.insert(c_name, self.own.len());
        self.own.push(member);
    }
}

impl Checker<'_> {
    /// The report, on the definition `id`, of two members that meet.
    pub(super) fn collision(&self, id: Id, member: &Declared, other: &Declared) -> Diagnostic {
        let message = format!(
            "{} collides with {}",
            self.describe_member(id, member),
            self.describe_member(id, other)
        );
        let fault = self.fault(id, member.span, message);
        let same = "an object has each member once, '-' and '_' being one";
        fault.label(other.span, "the other member").hint(same)
    }

    fn describe_member(&self, id: Id, member: &Declared) -> String {
        let owner = self.draft(member.owner);
        let name = &member.name;
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
