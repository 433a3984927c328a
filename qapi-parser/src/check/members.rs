//! Members of one object must not meet.

use std::collections::HashMap;

use super::{Checker, names};
use crate::diagnostic::Diagnostic;
use crate::schema::Id;
use crate::source::Span;

/// A member of an object or of one of its bases.
#[derive(Clone, Debug)]
pub(super) struct Declared {
    pub(super) name: String,
    pub(super) span: Span,
    /// The object that declares it.
    pub(super) owner: Id,
    /// Its place among the members of that object.
    pub(super) index: usize,
    pub(super) is_conditional: bool,
}

/// Members by the identifier that C has for them, in order.
#[derive(Clone, Debug, Default)]
pub(super) struct Seen {
    by_c_name: HashMap<String, usize>,
    list: Vec<Declared>,
}

impl Seen {
    pub(super) fn get(&self, name: &str) -> Option<&Declared> {
        let index = *self.by_c_name.get(&names::c_name(name))?;
        Some(&self.list[index])
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Declared> {
        self.list.iter()
    }

    /// Adds a member, or answers with the one that it meets.
    pub(super) fn add(&mut self, member: Declared) -> Result<(), (Declared, &Declared)> {
        let c_name = names::c_name(&member.name);
        if let Some(&other) = self.by_c_name.get(&c_name) {
            return Err((member, &self.list[other]));
        }
        self.by_c_name.insert(c_name, self.list.len());
        self.list.push(member);
        Ok(())
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
