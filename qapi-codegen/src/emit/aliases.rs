//! Aliases for external types.

use proc_macro2::TokenStream;
use quote::quote;

use super::paths::Scope;
use crate::model::Alias;

/// The alias, unless a type of this name exists already.
pub(super) fn item(it: &Alias, scope: Scope<'_>) -> TokenStream {
    let (ident, docs) = (&it.ident, scope.docs(&it.docs));
    let alias = it.path.iter().map(|path| {
        // Checked with the options.
        let path: TokenStream = path.parse().unwrap_or_default();
        quote! { #docs pub type #ident = #path; }
    });
    alias.collect()
}
