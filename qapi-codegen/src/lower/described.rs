//! The descriptions of members and values.

use std::borrow::Cow;
use std::collections::HashMap;

use qapi_parser::{DocId, Schema, Section, SectionKind};

/// The documentation of members and values, indexed because a definition may have thousands of them.
pub(super) struct Described<'a> {
    texts: HashMap<(DocId, &'a str), Cow<'a, str>>,
}

impl<'a> Described<'a> {
    pub(super) fn new(schema: &'a Schema) -> Self {
        let mut texts = HashMap::new();
        for id in schema.definitions().filter_map(|(_, it)| it.doc) {
            let sections = &schema.doc(id).sections;
            for (index, section) in sections.iter().enumerate() {
                if let SectionKind::Member(name) = &section.kind {
                    let text = match continues(sections, index + 1) {
                        true => format!("{}\n\n{}", section.text, sections[index + 1].text).into(),
                        false => section.text.as_str().into(),
                    };
                    texts.entry((id, name.value.as_str())).or_insert(text);
                }
            }
        }
        Self { texts }
    }

    pub(super) fn of<'s>(&'s self, doc: DocId, name: &'s str) -> Option<&'s str> {
        self.texts.get(&(doc, name)).map(|text| &**text)
    }
}

/// Whether a section continues the description of the member before it, which ends with a colon. Old schemas do not indent
/// examples.
pub(super) fn continues(sections: &[Section], index: usize) -> bool {
    let before = index.checked_sub(1).map(|before| &sections[before]);
    let is_announced = before.is_some_and(|section| {
        matches!(section.kind, SectionKind::Member(_)) && section.text.trim_end().ends_with(':')
    });
    let section = sections.get(index);
    is_announced && section.is_some_and(|section| matches!(section.kind, SectionKind::Plain))
}
