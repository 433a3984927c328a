//! The definitions of the schemas that merged definitions are made of.

use foldhash::HashMap;
use qapi_parser::DocId;

/// The documentation and the bases that merged definitions have in the schemas.
///
/// In a merged schema objects have the members of their bases, and a definition has at most one block of documentation.
#[derive(Clone, Debug, Default)]
pub struct Provenance {
    pub(super) definitions: HashMap<String, Origin>,
}

/// What one merged definition is made of.
#[derive(Clone, Debug, Default)]
pub(super) struct Origin {
    /// The blocks that document it.
    pub(super) docs: Vec<DocId>,
    /// For members and values with features, the blocks that describe these.
    pub(super) parts: HashMap<String, Vec<DocId>>,
    /// The names of its bases and their bases.
    pub(super) bases: Vec<String>,
}

impl Provenance {
    /// The blocks of all schemas that document a definition, those of the first schema first.
    pub fn docs_of_definition(&self, definition: &str) -> &[DocId] {
        let origin = self.definitions.get(definition);
        origin.map_or(&[], |it| &it.docs)
    }

    /// The blocks of all schemas that describe the features of a member or a value, those of the first schema first.
    pub fn docs_of_features(&self, definition: &str, part: &str) -> &[DocId] {
        let parts = self.definitions.get(definition).map(|it| &it.parts);
        let docs = parts.and_then(|parts| parts.get(part));
        docs.map_or(&[], |docs| docs)
    }

    /// The names of the types that are a base of an object in any schema, or a base of such a type.
    pub fn bases(&self, object: &str) -> &[String] {
        let origin = self.definitions.get(object);
        origin.map_or(&[], |it| &it.bases)
    }
}
