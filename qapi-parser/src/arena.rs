//! Storage that the stages of a load borrow from, so that names are not copied.

use std::path::PathBuf;

use crate::source::{Source, SourceId, Sources, Span};

/// The files of a schema, and the names that do not occur literally in any file.
#[derive(Default)]
pub(crate) struct Arena {
    files: typed_arena::Arena<Source>,
    names: typed_arena::Arena<String>,
}

impl Arena {
    pub(crate) fn file(&self, path: PathBuf, text: String, included_at: Option<Span>) -> &Source {
        let id = SourceId(self.files.len() as u32);
        self.files.alloc(Source::new(id, path, text, included_at))
    }

    pub(crate) fn name(&self, name: String) -> &str {
        self.names.alloc(name)
    }

    /// The files, which outlive the load.
    pub(crate) fn into_sources(self) -> Sources {
        Sources::new(self.files.into_vec())
    }
}
