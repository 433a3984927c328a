//! Paths to types. Names of Rust's prelude can be used, since no generated type has such a name.

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
    pub(super) fn docs(self, docs: &Docs) -> String {
        self.comments.attribute(docs)
    }

    /// A type at the top of the file.
    pub(super) fn item(self, ident: &Ident) -> String {
        match self.in_module {
            true => format!("super::{ident}"),
            false => ident.to_string(),
        }
    }

    /// The type of a field.
    pub(super) fn ty(self, ty: &Type) -> String {
        match ty {
            Type::Primitive(name) => (*name).to_owned(),
            Type::Unit => "()".to_owned(),
            Type::String => "String".to_owned(),
            Type::Value => "::serde_json::Value".to_owned(),
            Type::Item(ident) | Type::Mapped(ident) => self.item(ident),
            Type::List(element) => format!("Vec<{}>", self.ty(element)),
            Type::Boxed(inner) => format!("Box<{}>", self.ty(inner)),
        }
    }
}

/// A JSON object with any members.
pub(super) const MAP: &str = "::serde_json::Map<String, ::serde_json::Value>";

/// The path to an item in a module of the file, as seen from the top.
pub(super) fn in_module(module: Option<&str>, ident: &Ident) -> String {
    match module {
        Some(module) => format!("{module}::{ident}"),
        None => ident.to_string(),
    }
}
