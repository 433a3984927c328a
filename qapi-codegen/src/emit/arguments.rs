//! The arguments of functions that make objects.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::conversions;
use super::paths::Scope;
use crate::model::Field;

/// Clippy reports functions with more arguments.
const MAX_ARGUMENTS: usize = 7;

/// The argument for a field: its type, and the field's value made from it.
pub(super) fn argument(field: &Field, scope: Scope<'_>) -> (TokenStream, TokenStream) {
    let name = field.ident.to_token_stream();
    conversions::argument(&name, &field.ty, field.argument, scope)
}

/// The attribute for a function with this many arguments.
pub(super) fn allow_many(count: usize) -> Option<TokenStream> {
    (count > MAX_ARGUMENTS).then(|| quote!(#[allow(clippy::too_many_arguments)]))
}
