//! Descriptions that merged definitions take from the documentation of others.

use foldhash::{HashMap, HashMapExt as _, HashSet};
use qapi_parser::{Definition, Doc, DocId, Id, Parts, Section, SectionKind};

/// The descriptions to copy.
#[derive(Default)]
pub(super) struct Docs {
    /// From the second block to the first.
    additions: Vec<(DocId, DocId, String)>,
    /// For definitions without documentation.
    of_others: HashMap<Id, Vec<(DocId, String)>>,
}

impl Docs {
    /// Describes a part of a definition, which `doc` documents, as in the block `from`.
    pub(super) fn describe(&mut self, id: Id, doc: Option<DocId>, from: Option<DocId>, part: &str) {
        let Some(from) = from.filter(|from| Some(*from) != doc) else {
            return;
        };
        match doc {
            Some(doc) => self.additions.push((doc, from, part.to_owned())),
            None => {
                let parts = self.of_others.entry(id).or_default();
                parts.push((from, part.to_owned()));
            }
        }
    }

    /// Copies the descriptions.
    pub(super) fn write(self, parts: &mut Parts) {
        let mut described: HashMap<DocId, HashSet<String>> = HashMap::new();
        for (to, from, part) in self.additions {
            let described = described.entry(to).or_insert_with(|| {
                let sections = parts.docs[to.index()].sections.iter();
                let names = sections.filter_map(name).map(str::to_owned);
                names.collect()
            });
            if !described.contains(&part)
                && let Some(section) = section(parts, from, &part)
            {
                parts.docs[to.index()].sections.push(section);
                described.insert(part);
            }
        }
        for (id, described) in self.of_others {
            let sections = described.iter();
            let sections = sections.filter_map(|(from, part)| section(parts, *from, part));
            let sections: Vec<Section> = sections.collect();
            if let Some(first) = sections.first() {
                let doc = Doc {
                    span: first.span,
                    symbol: None,
                    sections,
                };
                let doc = parts.add_doc(doc);
                let definition: &mut Definition = &mut parts.definitions[id.index()];
                definition.doc = Some(doc);
            }
        }
    }
}

fn name(section: &Section) -> Option<&str> {
    match &section.kind {
        SectionKind::Member(name) => Some(&name.value),
        _ => None,
    }
}

fn section(parts: &Parts, doc: DocId, part: &str) -> Option<Section> {
    let mut sections = parts.docs[doc.index()].sections.iter();
    sections.find(|it| name(it) == Some(part)).cloned()
}
