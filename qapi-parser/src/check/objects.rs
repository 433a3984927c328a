//! Structs, and the members of all objects.

use std::rc::Rc;

use super::checker::{Checker, Progress};
use super::seen::{Declared, Seen};
use crate::schema::Id;
use crate::schema::draft::{DraftKind, DraftMember, Reference};

/// The maximum nesting of bases and branches. QEMU's own schemas stay below 10.
const MAX_NESTING: usize = 100;

impl<'a> Checker<'a, '_> {
    /// Checks an object, after the objects that its C struct contains.
    pub(super) fn object(&mut self, id: Id) {
        let DraftKind::Object {
            base,
            members,
            union,
        } = &self.draft(id).kind
        else {
            return;
        };
        let progress = &mut self.objects[id.index()].progress;
        match *progress {
            Progress::Done => return,
            Progress::Open => {
                self.contains_itself(id);
                return;
            }
            Progress::Unvisited if self.open.len() == MAX_NESTING => {
                return self.nested_too_deep(id);
            }
            Progress::Unvisited => *progress = Progress::Open,
        }
        self.open.push(id);
        self.own_features(id);
        let below = base.as_ref().map(|base| self.base(id, base));
        let base_is_good = !matches!(below, Some(None));
        let mut seen = Seen::with_base(below.flatten(), members.len());
        self.own_members(id, members, &mut seen);
        if let Some(union) = union.as_ref().filter(|_| base_is_good) {
            self.union(id, union, &seen);
        }
        if self.measure(id) {
            self.objects[id.index()].members = Some(Rc::new(seen));
        }
        self.open.pop();
        self.objects[id.index()].progress = Progress::Done;
    }

    /// Reports an object that contains itself.
    fn contains_itself(&mut self, id: Id) {
        let name = &self.draft(id).name;
        let start = self.open.iter().position(|&open| open == id);
        let circle = self.open[start.unwrap_or(0)..].iter().chain([&id]);
        let circle: Vec<_> = circle.map(|&id| self.draft(id).name).collect();
        let hint = format!(
            "its bases and branches form a cycle: {}",
            circle.join(" → ")
        );
        let fault = self.fault(
            id,
            self.name_span(id),
            format!("object {name} contains itself"),
        );
        self.findings.push(fault.hint(hint));
    }

    fn nested_too_deep(&mut self, id: Id) {
        let message = format!("bases and branches are nested deeper than {MAX_NESTING} levels");
        let fault = self.fault(id, self.name_span(id), message);
        self.findings.push(fault);
    }

    /// Records the nesting depth of an object. Returns false if it is too deep.
    fn measure(&mut self, id: Id) -> bool {
        let DraftKind::Object { base, union, .. } = &self.draft(id).kind else {
            return false;
        };
        let branches = union.iter().flat_map(|union| &union.branches);
        let below = base.iter().chain(branches.map(|branch| &branch.ty));
        let levels = below.filter_map(|ty| self.objects[ty.id()?.index()].levels);
        let levels = levels.max().map_or(0, |levels| levels + 1);
        if levels < MAX_NESTING {
            self.objects[id.index()].levels = Some(levels);
            return true;
        }
        self.nested_too_deep(id);
        false
    }

    /// The members of the base. Empty if the base is invalid.
    fn base(&mut self, id: Id, reference: &'a Reference<'a>) -> Option<Rc<Seen<'a>>> {
        let base = self.resolve(id, format_args!("'base'"), reference)?;
        if !matches!(self.draft(base).kind, DraftKind::Object { union: None, .. }) {
            let described = self.draft(base).describe();
            let message = format!("'base' requires a struct type, {described} isn't");
            let mut fault = self.fault(id, reference.span, message);
            if let Some(at) = self.draft(base).at {
                fault = fault.label(at.name, "defined here");
            }
            self.findings.push(fault);
            return None;
        }
        self.object(base);
        // A base that contains itself or nests too deep has no members. That has been reported.
        self.objects[base.index()].members.clone()
    }

    fn add(&mut self, id: Id, member: Declared<'a>, seen: &mut Seen<'a>) {
        match seen.get(member.member.name.value) {
            Some(other) => {
                let fault = self.collision(id, member, other);
                self.findings.push(fault);
            }
            None => seen.add(member),
        }
    }

    fn own_members(&mut self, id: Id, members: &'a [DraftMember<'a>], seen: &mut Seen<'a>) {
        let draft = self.draft(id);
        let role = match draft.is_implicit {
            true if draft.name.ends_with("-arg") => "parameter",
            true => "base member",
            false => "member",
        };
        for member in members {
            let source = format_args!("{role} '{}'", member.name.value);
            self.resolve(id, source, &member.ty);
            self.no_doubles(id, &member.features);
            self.add(id, Declared { member, owner: id }, seen);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::MAX_NESTING;
    use crate::testing::{messages, schema};

    /// A chain of structs, each the base of the previous or the next one.
    fn chain(length: usize, backwards: bool) -> String {
        let link = |n| match n {
            0 => "{ 'struct': 'S0s', 'data': {} }\n".to_owned(),
            n => format!(
                "{{ 'struct': 'S{n}s', 'base': 'S{}s', 'data': {{}} }}\n",
                n - 1
            ),
        };
        match backwards {
            true => (0..length).rev().map(link).collect(),
            false => (0..length).map(link).collect(),
        }
    }

    #[test]
    fn the_limit_of_bases_does_not_depend_on_their_order() {
        for backwards in [true, false] {
            schema(&chain(MAX_NESTING, backwards));
            assert_eq!(messages(&chain(MAX_NESTING + 1, backwards)).len(), 1);
        }
    }
}
