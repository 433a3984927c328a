//! The attributes of an item: documentation, derives and others.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use crate::model::{Deprecation, Extras};
use crate::names::Ident;

pub(super) fn deprecated(deprecated: &Option<Deprecation>) -> Option<TokenStream> {
    let deprecated = deprecated.as_ref()?;
    Some(match &deprecated.note {
        Some(note) => quote!(#[deprecated(note = #note)]),
        None => quote!(#[deprecated]),
    })
}

/// Allows the derived code of an item to use its deprecated parts.
pub(super) fn allow_deprecated<'a>(
    mut parts: impl Iterator<Item = &'a Option<Deprecation>>,
) -> Option<TokenStream> {
    parts
        .any(Option::is_some)
        .then(|| quote!(#[allow(deprecated)]))
}

/// Allows a variant whose name starts or ends with that of the enum.
pub(super) fn allow_names<'a>(
    owner: &Ident,
    mut variants: impl Iterator<Item = &'a Ident>,
) -> Option<TokenStream> {
    let owner = owner.as_str();
    variants
        .any(|it| it.as_str().starts_with(owner) || it.as_str().ends_with(owner))
        .then(|| quote!(#[allow(clippy::enum_variant_names)]))
}

/// The derives and the other attributes of a type.
pub(super) fn extras(extras: &Extras) -> TokenStream {
    let derives = extras.derives.iter();
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
    for more in &extras.derives {
        if !derives.contains(&more.as_str()) {
            derives.push(more);
        }
    }
    let mut text = format!("#[derive({})]\n", derives.join(", "));
    for attribute in &extras.attributes {
        text += &format!("{attribute}\n");
    }
    text
}

/// Parses text that was checked with the options.
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
