//! Aliases for external types.

use super::paths::Scope;
use crate::model::Alias;

/// The alias, unless a type of this name exists already.
pub(super) fn item(it: &Alias, scope: Scope<'_>) -> String {
    let (ident, docs) = (&it.ident, scope.docs(&it.docs));
    let alias = it
        .path
        .as_ref()
        .map(|path| format!("{docs} pub type {ident} = {path};"));
    alias.unwrap_or_default()
}
