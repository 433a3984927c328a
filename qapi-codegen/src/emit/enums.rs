//! Enums.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::attributes::{allow_deprecated, allow_names, deprecated, derives, eq};
use super::code::Impl;
use super::paths::Paths;
use crate::model::{Enum, Traits};

pub(super) fn item(it: &Enum, paths: &Paths<'_>) -> TokenStream {
    let (ident, item_docs) = (&it.ident, paths.docs(&it.docs));
    let values = it.values.iter().map(|value| {
        let (docs, deprecated) = (paths.docs(&value.docs), deprecated(&value.deprecated));
        let ident = &value.ident;
        quote! { #docs #deprecated #ident }
    });
    let allow = allow_deprecated(it.values.iter().map(|value| &value.deprecated));
    let allow_names = allow_names(ident, it.values.iter().map(|value| &value.ident));
    let derives = derives(Traits::EQ, &it.extras);
    let string = paths.string();
    quote! {
        #item_docs
        #allow
        #allow_names
        #derives
        #[non_exhaustive]
        pub enum #ident {
            #(#values,)*
            /// A value that the schema does not have.
            Unknown(#string),
        }
    }
}

pub(super) fn impls(it: &Enum, paths: &Paths<'_>) -> [Impl; 2] {
    let (ident, name) = (it.ident.to_token_stream(), &it.name);
    let idents: Vec<_> = it.values.iter().map(|value| &value.ident).collect();
    let wires = it.values.iter().map(|value| &value.wire);
    let eq = eq(Traits::EQ, &ident, paths);
    let own = quote! {
        impl #ident {
            /// The values that the schema has, in its order.
            pub const VALUES: &'static [Self] = &[#(Self::#idents),*];

            /// The value as it is on the wire.
            #[inline]
            pub fn as_str(&self) -> &str {
                match self {
                    #(Self::#idents => #wires,)*
                    Self::Unknown(value) => value,
                }
            }
        }

        #eq
    };
    let table = quote!(support::enumeration! { #ident as #name });
    [Impl::Items(own), Impl::Table(table)]
}

/// The error of parsing any enum.
pub(super) fn parse_error(paths: &Paths<'_>) -> TokenStream {
    let (string, nearest) = (paths.string(), paths.option(&quote!(&'static str)));
    quote! {
        /// A string that is not a value of an enum.
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub struct ParseEnumError {
            /// The string.
            pub value: #string,
            /// The schema's name of the enum.
            pub enumeration: &'static str,
            /// The value of the enum that is nearest to the string.
            pub nearest: #nearest,
        }
    }
}

pub(super) fn parse_error_impls() -> Impl {
    Impl::Items(quote! {
        impl ::std::fmt::Display for ParseEnumError {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                let Self { value, enumeration, nearest } = self;
                write!(f, "{value:?} is not a value of {enumeration}")?;
                match nearest {
                    Some(nearest) => write!(f, ", the nearest is {nearest:?}"),
                    None => Ok(()),
                }
            }
        }

        impl ::std::error::Error for ParseEnumError {}
    })
}
