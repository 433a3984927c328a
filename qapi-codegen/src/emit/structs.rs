//! Structs, and all other objects.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::attributes::{allow_deprecated, deprecated, derives, docs};
use super::paths::Paths;
use super::{in_module, unions};
use crate::model::{Field, Struct, Type};
use crate::names;

/// More arguments than this and clippy says so.
const MAX_ARGUMENTS: usize = 7;

pub(super) fn item(it: &Struct, paths: &Paths<'_>) -> TokenStream {
    let (ident, item_docs, deprecated) = (&it.ident, docs(&it.docs), deprecated(it.deprecated));
    let derives = derives(it.traits, &it.extras);
    let fields = it.fields.iter().map(|field| self::field(field, paths));
    let allow = allow_deprecated(it.fields.iter().map(|field| field.deprecated));
    let branch = it.branches.as_ref().map(|branches| {
        let (field, ty) = (&branches.field, paths.item(&branches.ident));
        let doc = format!(
            " What there is besides, by [`{}`](Self::{}).",
            branches.wire,
            branches.method.plain()
        );
        quote!(#[doc = #doc] pub #field: #ty,)
    });
    let rest = it.rest.as_ref().map(|rest| {
        let map = paths.map();
        quote! {
            /// Arguments that the schema does not have.
            pub #rest: #map,
        }
    });
    quote! {
        #item_docs
        #deprecated
        #allow
        #derives
        #[non_exhaustive]
        pub struct #ident {
            #(#fields,)*
            #branch
            #rest
        }
    }
}

fn field(field: &Field, paths: &Paths<'_>) -> TokenStream {
    let (docs, deprecated) = (docs(&field.docs), deprecated(field.deprecated));
    let (ident, ty) = (&field.ident, paths.ty(&field.ty));
    let ty = match field.optional {
        true => paths.option(&ty),
        false => ty,
    };
    quote! { #docs #deprecated pub #ident: #ty }
}

/// The impls of a struct in a module of the file, or at its top.
pub(super) fn impls(it: &Struct, module: Option<&str>, paths: &Paths<'_>) -> TokenStream {
    let constructor = constructor(it, module, paths);
    let (path, name, result) = (in_module(module, &it.ident), &it.name, paths.result());
    let (read, write) = (read(it), write(it));
    let map = match it.is_empty() {
        true => quote!(_),
        false => quote!(map),
    };
    quote! {
        #constructor

        impl support::Object for #path {
            const NAME: &'static str = #name;

            fn read<'de, M: support::Members<'de>>(members: &mut M) -> #result<Self, M::Error> {
                #read
            }

            fn write<W: ::serde::ser::SerializeMap>(&self, #map: &mut W) -> #result<(), W::Error> {
                #write
            }
        }
    }
}

/// How a struct is made: from what is mandatory, then with what is not.
fn constructor(it: &Struct, module: Option<&str>, paths: &Paths<'_>) -> TokenStream {
    let path = in_module(module, &it.ident);
    let (mut arguments, mut fields) = (Vec::new(), Vec::new());
    for field in &it.fields {
        let ident = &field.ident;
        fields.push(match field.optional {
            true => quote!(#ident: None),
            false => {
                let (ty, value) = argument(field, paths);
                arguments.push(quote!(#ident: #ty));
                match field.is_converted() {
                    true => quote!(#ident: #value),
                    false => quote!(#ident),
                }
            }
        });
    }
    if let Some(branches) = &it.branches {
        let (field, ty) = (&branches.field, &branches.ident);
        arguments.push(quote!(#field: #ty));
        fields.push(quote!(#field));
    }
    fields.extend(
        it.rest
            .as_ref()
            .map(|rest| quote!(#rest: ::serde_json::Map::new())),
    );
    let allow =
        (arguments.len() > MAX_ARGUMENTS).then(|| quote!(#[allow(clippy::too_many_arguments)]));
    let body = match it.traits.default {
        true => quote!(Self::default()),
        false => quote!(Self { #(#fields),* }),
    };
    let doc = match arguments.is_empty() {
        true => " With nothing in it.",
        false => " With what is mandatory, and nothing else.",
    };
    let optional = it
        .fields
        .iter()
        .filter(|field| field.optional && it.has_setters);
    let setters = optional.map(|field| setter(field, paths));
    let method = it.branches.as_ref().map(unions::method);
    quote! {
        impl #path {
            #[doc = #doc]
            #allow
            pub fn new(#(#arguments),*) -> Self {
                #body
            }

            #(#setters)*

            #method
        }
    }
}

fn setter(field: &Field, paths: &Paths<'_>) -> TokenStream {
    let ident = &field.ident;
    let (method, doc) = (ident.setter(), format!(" Sets `{}`.", field.wire));
    let (ty, value) = argument(field, paths);
    quote! {
        #[doc = #doc]
        pub fn #method(mut self, #ident: #ty) -> Self {
            self.#ident = Some(#value);
            self
        }
    }
}

/// The type of the argument for a field, and the field's value made from it: strings and boxes come from what can be
/// made into one.
fn argument(field: &Field, paths: &Paths<'_>) -> (TokenStream, TokenStream) {
    let (ident, ty) = (&field.ident, paths.ty(&field.ty));
    match field.is_converted() {
        true => {
            let into = paths.into(&ty);
            (quote!(impl #into), quote!(#ident.into()))
        }
        false => (ty, quote!(#ident)),
    }
}

fn read(it: &Struct) -> TokenStream {
    if it.is_empty() {
        return quote! {
            members.next(&[])?;
            Ok(Self {})
        };
    }
    let locals = it.fields.iter().map(local);
    let locals = quote!(#(let mut #locals = None;)*);
    let reading = match (&it.branches, &it.rest) {
        (Some(branches), _) => unions::reading(it, branches),
        (None, Some(rest)) => reading_with_rest(it, rest),
        (None, None) => reading(it),
    };
    let fields = it.fields.iter().map(|field| {
        let (ident, wire, local) = (&field.ident, &field.wire, local(field));
        match field.optional {
            true if local == *ident => quote!(#ident),
            true => quote!(#ident: #local),
            false => quote!(#ident: members.need(#wire, #local)?),
        }
    });
    let branch = it.branches.as_ref().map(|branches| &branches.field);
    let more = branch
        .into_iter()
        .chain(&it.rest)
        .map(|field| quote!(#field));
    let fields = fields.chain(more);
    quote! {
        #locals
        #reading
        Ok(Self { #(#fields),* })
    }
}

/// Reads all members, one after another.
fn reading(it: &Struct) -> TokenStream {
    let wires = it.fields.iter().map(|field| &field.wire);
    let names = quote!(&[#(#wires),*]);
    match &it.fields[..] {
        [field] => {
            let read = read_field(field);
            quote! {
                while members.next(#names)?.is_some() {
                    #read?;
                }
            }
        }
        fields => {
            let arms = arms(fields);
            quote! {
                while let Some(index) = members.next(#names)? {
                    match index { #arms }?;
                }
            }
        }
    }
}

/// Reads all members, and keeps those that the schema does not have.
fn reading_with_rest(it: &Struct, rest: &names::Ident) -> TokenStream {
    let wires = it.fields.iter().map(|field| &field.wire);
    let read = read_by_index(&it.fields);
    quote! {
        let #rest = support::read_with_rest(members, &[#(#wires),*], &mut #read)?;
    }
}

/// A closure that reads the member with an index among the fields.
pub(super) fn read_by_index(fields: &[Field]) -> TokenStream {
    match fields {
        [] => quote!(|_, _| Ok(())),
        [field] => {
            let read = read_field(field);
            quote!(|_, members| #read)
        }
        fields => {
            let arms = arms(fields);
            quote!(|index, members| match index { #arms })
        }
    }
}

/// One arm for each field; the last stands for all other indices, of which there are none.
fn arms(fields: &[Field]) -> TokenStream {
    let last = fields.len().saturating_sub(1);
    let arms = fields.iter().enumerate().map(|(index, field)| {
        let read = read_field(field);
        match index == last {
            true => quote!(_ => #read,),
            false => {
                let index = Literal::usize_unsuffixed(index);
                quote!(#index => #read,)
            }
        }
    });
    quote!(#(#arms)*)
}

fn read_field(field: &Field) -> TokenStream {
    let local = local(field);
    match field.ty {
        Type::List(_) => quote!(members.read_list(&mut #local)),
        _ => quote!(members.read(&mut #local)),
    }
}

/// The variable that holds a member while the others are read.
fn local(field: &Field) -> names::Ident {
    match field.ident.as_str() {
        // The function has these already; no field has two underscores.
        "index" | "members" => field.ident.with_suffix("__"),
        _ => field.ident.clone(),
    }
}

fn write(it: &Struct) -> TokenStream {
    let fields = it.fields.iter().map(|field| {
        let (ident, wire) = (&field.ident, &field.wire);
        match field.optional {
            true => quote!(support::write_some(map, #wire, &self.#ident)),
            false => quote!(map.serialize_entry(#wire, &self.#ident)),
        }
    });
    let branch = it.branches.as_ref().map(|branches| {
        let (field, wire) = (&branches.field, &branches.wire);
        quote!(support::write_union(map, #wire, &self.#field))
    });
    let rest = it
        .rest
        .as_ref()
        .map(|rest| quote!(support::write_all(map, &self.#rest)));
    let mut calls: Vec<_> = fields.chain(branch).chain(rest).collect();
    let last = calls.pop().unwrap_or_else(|| quote!(Ok(())));
    quote!(#(#calls?;)* #last)
}
