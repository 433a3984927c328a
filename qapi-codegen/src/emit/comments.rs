//! Documentation, which bypasses layout.

use std::cell::RefCell;

use crate::model::Docs;

/// The documentation of a file.
///
/// As attributes, documentation would be escaped, parsed and printed, and there is a lot of it. So an attribute with a
/// number, as in `#[doc = 7]`, takes its place in the code, and layout replaces the attribute by a comment.
#[derive(Default)]
pub(super) struct Comments(RefCell<Vec<Docs>>);

impl Comments {
    /// The attribute that represents documentation, if there is any.
    pub(super) fn attribute(&self, docs: &Docs) -> String {
        if docs.is_empty() {
            return String::new();
        }
        let mut comments = self.0.borrow_mut();
        let number = comments.len();
        comments.push(docs.clone());
        format!("#[doc = {number}]")
    }

    /// All documentation; the index is the number.
    pub(super) fn into_docs(self) -> Vec<Docs> {
        self.0.into_inner()
    }
}
