//! Paths to types, and to what Rust's prelude has: absolute where the schema takes the prelude's name for itself.

use std::collections::HashSet;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::comments::Comments;
use crate::model::{Docs, File, Item, Struct, Type};
use crate::names::Ident;

/// How one module of the generated file names types, and where its documentation goes.
pub(super) struct Paths<'a> {
    /// The names that the module defines.
    taken: HashSet<&'a str>,
    /// What leads to the top of the file.
    up: TokenStream,
    comments: &'a Comments,
}

impl<'a> Paths<'a> {
    /// For the top of the file, and for the impls, which see it all.
    pub(super) fn top(file: &'a File, comments: &'a Comments) -> Self {
        let idents = file.types.iter().flat_map(|item| match item {
            Item::Enum(it) => [Some(&it.ident), None],
            Item::Alternate(it) => [Some(&it.ident), None],
            Item::Alias(it) => [Some(&it.ident), None],
            Item::Struct(it) => [Some(&it.ident), it.branches.as_ref().map(|b| &b.ident)],
        });
        Self {
            taken: idents.flatten().map(|ident| ident.as_str()).collect(),
            up: quote!(),
            comments,
        }
    }

    /// For a module that holds these structs.
    pub(super) fn module(&self, structs: impl Iterator<Item = &'a Struct>) -> Self {
        Self {
            taken: structs.map(|it| it.ident.as_str()).collect(),
            up: quote!(super::),
            comments: self.comments,
        }
    }

    /// The attribute in the place of documentation.
    pub(super) fn docs(&self, docs: &Docs) -> Option<TokenStream> {
        self.comments.attribute(docs)
    }

    /// A name of the prelude, which is at home in `module` of the standard library.
    fn std(&self, module: &str, name: &str) -> TokenStream {
        let ident = format_ident!("{name}");
        match self.taken.contains(name) {
            true => {
                let module = format_ident!("{module}");
                quote!(::std::#module::#ident)
            }
            false => quote!(#ident),
        }
    }

    pub(super) fn option(&self, inner: &TokenStream) -> TokenStream {
        let option = self.std("option", "Option");
        quote!(#option<#inner>)
    }

    /// `Into<inner>`.
    pub(super) fn into(&self, inner: &TokenStream) -> TokenStream {
        let into = self.std("convert", "Into");
        quote!(#into<#inner>)
    }

    pub(super) fn from(&self) -> TokenStream {
        self.std("convert", "From")
    }

    pub(super) fn eq(&self) -> TokenStream {
        self.std("cmp", "Eq")
    }

    pub(super) fn result(&self) -> TokenStream {
        self.std("result", "Result")
    }

    pub(super) fn string(&self) -> TokenStream {
        self.std("string", "String")
    }

    pub(super) fn boxed(&self) -> TokenStream {
        self.std("boxed", "Box")
    }

    /// A JSON object with any members.
    pub(super) fn map(&self) -> TokenStream {
        let string = self.string();
        quote!(::serde_json::Map<#string, ::serde_json::Value>)
    }

    /// A type at the top of the file.
    pub(super) fn item(&self, ident: &Ident) -> TokenStream {
        let up = &self.up;
        quote!(#up #ident)
    }

    pub(super) fn ty(&self, ty: &Type) -> TokenStream {
        match ty {
            Type::Primitive(name) => {
                let name = format_ident!("{name}");
                quote!(#name)
            }
            Type::Unit => quote!(()),
            Type::String => self.string(),
            Type::Value => quote!(::serde_json::Value),
            Type::Item(ident) | Type::Mapped(ident) => self.item(ident),
            Type::List(element) => {
                let (vec, element) = (self.std("vec", "Vec"), self.ty(element));
                quote!(#vec<#element>)
            }
            Type::Boxed(inner) => {
                let (boxed, inner) = (self.boxed(), self.ty(inner));
                quote!(#boxed<#inner>)
            }
        }
    }
}

/// The path to an item in a module of the file, as seen from the top.
pub(super) fn in_module(module: Option<&str>, ident: &Ident) -> TokenStream {
    match module {
        Some(module) => {
            let module = format_ident!("{module}");
            quote!(#module::#ident)
        }
        None => quote!(#ident),
    }
}
