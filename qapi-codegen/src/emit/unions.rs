//! Branches of unions.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::arguments::{allow_many, argument};
use super::attributes::{allow_deprecated, allow_names, deprecated, extras};
use super::code::Impl;
use super::conversions;
use super::kinds::kind;
use super::paths::{Scope, map};
use crate::model::{Argument, Branches, Extras, Payload, Source, Struct, Type};

/// The enum of branches, which follows its union.
pub(super) fn item(union: &Struct, it: &Branches, scope: Scope<'_>) -> TokenStream {
    let (ident, owner) = (&it.ident, &union.ident);
    let extras = extras(&union.extras);
    let doc = format!(" The branches of [`{owner}`], selected by `{}`.", it.wire);
    let variants = it.variants.iter().map(|variant| {
        let (ident, docs) = (&variant.ident, scope.docs(&variant.docs));
        let deprecated = deprecated(&variant.deprecated);
        let payload = match &variant.payload {
            Payload::Nothing => None,
            Payload::Object(ty) | Payload::Member(_, ty) => {
                let ty = scope.ty(ty);
                Some(quote!((#ty)))
            }
        };
        quote! { #docs #deprecated #ident #payload }
    });
    let allow = allow_deprecated(it.variants.iter().map(|variant| &variant.deprecated));
    let allow_names = allow_names(ident, it.variants.iter().map(|variant| &variant.ident));
    quote! {
        #[doc = #doc]
        #allow
        #allow_names
        #extras
        #[non_exhaustive]
        #[allow(clippy::large_enum_variant)]
        pub enum #ident {
            #(#variants,)*
            /// A branch not defined in the schema.
            Unknown(UnknownBranch),
        }
    }
}

/// The method of a union that returns its discriminator.
pub(super) fn method(it: &Branches, scope: Scope<'_>) -> TokenStream {
    let (method, field, tag) = (&it.method, &it.field, &it.tag);
    let docs = scope.docs(&it.docs);
    quote! {
        #docs
        #[inline]
        pub fn #method(&self) -> #tag {
            support::Branches::tag(&self.#field)
        }
    }
}

/// The constructors of a union for each branch.
pub(super) fn constructors(union: &Struct, it: &Branches, scope: Scope<'_>) -> TokenStream {
    let required = union.fields.iter().filter(|field| field.in_new);
    let (mut arguments, mut names) = (Vec::new(), Vec::new());
    for field in required {
        let (ident, ty) = (&field.ident, argument(field, scope).0);
        arguments.push(quote!(#ident: #ty));
        names.push(ident);
    }
    let count = arguments.len() + 1;
    let allow = allow_many(count);
    let (branches, field) = (&it.ident, &it.field);
    let constructors = it.variants.iter().filter_map(|variant| {
        let (name, ident) = (variant.constructor.as_ref()?, &variant.ident);
        let doc = variant.docs.first().map_or("", String::as_str);
        let doc = format!(" Creates a value with the branch {doc}.");
        let deprecated = deprecated(&variant.deprecated);
        let (argument, branch) = match &variant.payload {
            Payload::Nothing => (None, quote!(#branches::#ident)),
            Payload::Object(ty) | Payload::Member(_, ty) => {
                let name = field.to_token_stream();
                let (ty, value) = conversions::argument(&name, ty, variant.argument, scope);
                (Some(quote!(#field: #ty)), quote!(#branches::#ident(#value)))
            }
        };
        let arguments = arguments.iter().chain(&argument);
        Some(quote! {
            #[doc = #doc]
            #deprecated
            #allow
            #[inline]
            pub fn #name(#(#arguments),*) -> Self {
                Self::new(#(#names,)* #branch)
            }
        })
    });
    quote!(#(#constructors)*)
}

pub(super) fn impls(it: &Branches, scope: Scope<'_>) -> Impl {
    let from = it.variants.iter().flat_map(|variant| {
        let (branch, name) = (it.ident.to_token_stream(), &variant.ident);
        variant.conversions.iter().map(move |(ty, wrapper)| {
            let value = match wrapper {
                Some(wrapper) => quote!(#wrapper::new(it)),
                None => quote!(it),
            };
            let value = match &variant.payload {
                Payload::Object(Type::Boxed(_)) | Payload::Member(_, Type::Boxed(_)) => {
                    quote!(Box::new(#value))
                }
                _ => value,
            };
            let make = quote!(Self::#name(#value));
            conversions::conversion(&branch, ty, Argument::Into, Source::Exact, &make, scope)
        })
    });
    let (ident, tag) = (&it.ident, &it.tag);
    let tags = it.variants.iter().map(|variant| {
        let ident = &variant.ident;
        let rest = has_payload(&variant.payload).then(|| quote!((_)));
        quote!(Self::#ident #rest => #tag::#ident,)
    });
    // Avoids a conflict between a type and a type parameter.
    let reads = it.variants.iter().map(|variant| {
        let ident = &variant.ident;
        let value = match &variant.payload {
            Payload::Nothing => quote!(Ok(Self::#ident)),
            Payload::Object(_) => quote!(support::from_members(members).map(Self::#ident)),
            Payload::Member(name, ty) => {
                let kind = kind(false, ty);
                quote! {
                    support::read_members(members, &[#name])
                        .map(|(support::#kind(it),)| Self::#ident(it))
                }
            }
        };
        quote!(super::#tag::#ident => #value,)
    });
    let writes = it.variants.iter().map(|variant| {
        let ident = &variant.ident;
        match &variant.payload {
            Payload::Nothing => quote!(Self::#ident => Ok(()),),
            Payload::Object(_) => {
                quote!(Self::#ident(it) => ::serde::Serialize::serialize(it, support::Flat(map)),)
            }
            Payload::Member(name, _) => quote!(Self::#ident(it) => map.serialize_entry(#name, it),),
        }
    });
    let hidden = it.is_hideable.then(|| {
        quote! {
            #[inline]
            fn hidden() -> Option<#tag> {
                Some(#tag::Unknown(<_>::default()))
            }
        }
    });
    Impl::Items(quote! {
        #(#from)*
        impl support::Branches for #ident {
            type Tag = #tag;

            #[inline]
            fn tag(&self) -> #tag {
                match self {
                    #(#tags)*
                    Self::Unknown(it) => #tag::Unknown(it.name.clone()),
                }
            }

            #hidden

            fn read<'de, A: ::serde::de::MapAccess<'de>>(tag: super::#tag, members: A) -> Result<Self, A::Error> {
                match tag {
                    #(#reads)*
                    super::#tag::Unknown(name) => {
                        support::read_all(members).map(|members| Self::Unknown(UnknownBranch { name, members }))
                    }
                }
            }

            fn write<W: ::serde::ser::SerializeMap>(&self, map: &mut W, names: &[&'static str]) -> Result<(), W::Error> {
                match self {
                    #(#writes)*
                    Self::Unknown(it) => support::write_unknown(map, &it.members, names),
                }
            }
        }
    })
}

fn has_payload(payload: &Payload) -> bool {
    !matches!(payload, Payload::Nothing)
}

/// The type of an unknown branch.
pub(super) fn unknown_branch(extras: &Extras) -> TokenStream {
    let map = map();
    let extras = self::extras(extras);
    quote! {
        /// A branch not defined in the schema.
        #extras
        #[non_exhaustive]
        pub struct UnknownBranch {
            /// The discriminator.
            pub name: String,
            /// The members of the branch as received.
            pub members: #map,
        }
    }
}

pub(super) fn unknown_branch_impls() -> Impl {
    let map = map();
    Impl::Items(quote! {
        impl UnknownBranch {
            /// A branch with any members.
            #[inline]
            pub fn new(name: String, members: #map) -> Self {
                Self { name, members }
            }
        }
    })
}
