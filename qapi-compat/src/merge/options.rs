//! What to merge.

use std::collections::BTreeSet;

/// What is merged, and what is left as it is.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options<'a> {
    /// The commands, events and types that are needed; everything where nobody asks for less.
    pub only: Option<&'a BTreeSet<String>>,
    /// Types whose structure does not matter, since the caller has them.
    pub extern_types: &'a [&'a str],
}
