//! Aliases for external types. With an alias, a relative path means the same everywhere in the file.

use qapi_parser::Definition;

use super::context::Lowering;
use super::docs::Docs;
use crate::model::Alias;
use crate::names::Ident;

impl Lowering<'_> {
    pub(super) fn alias(&self, ident: Ident, definition: &Definition, path: &str) -> Alias {
        Alias {
            docs: Docs::new(self, definition, [], None).item(),
            path: (path.trim() != ident.as_str()).then(|| path.to_owned()),
            ident,
        }
    }
}
