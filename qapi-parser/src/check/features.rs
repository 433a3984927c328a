//! Features: no doubles, not too many, and two that mean something to QEMU.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::Checker;
use super::names::c_name;
use crate::ast::Feature;
use crate::diagnostic::{Diagnostic, Findings};
use crate::schema::Id;
use crate::schema::draft::{Draft, DraftKind, Drafts};

/// Features with a meaning of their own.
const SPECIAL: [&str; 2] = ["deprecated", "unstable"];

/// How many distinct features a schema may have.
const MAX_FEATURES: usize = 64;

impl Checker<'_> {
    /// Checks the features of a definition.
    pub(super) fn own_features(&mut self, id: Id) {
        let draft = self.draft(id);
        self.no_doubles(id, &draft.features);
        for feature in draft.features.iter().filter(|_| draft.is_type()) {
            let name = &feature.name;
            if SPECIAL.contains(&name.value.as_str()) {
                let message = format!("feature '{}' is not supported for types", name.value);
                let fault = self.fault(id, name.span, message);
                let hint = "give it to the members, commands and events that use the type";
                self.findings.tolerate(fault.hint(hint));
            }
        }
    }

    /// Checks that a list of features of the definition `id` has none twice.
    pub(super) fn no_doubles(&mut self, id: Id, features: &[Feature]) {
        let mut seen: HashMap<Cow<'_, str>, &Feature> = HashMap::new();
        for feature in features {
            let name = &feature.name;
            let Some(other) = seen.insert(c_name(&name.value), feature) else {
                continue;
            };
            let other = &other.name;
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

/// Features of a definition and of what it holds, in QEMU's order.
fn all(draft: &Draft) -> Vec<&Feature> {
    let inner: Vec<&Feature> = match &draft.kind {
        DraftKind::Enum { values, .. } => values.iter().flat_map(|v| &v.features).collect(),
        DraftKind::Object { members, .. } => members.iter().flat_map(|m| &m.features).collect(),
        _ => Vec::new(),
    };
    draft.features.iter().chain(inner).collect()
}

/// QEMU keeps features in the bits of a word.
pub(super) fn check_count(drafts: &Drafts, findings: &mut Findings) {
    let mut seen: HashSet<&str> = SPECIAL.into();
    for draft in &drafts.list {
        for feature in all(draft) {
            let is_new = seen.insert(&feature.name.value);
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
    fn features_with_a_meaning_are_for_what_a_client_uses() {
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
