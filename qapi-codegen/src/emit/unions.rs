//! Branches of unions.

use proc_macro2::TokenStream;
use quote::quote;

use super::attributes::{allow_deprecated, allow_names, deprecated, derives, docs};
use super::paths::Paths;
use super::structs;
use crate::model::{Branches, Extras, Payload, Struct, Traits, Type};

/// The enum of branches, which stands behind its union.
pub(super) fn item(union: &Struct, it: &Branches, paths: &Paths<'_>) -> TokenStream {
    let (ident, owner) = (&it.ident, &union.ident);
    let derives = derives(union.traits, &union.extras);
    let owner = match owner.linked() {
        path if path == owner.as_str() => format!("[`{owner}`]"),
        path => format!("[`{owner}`]({path})"),
    };
    let doc = format!(" What a {owner} has besides, by `{}`.", it.wire);
    let variants = it.variants.iter().map(|variant| {
        let (ident, docs) = (&variant.ident, docs(&variant.docs));
        let deprecated = deprecated(variant.deprecated);
        let payload = match &variant.payload {
            Payload::Nothing => None,
            Payload::Object(ty) | Payload::Foreign(ty) | Payload::Member(_, ty) => {
                let ty = paths.ty(ty);
                Some(quote!((#ty)))
            }
        };
        quote! { #docs #deprecated #ident #payload }
    });
    let allow = allow_deprecated(it.variants.iter().map(|variant| variant.deprecated));
    let allow_names = allow_names(ident, it.variants.iter().map(|variant| &variant.ident));
    quote! {
        #[doc = #doc]
        #allow
        #allow_names
        #derives
        #[non_exhaustive]
        #[allow(clippy::large_enum_variant)]
        pub enum #ident {
            #(#variants,)*
            /// A branch that the schema does not have.
            Unknown(UnknownBranch),
        }
    }
}

/// The method of a union that gives its discriminator.
pub(super) fn method(it: &Branches) -> TokenStream {
    let (method, field, tag) = (&it.method, &it.field, &it.tag);
    let docs = docs(&it.docs);
    quote! {
        #docs
        pub fn #method(&self) -> #tag {
            support::Branches::tag(&self.#field)
        }
    }
}

/// Reads the members of the base, and the branch.
pub(super) fn reading(union: &Struct, it: &Branches) -> TokenStream {
    let (field, discriminator) = (&it.field, &it.wire);
    let wires = union.fields.iter().map(|field| &field.wire);
    let read = structs::read_by_index(&union.fields);
    quote! {
        let #field = support::read_union(members, &[#(#wires,)* #discriminator], &mut #read)?;
    }
}

pub(super) fn impls(union: &Struct, it: &Branches, paths: &Paths<'_>) -> TokenStream {
    let (owner, from) = (&union.ident, paths.from());
    // A union that needs nothing else is as good as its branch.
    let from = union.fields.iter().all(|field| field.optional).then(|| {
        let branch = &it.ident;
        quote! {
            impl #from<#branch> for #owner {
                fn from(branch: #branch) -> Self {
                    Self::new(branch)
                }
            }
        }
    });
    let (ident, tag, result) = (&it.ident, &it.tag, paths.result());
    let boxed = paths.boxed();
    let tags = it.variants.iter().map(|variant| {
        let (ident, rest) = (
            &variant.ident,
            has_payload(&variant.payload).then(|| quote!((_))),
        );
        quote!(Self::#ident #rest => #tag::#ident,)
    });
    let reads = it.variants.iter().map(|variant| {
        let ident = &variant.ident;
        let new = |read: TokenStream, ty: &Type| match ty {
            Type::Boxed(_) => quote!(Self::#ident(#boxed::new(#read))),
            _ => quote!(Self::#ident(#read)),
        };
        let value = match &variant.payload {
            Payload::Nothing => quote!(Self::#ident),
            Payload::Object(ty) => new(quote!(support::Object::read(members)?), ty),
            Payload::Foreign(ty) => new(quote!(support::read_foreign(members)?), ty),
            Payload::Member(name, _) => quote!(Self::#ident(support::read_member(members, #name)?)),
        };
        quote!(#tag::#ident => #value,)
    });
    let writes = it.variants.iter().map(|variant| {
        let ident = &variant.ident;
        match &variant.payload {
            Payload::Nothing => quote!(Self::#ident => Ok(()),),
            Payload::Object(Type::Boxed(_)) => {
                quote!(Self::#ident(it) => support::Object::write(&**it, map),)
            }
            Payload::Object(_) => quote!(Self::#ident(it) => support::Object::write(it, map),),
            Payload::Foreign(_) => quote!(Self::#ident(it) => support::write_foreign(it, map),),
            Payload::Member(name, _) => quote!(Self::#ident(it) => map.serialize_entry(#name, it),),
        }
    });
    quote! {
        #from

        impl support::Branches for #ident {
            type Tag = #tag;

            fn tag(&self) -> #tag {
                match self {
                    #(#tags)*
                    Self::Unknown(it) => #tag::Unknown(it.name.clone()),
                }
            }

            fn read<'de, M: support::Members<'de>>(tag: #tag, members: &mut M) -> #result<Self, M::Error> {
                Ok(match tag {
                    #(#reads)*
                    #tag::Unknown(name) => Self::Unknown(UnknownBranch::new(name, members.rest()?)),
                })
            }

            fn write<W: ::serde::ser::SerializeMap>(&self, map: &mut W) -> #result<(), W::Error> {
                match self {
                    #(#writes)*
                    Self::Unknown(it) => support::write_all(map, &it.members),
                }
            }
        }
    }
}

fn has_payload(payload: &Payload) -> bool {
    !matches!(payload, Payload::Nothing)
}

/// The branch that no schema has.
pub(super) fn unknown_branch(extras: &Extras, paths: &Paths<'_>) -> TokenStream {
    let (string, map) = (paths.string(), paths.map());
    let traits = Traits {
        eq: true,
        default: false,
    };
    let derives = derives(traits, extras);
    quote! {
        /// A branch that the schema does not have.
        #derives
        #[non_exhaustive]
        pub struct UnknownBranch {
            /// The discriminator.
            pub name: #string,
            /// The members of the branch as they came.
            pub members: #map,
        }

        impl UnknownBranch {
            /// A branch with any members.
            pub fn new(name: #string, members: #map) -> Self {
                Self { name, members }
            }
        }
    }
}
