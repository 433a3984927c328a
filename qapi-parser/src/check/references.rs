//! Resolves names of types.

use std::fmt::Arguments;

use super::checker::Checker;
use crate::diagnostic::nearest;
use crate::dialect::Dialect;
use crate::schema::Id;
use crate::schema::draft::Reference;

/// Undefined types of QEMU 2.0 to 2.4, which stand for any value.
const OLD_ANY: [&str; 3] = ["**", "dict", "visitor"];

/// The number of further uses that a report shows.
const MAX_USES: usize = 3;

impl<'a> Checker<'a, '_> {
    /// Resolves a type reference in the definition `id`. `source` describes where it occurs.
    pub(super) fn resolve(
        &mut self,
        id: Id,
        source: Arguments<'_>,
        reference: &'a Reference<'a>,
    ) -> Option<Id> {
        let target = self.look_up(id, source, reference)?;
        Some(*reference.id.get_or_init(|| target))
    }

    fn look_up(
        &mut self,
        id: Id,
        source: Arguments<'_>,
        reference: &'a Reference<'a>,
    ) -> Option<Id> {
        let name = reference.name;
        let target = self.drafts.by_name.get(name).copied();
        if let Some(target) = target.filter(|&target| self.draft(target).is_type()) {
            return Some(target);
        }
        if OLD_ANY.contains(&name) && !self.findings.is_strict() {
            let message = format!("{source} uses type '{name}'");
            let fault = self.fault(id, reference.span, message);
            self.findings.tolerate(fault.hint(Dialect::ANY_TYPE.hint()));
            return self.drafts.by_name.get("any").copied();
        }
        if self.drafts.is_incomplete || self.drafts.broken.contains_key(name) {
            // This may be a consequence of an error that has been reported.
            return None;
        }
        if let Some(&index) = self.unknown.get(name) {
            let uses = self.findings.get_mut(index);
            if let Some(uses) = uses.filter(|uses| uses.secondary().len() < MAX_USES) {
                uses.add_label(reference.span, "and here");
            }
            return None;
        }
        let message = format!("{source} uses unknown type '{name}'");
        let mut fault = self.fault(id, reference.span, message);
        if let Some(other) = target {
            fault = fault.label(
                self.name_span(other),
                format!("{} is not a type", self.draft(other).describe()),
            );
        } else {
            fault = match self.nearest_type(name) {
                Some(near) => fault.hint(format!("did you mean '{near}'?")),
                None => fault.hint("define it, or include the file that defines it"),
            };
        }
        self.unknown.insert(name, self.findings.next_index());
        self.findings.push(fault);
        None
    }

    /// The type whose name is nearest to `name`, unless too many errors have been reported for the search.
    fn nearest_type(&self, name: &str) -> Option<&'a str> {
        if !self.may_suggest() {
            return None;
        }
        let drafts = self.drafts.list.iter();
        let types = drafts.filter(|draft| draft.is_type() && !draft.is_implicit);
        let known = types.map(|draft| draft.name);
        let builtins = crate::schema::Builtin::ALL.map(|(name, _)| name);
        nearest(name, known.chain(builtins))
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::findings;

    #[test]
    fn a_report_shows_a_few_other_uses() {
        let uses: String = (0..10)
            .map(|n| format!("{{ 'event': 'E{n}', 'data': {{ 'a': 'Gone' }} }}\n"))
            .collect();
        let findings = findings(&uses);
        assert_eq!(findings.iter().len(), 1);
        let first = findings.iter().next().unwrap();
        assert_eq!(first.secondary().len(), super::MAX_USES);
    }

    #[test]
    fn each_of_many_unknown_types_has_a_hint() {
        let members: Vec<_> = (0..200).map(|n| format!("'a{n}': 'Gone{n}'")).collect();
        let text = format!("{{ 'struct': 'Ab', 'data': {{ {} }} }}", members.join(", "));
        let findings = findings(&text);
        assert_eq!(findings.iter().len(), 200);
        assert!(findings.iter().all(|it| it.suggestion().is_some()));
    }

    #[test]
    fn a_definition_with_faults_of_its_own_is_not_missing() {
        let findings = findings(
            "{ 'struct': 'Ab', 'data': { 'X': 'int' } }\n{ 'command': 'c', 'data': 'Ab' }",
        );
        assert_eq!(findings.iter().len(), 1);
    }
}
