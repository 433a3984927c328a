//! What stands before an item: documentation, derives, attributes.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::paths::Paths;
use crate::model::{Deprecation, Extras, Traits};
use crate::names::Ident;

pub(super) fn deprecated(deprecated: &Option<Deprecation>) -> Option<TokenStream> {
    let deprecated = deprecated.as_ref()?;
    Some(match &deprecated.note {
        Some(note) => quote!(#[deprecated(note = #note)]),
        None => quote!(#[deprecated]),
    })
}

/// For an item whose derives name what is deprecated in it.
pub(super) fn allow_deprecated<'a>(
    mut parts: impl Iterator<Item = &'a Option<Deprecation>>,
) -> Option<TokenStream> {
    parts
        .any(Option::is_some)
        .then(|| quote!(#[allow(deprecated)]))
}

/// For an enum with a variant whose name starts or ends like its own, as the schema has it.
pub(super) fn allow_names<'a>(
    owner: &Ident,
    mut variants: impl Iterator<Item = &'a Ident>,
) -> Option<TokenStream> {
    let owner = owner.as_str();
    variants
        .any(|it| it.as_str().starts_with(owner) || it.as_str().ends_with(owner))
        .then(|| quote!(#[allow(clippy::enum_variant_names)]))
}

/// The derives that a type can have, and those that the caller asks for; but see [`eq`].
pub(super) fn derives(traits: Traits, extras: &Extras) -> TokenStream {
    let mut derives = vec!["Clone", "Debug", "PartialEq"];
    if traits.eq {
        derives.extend(["Eq", "Hash"]);
    }
    if traits.default {
        derives.push("Default");
    }
    extend(&mut derives, extras);
    let derives = derives.iter().filter(|derive| **derive != "Eq");
    let derives = derives.map(|path| tokens::<syn::Path>(path));
    let attributes = extras
        .attributes
        .iter()
        .map(|attribute| tokens::<Attribute>(attribute));
    quote! {
        #[derive(#(#derives),*)]
        #(#attributes)*
    }
}

/// The attributes of a type of the envelope, which has `derives` already.
pub(super) fn with_extras(derives: &str, extras: &Extras) -> String {
    let mut derives: Vec<&str> = derives.split(", ").collect();
    extend(&mut derives, extras);
    let mut text = format!("#[derive({})]\n", derives.join(", "));
    for attribute in &extras.attributes {
        text += &format!("{attribute}\n");
    }
    text
}

/// Adds the derives that the caller asks for, unless they are there.
fn extend<'a>(derives: &mut Vec<&'a str>, extras: &'a Extras) {
    for more in &extras.derives {
        if !derives.iter().any(|derive| is_same(derive, more)) {
            derives.push(more);
        }
    }
}

/// `Eq`, which says no more than that: what a derive writes for it takes rustc a tenth of its time.
pub(super) fn eq(traits: Traits, path: &TokenStream, paths: &Paths<'_>) -> Option<TokenStream> {
    let eq = paths.eq();
    traits.eq.then(|| quote!(impl #eq for #path {}))
}

/// Whether two paths are the same derive macro, which the standard library's are by their names alone.
fn is_same(one: &str, other: &str) -> bool {
    fn name(path: &str) -> &str {
        let inner = path.trim_start_matches("::");
        match inner.starts_with("std::") || inner.starts_with("core::") {
            true => inner.rsplit("::").next().unwrap_or(path),
            false => path,
        }
    }
    name(one) == name(other)
}

/// Text that was found to be Rust when the options were checked.
fn tokens<T: syn::parse::Parse + ToTokens>(text: &str) -> TokenStream {
    syn::parse_str::<T>(text).map_or_else(
        |error| error.to_compile_error(),
        ToTokens::into_token_stream,
    )
}

/// Outer attributes.
struct Attribute(Vec<syn::Attribute>);

impl syn::parse::Parse for Attribute {
    fn parse(input: syn::parse::ParseStream<'_>) -> syn::Result<Self> {
        syn::Attribute::parse_outer(input).map(Self)
    }
}

impl ToTokens for Attribute {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.0
            .iter()
            .for_each(|attribute| attribute.to_tokens(tokens));
    }
}
