//! The descriptions of members and values.

use std::collections::HashMap;

use qapi_parser::{DocId, Schema, SectionKind};

/// What the schema says of members and values, by the block that says it: a definition may have thousands of them.
pub(super) struct Described<'a> {
    texts: HashMap<(DocId, &'a str), &'a str>,
}

impl<'a> Described<'a> {
    pub(super) fn new(schema: &'a Schema) -> Self {
        let mut texts = HashMap::new();
        for id in schema.definitions().filter_map(|(_, it)| it.doc) {
            for section in &schema.doc(id).sections {
                if let SectionKind::Member(name) = &section.kind {
                    let text = section.text.as_str();
                    texts.entry((id, name.value.as_str())).or_insert(text);
                }
            }
        }
        Self { texts }
    }

    pub(super) fn of(&self, doc: DocId, name: &str) -> Option<&'a str> {
        self.texts.get(&(doc, name)).copied()
    }
}
