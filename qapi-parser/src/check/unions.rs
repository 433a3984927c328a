//! Discriminators and branches.

use foldhash::HashSet;

use super::checker::Checker;
use super::seen::Seen;
use crate::ast::Name;
use crate::dialect::Dialect;
use crate::names::{self, Lower};
use crate::schema::draft::string_tags::string_tag_name;
use crate::schema::draft::{DraftBranch, DraftKind, Union};
use crate::schema::{Builtin, Id};

impl<'a> Checker<'a, '_> {
    /// Checks the union part of an object. `seen` has the members of its base.
    pub(super) fn union(&mut self, id: Id, union: &'a Union<'a>, seen: &Seen<'a>) {
        let Some(tag) = self.discriminator(id, union, seen) else {
            return;
        };
        union.tag.get_or_init(|| tag);
        let DraftKind::Enum { values, .. } = &self.draft(tag).kind else {
            return;
        };
        // Values without a branch have an empty one, so only a union without values has no branches.
        if values.is_empty() && union.branches.is_empty() {
            let fault = self.fault(id, self.name_span(id), "union has no branches");
            let hint = Dialect::EMPTY_UNION.hint();
            self.findings.tolerate(fault.hint(hint));
        }
        let values: HashSet<&str> = values.iter().map(|v| v.name.value).collect();
        let mut good = Vec::new();
        for branch in &union.branches {
            good.extend(self.branch(id, branch, tag, &values));
        }
        // Members of different branches may have the same name, but must not collide with the common members.
        self.branch_members(id, good, seen);
    }

    /// The enum type of the discriminator, if it is valid.
    fn discriminator(&mut self, id: Id, union: &'a Union<'a>, seen: &Seen<'a>) -> Option<Id> {
        let name = &union.discriminator;
        let shown = name.value;
        let declared = seen.get(shown);
        let Some(declared) = declared.filter(|declared| declared.member.name.value == shown) else {
            let message = format!("discriminator '{shown}' is not a member of 'base'");
            let known = seen.iter().map(|declared| declared.member.name.value);
            let fault = self
                .fault(id, name.span, message)
                .hint_nearest(shown, known);
            self.findings.push(fault);
            return None;
        };
        // The base of a simple union has a member with the same name. That has been reported.
        let is_implied = name.span == self.name_span(id);
        if is_implied && !self.is_implied(declared) {
            return None;
        }
        let owner = self.draft(declared.owner);
        let base = match owner.is_implicit {
            true => "'base'".to_owned(),
            false => format!("base type '{}'", owner.name),
        };
        let member = declared.member;
        let ty = member.ty.id()?;
        let is_enum = matches!(self.draft(ty).kind, DraftKind::Enum { .. });
        let string_tag = self.string_tag(id, ty);
        let can_tell = is_enum || string_tag.is_some();
        let wrong = if can_tell && member.optional {
            "must not be optional"
        } else if can_tell && member.condition.is_some() {
            "must not be conditional"
        } else if is_enum {
            return Some(ty);
        } else {
            "must be of enum type"
        };
        let message = format!("discriminator member '{shown}' of {base} {wrong}");
        let fault = self.fault(id, name.span, message);
        let fault = fault.label(member.name.span, "the member");
        let is_whole = !member.optional && member.condition.is_none();
        let Some(tag) = string_tag.filter(|_| is_whole) else {
            self.findings.push(fault);
            return None;
        };
        let hint = Dialect::STRING_DISCRIMINATOR.hint();
        self.findings.tolerate(fault.hint(hint));
        if let Some(at) = self.draft(tag).at.filter(|_| !self.draft(tag).is_implicit) {
            let implied = self.draft(tag).name;
            let message =
                format!("the union implicitly defines enum '{implied}', which already exists");
            let fault = self.fault(id, self.name_span(id), message);
            self.findings.push(fault.label(at.name, "defined here"));
            return None;
        }
        for branch in &union.branches {
            self.string_tag_value(id, branch.name);
        }
        Some(tag)
    }

    /// The implicit enum of the union `id`, if its discriminator has type `ty`.
    fn string_tag(&self, id: Id, ty: Id) -> Option<Id> {
        let is_string = matches!(self.draft(ty).kind, DraftKind::Builtin(Builtin::Str));
        if !is_string {
            return None;
        }
        let name = string_tag_name(self.draft(id).name);
        self.drafts.by_name.get(name.as_str()).copied()
    }

    /// Checks the name of a branch that is not a value of an enum.
    fn string_tag_value(&mut self, id: Id, name: Name<'_>) {
        let Err(wrong) = names::check_value(name.value, Lower::excepted(true)) else {
            return;
        };
        let message = format!("branch '{}' has an invalid name", name.value);
        let fault = self.fault(id, name.span, message);
        match wrong {
            names::Fault::Dotted => {
                let hint = Dialect::DOTTED_NAME.hint();
                self.findings.tolerate(fault.hint(hint));
            }
            _ => self.findings.push(fault),
        }
    }

    /// The type of a branch, if it is valid.
    fn branch(
        &mut self,
        id: Id,
        branch: &'a DraftBranch<'a>,
        tag: Id,
        values: &HashSet<&str>,
    ) -> Option<Id> {
        let name = &branch.name;
        let source = format_args!("branch '{}'", name.value);
        let ty = self.resolve(id, source, &branch.ty);
        if !values.contains(name.value) {
            let described = self.draft(tag).describe();
            let message = format!("{source} is not a value of {described}");
            let mut fault = self.fault(id, name.span, message);
            if let Some(at) = self.draft(tag).at {
                fault = fault.label(at.name, "the discriminator's enum");
            }
            if self.may_suggest() {
                fault = fault.hint_nearest(name.value, values.iter().copied());
            }
            self.findings.push(fault);
        }
        let ty = ty?;
        if matches!(self.draft(ty).kind, DraftKind::Extern) {
            return None;
        }
        if !matches!(self.draft(ty).kind, DraftKind::Object { .. }) {
            let message = format!("{source} cannot use {}", self.draft(ty).describe());
            let fault = self.fault(id, branch.ty.span, message);
            let hint =
                "the members of a branch become members of the union: use a struct or a union";
            self.findings.push(fault.hint(hint));
            return None;
        }
        self.object(ty);
        Some(ty)
    }

    /// Checks that members of branches, at any depth, do not collide with the common members.
    ///
    /// Collisions within a branch have been checked with its type, so each type is visited once. There may be exponentially
    /// many paths to it.
    fn branch_members(&mut self, id: Id, mut types: Vec<Id>, common: &Seen<'_>) {
        let mut seen_types = HashSet::default();
        // All wrappers of a simple union have the same member.
        let mut has_implied = false;
        types.retain(|&ty| seen_types.insert(ty));
        types.reverse();
        while let Some(ty) = types.pop() {
            // A type that contains itself has no members. That has been reported.
            let Some(members) = &self.objects[ty.index()].members else {
                continue;
            };
            let meeting = members
                .iter()
                .find_map(|member| Some((member, common.get(member.member.name.value)?)));
            if let Some((member, other)) = meeting
                && !(has_implied && self.is_implied(member))
            {
                has_implied |= self.is_implied(member);
                let fault = self.collision(id, member, other);
                self.findings.push(fault);
            }
            if let DraftKind::Object {
                union: Some(union), ..
            } = &self.draft(ty).kind
            {
                let below = union.branches.iter().filter_map(|branch| branch.ty.id());
                types.extend(below.filter(|&ty| seen_types.insert(ty)));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{messages, schema};

    const TYPES: &str = "{ 'enum': 'Tag', 'data': [ 'a', 'b', 'c' ] }\n\
        { 'struct': 'Xx', 'data': { 'x': 'int' } }\n{ 'struct': 'Yy', 'data': { 'x': 'str' } }\n";

    #[test]
    fn members_of_different_branches_may_have_the_same_name() {
        let schema = schema(&format!(
            "{TYPES}{{ 'union': 'Uu', 'base': {{ 't': 'Tag' }}, 'discriminator': 't', 'data': {{ 'b': 'Xx', 'a': 'Yy' }} }}"
        ));
        let union = schema.object(schema.find("Uu").unwrap()).unwrap();
        let branches = union.branches.as_ref().unwrap();
        let shown: Vec<_> = branches
            .branches
            .iter()
            .map(|b| (b.name.value.as_str(), schema.get(b.ty).name.as_str()))
            .collect();
        assert_eq!(shown, [("b", "Xx"), ("a", "Yy"), ("c", "q_empty")]);
    }

    #[test]
    fn a_branch_may_be_a_union_whose_members_do_not_collide() {
        let text = |member: &str| {
            format!(
                "{TYPES}{{ 'union': 'In', 'base': {{ '{member}': 'Tag' }}, 'discriminator': '{member}', 'data': {{ 'a': 'Xx' }} }}\n\
                 {{ 'union': 'Out', 'base': {{ 't': 'Tag' }}, 'discriminator': 't', 'data': {{ 'a': 'In' }} }}"
            )
        };
        schema(&text("s"));
        assert_eq!(messages(&text("t")).len(), 1);
    }
}
