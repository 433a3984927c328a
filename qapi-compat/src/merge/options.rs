//! Options of a merge.

use std::collections::BTreeSet;

/// The options of a merge.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options<'a> {
    /// The commands, events and types to merge; everything by default.
    pub only: Option<&'a BTreeSet<String>>,
    /// Types whose structure does not matter, because the caller provides them.
    pub extern_types: &'a [&'a str],
}
