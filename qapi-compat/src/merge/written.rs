//! The merged schema, from its definitions.

use std::collections::{BTreeMap, HashMap as Replaced};

use foldhash::{HashMap, HashSet, HashSetExt as _};
use qapi_parser::{Definition, Id, Kind, Parts, Schema};

use crate::merge::availability::{Availability, Facts};
use crate::merge::docs::Docs;
use crate::merge::merged::Merged;
use crate::merge::provenance::{Origin, Provenance};

/// The merged definitions.
pub(super) struct Written {
    pub(super) definitions: HashMap<Id, (Definition, Facts)>,
    /// For definitions whose name may be taken, the schema that their name ends in then.
    pub(super) origins: HashMap<Id, usize>,
    /// The definitions of named types, and the merged ones that they are part of.
    pub(super) merged: Vec<(Id, Id)>,
    pub(super) docs: Docs,
    /// What definitions are made of, except their bases.
    pub(super) made_of: HashMap<Id, Origin>,
    /// Definitions, and the types that are their bases.
    pub(super) bases: Vec<(Id, Id)>,
}

impl Written {
    /// Puts the definitions into `parts`, instead of all others.
    pub(super) fn finish(self, mut parts: Parts, labels: Vec<String>) -> Merged {
        let old_names: Vec<(String, Id)> = self
            .merged
            .iter()
            .map(|(from, to)| (parts.definitions[from.index()].name.clone(), *to))
            .collect();
        let mut definitions: Vec<_> = self.definitions.into_iter().collect();
        definitions.sort_unstable_by_key(|(id, _)| *id);
        let mut kept: HashSet<Id> = HashSet::new();
        let mut facts = Vec::new();
        for (id, (definition, of_definition)) in definitions {
            kept.insert(id);
            facts.push((id, of_definition));
            match parts.definitions.get_mut(id.index()) {
                Some(place) => *place = definition,
                None => {
                    let added = parts.add(definition);
                    debug_assert_eq!(added, id);
                }
            }
        }
        let ids = (0..parts.definitions.len()).map(Id::new);
        // Nothing refers to the others.
        let dropped: Replaced<Id, Id> = ids
            .filter(|id| !kept.contains(id))
            .map(|id| (id, Id::new(0)))
            .collect();
        name(&mut parts, &facts, &self.origins, &labels);
        self.docs.write(&mut parts);
        let mut availability = Availability::new(labels);
        for (id, facts) in facts {
            let definition = &parts.definitions[id.index()];
            if definition.span.is_some() && !matches!(definition.kind, Kind::Array(_)) {
                *availability.facts(&definition.name) = facts;
            }
        }
        let mut renamed = BTreeMap::new();
        for (name, id) in old_names {
            let new = &parts.definitions[id.index()].name;
            if availability.lacks(&name) {
                renamed.entry(name).or_insert_with(|| new.clone());
            }
        }
        let provenance = provenance(&parts, self.made_of, &self.bases, &self.merged);
        parts.replace(&dropped);
        Merged {
            schema: Schema::from_parts(parts),
            availability,
            provenance,
            renamed,
        }
    }
}

/// What definitions are made of, by name. `merged` has the definitions that types became.
fn provenance(
    parts: &Parts,
    made_of: HashMap<Id, Origin>,
    bases: &[(Id, Id)],
    merged: &[(Id, Id)],
) -> Provenance {
    let name = |id: Id| parts.definitions[id.index()].name.clone();
    let mut became: HashMap<Id, Vec<Id>> = HashMap::default();
    for (from, to) in merged {
        became.entry(*from).or_default().push(*to);
    }
    let mut provenance = Provenance::default();
    let made_of = made_of.into_iter().map(|(id, it)| (name(id), it));
    provenance.definitions.extend(made_of);
    for (id, base) in bases {
        let origin = provenance.definitions.entry(name(*id)).or_default();
        for base in became.get(base).into_iter().flatten() {
            let base = name(*base);
            if !origin.bases.contains(&base) {
                origin.bases.push(base);
            }
        }
    }
    provenance
}

/// Renames definitions whose names are taken: to the name with that of their schema.
fn name(parts: &mut Parts, kept: &[(Id, Facts)], origins: &HashMap<Id, usize>, labels: &[String]) {
    let mut taken: HashSet<String> = HashSet::new();
    for (id, _) in kept {
        let definition = &mut parts.definitions[id.index()];
        if matches!(definition.kind, Kind::Array(_)) {
            continue;
        }
        if taken.contains(&definition.name)
            && let Some(&schema) = origins.get(id)
        {
            definition.name += &suffix(&labels[schema]);
            while taken.contains(&definition.name) {
                definition.name.push('X');
            }
        }
        taken.insert(definition.name.clone());
    }
    // Arrays are named after their elements.
    for (id, _) in kept {
        if let Kind::Array(element) = parts.definitions[id.index()].kind {
            let name = format!("{}List", parts.definitions[element.index()].name);
            parts.definitions[id.index()].name = name;
        }
    }
}

/// The words of a schema's name, each with a capital letter.
fn suffix(label: &str) -> String {
    let words = label.split(|c: char| !c.is_ascii_alphanumeric());
    let words = words.map(|word| {
        let mut letters = word.chars();
        let first = letters.next().map(|it| it.to_ascii_uppercase());
        first.into_iter().chain(letters).collect::<String>()
    });
    words.collect()
}
