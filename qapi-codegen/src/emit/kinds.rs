//! The kinds of members that the runtime distinguishes.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::Type;

/// The kind of a member in the runtime. Lists and unsigned 64-bit integers are decoded differently.
pub(super) fn kind(optional: bool, ty: &Type) -> TokenStream {
    match (optional, ty.is_u64(), ty.element().map(Type::is_u64)) {
        (false, false, None) => quote!(Need),
        (false, true, _) => quote!(NeedU64),
        (false, _, Some(false)) => quote!(NeedList),
        (false, _, Some(true)) => quote!(NeedU64List),
        (true, false, None) => quote!(May),
        (true, true, _) => quote!(MayU64),
        (true, _, Some(false)) => quote!(MayList),
        (true, _, Some(true)) => quote!(MayU64List),
    }
}
