//! Features: duplicates, the maximum number, and the two with a fixed meaning.

use foldhash::HashSet;

use super::checker::Checker;
use crate::ast::Feature;
use crate::diagnostic::{Diagnostic, Findings};
use crate::names::CName;
use crate::schema::Id;
use crate::schema::draft::{Draft, DraftKind, Drafts};
use crate::small_map::SmallMap;

/// The features that have a meaning in QEMU.
const SPECIAL: [&str; 2] = ["deprecated", "unstable"];

/// The maximum number of distinct features in a schema.
const MAX_FEATURES: usize = 64;

impl Checker<'_, '_> {
    /// Checks the features of a definition.
    pub(super) fn own_features(&mut self, id: Id) {
        let draft = self.draft(id);
        self.no_doubles(id, &draft.features);
        for feature in draft.features.iter().filter(|_| draft.is_type()) {
            let name = &feature.name;
            if SPECIAL.contains(&name.value) {
                let message = format!("feature '{}' is not supported for types", name.value);
                let fault = self.fault(id, name.span, message);
                let hint = "put it on the members, commands and events that use the type";
                self.findings.tolerate(fault.hint(hint));
            }
        }
    }

    /// Checks a list of features of the definition `id` for duplicates.
    pub(super) fn no_doubles(&mut self, id: Id, features: &[Feature<'_>]) {
        if features.len() < 2 {
            return;
        }
        let mut seen = SmallMap::new();
        for feature in features {
            let name = &feature.name;
            let Some(other) = seen.insert(CName(name.value), name) else {
                continue;
            };
            let message = format!(
                "feature '{}' collides with feature '{}'",
                name.value, other.value
            );
            let fault = self.fault(id, name.span, message);
            self.findings
                .push(fault.label(other.span, "the other feature"));
        }
    }
}

/// The features of a definition and its parts, in QEMU's order.
fn all<'a>(draft: &'a Draft<'a>) -> impl Iterator<Item = &'a Feature<'a>> {
    let (values, members) = match &draft.kind {
        DraftKind::Enum { values, .. } => (&values[..], &[][..]),
        DraftKind::Object { members, .. } => (&[][..], &members[..]),
        _ => (&[][..], &[][..]),
    };
    let of_values = values.iter().flat_map(|value| &value.features);
    let of_members = members.iter().flat_map(|member| &member.features);
    draft.features.iter().chain(of_values).chain(of_members)
}

/// QEMU stores features in the bits of a word.
pub(super) fn check_count(drafts: &Drafts<'_>, findings: &mut Findings) {
    let mut seen: HashSet<&str> = SPECIAL.into_iter().collect();
    for draft in &drafts.list {
        for feature in all(draft) {
            let is_new = seen.insert(feature.name.value);
            if is_new && seen.len() == MAX_FEATURES + 1 {
                let message = format!("Maximum of {MAX_FEATURES} schema features is permitted");
                let fault = Diagnostic::error(feature.name.span, message);
                findings.tolerate(match draft.at {
                    Some(at) => fault.within(at.whole),
                    None => fault,
                });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::messages;

    #[test]
    fn deprecated_and_unstable_are_not_allowed_on_types() {
        let good = "{ 'command': 'c', 'features': [ 'deprecated', 'unstable' ], 'data': {\n\
             'a': { 'type': 'int', 'features': [ 'deprecated' ] } } }\n\
             { 'event': 'E', 'features': [ 'unstable' ] }\n\
             { 'enum': 'Ab', 'data': [ { 'name': 'x', 'features': [ 'deprecated' ] } ] }\n\
             { 'struct': 'Cd', 'features': [ 'quick' ], 'data': {} }";
        assert_eq!(messages(good), [""; 0]);
        for kind in [
            "'struct': 'Ab', 'data': {}",
            "'enum': 'Ab', 'data': []",
            "'alternate': 'Ab', 'data': { 'a': 'int' }",
        ] {
            assert_eq!(
                messages(&format!("{{ {kind}, 'features': [ 'unstable' ] }}")).len(),
                1,
                "{kind}"
            );
        }
    }
}
