//! Paths to types. Names of Rust's prelude can be used, since no generated type has such a name.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::comments::Comments;
use crate::model::{Docs, Type};
use crate::names::Ident;

/// The scope in which something is named, and the collector of its documentation.
#[derive(Clone, Copy)]
pub(super) struct Scope<'a> {
    /// Whether it is in a module of the file. Impls are not, since they see all items at the top.
    in_module: bool,
    comments: &'a Comments,
}

impl<'a> Scope<'a> {
    /// The top of the file.
    pub(super) fn top(comments: &'a Comments) -> Self {
        Self {
            in_module: false,
            comments,
        }
    }

    /// A module in the file.
    pub(super) fn module(self) -> Self {
        Self {
            in_module: true,
            ..self
        }
    }

    /// The attribute that represents documentation.
    pub(super) fn docs(self, docs: &Docs) -> Option<TokenStream> {
        self.comments.attribute(docs)
    }

    /// A type at the top of the file.
    pub(super) fn item(self, ident: &Ident) -> TokenStream {
        match self.in_module {
            true => quote!(super::#ident),
            false => quote!(#ident),
        }
    }

    /// The type of a field.
    pub(super) fn ty(self, ty: &Type) -> TokenStream {
        match ty {
            Type::Primitive(name) => {
                let name = format_ident!("{name}");
                quote!(#name)
            }
            Type::Unit => quote!(()),
            Type::String => quote!(String),
            Type::Value => quote!(::serde_json::Value),
            Type::Item(ident) | Type::Mapped(ident) => self.item(ident),
            Type::List(element) => {
                let element = self.ty(element);
                quote!(Vec<#element>)
            }
            Type::Boxed(inner) => {
                let inner = self.ty(inner);
                quote!(Box<#inner>)
            }
        }
    }
}

/// A JSON object with any members.
pub(super) fn map() -> TokenStream {
    quote!(::serde_json::Map<String, ::serde_json::Value>)
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
