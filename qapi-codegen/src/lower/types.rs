//! Types of members.

use qapi_parser::{Builtin, Id, Kind};

use super::context::Lowering;
use super::conversions::Node;
use crate::model::{Argument, Source, Type};

impl Lowering<'_> {
    /// The Rust type for a type of the schema.
    pub(super) fn ty(&self, id: Id) -> Type {
        match &self.schema.get(id).kind {
            Kind::Builtin(builtin) => match self.idents.get(&id) {
                Some(ident) => Type::Mapped(ident.clone()),
                None => self::builtin(*builtin),
            },
            Kind::Array(element) => Type::List(Box::new(self.ty(*element))),
            _ => match self.idents.get(&id) {
                Some(ident) => Type::Item(ident.clone()),
                // Commands and events are not types, which the parser has checked.
                None => Type::Value,
            },
        }
    }

    /// The same, contained in `owner`.
    pub(super) fn held(&self, owner: Option<Id>, id: Id) -> Type {
        let ty = self.ty(id);
        match owner.is_some_and(|owner| self.boxing.is_boxed(owner, id)) {
            true => Type::Boxed(Box::new(ty)),
            false => ty,
        }
    }

    /// How functions take a value of a type.
    pub(super) fn argument(&self, ty: Id) -> Argument {
        match &self.schema.get(ty).kind {
            Kind::Array(element) => Argument::List(self.takes_into(*element)),
            _ if self.takes_into(ty) => Argument::Into,
            _ => Argument::Exact,
        }
    }

    fn takes_into(&self, ty: Id) -> bool {
        match &self.schema.get(ty).kind {
            Kind::Builtin(builtin) => {
                self.is_foreign(ty) || matches!(builtin, Builtin::Str | Builtin::Any)
            }
            Kind::Alternate(_) => true,
            Kind::Object(object) => object.branches.is_some() || self.conversions.has_any(ty),
            _ => false,
        }
    }

    /// How `node` converts from a type, if it does.
    pub(super) fn source(&self, node: Node, ty: Id) -> Option<Source> {
        let source = self.nodes().node(ty);
        if self.conversions.is_generic(node, source) {
            return Some(Source::Generic);
        }
        let is_text = matches!(source, Node::Std("String"));
        let is_exact = self.conversions.is_exact(node, source) && source != Node::Std("()");
        is_exact.then_some(match is_text {
            true => Source::Text,
            false => Source::Exact,
        })
    }

    /// Whether it is an external type.
    pub(super) fn is_foreign(&self, id: Id) -> bool {
        self.options.is_foreign(&self.schema.get(id).name)
    }
}

/// docs/qapi.md section 8: integers are exact to 64 bits.
fn builtin(builtin: Builtin) -> Type {
    match builtin {
        Builtin::Str => Type::String,
        Builtin::Number => Type::Primitive("f64"),
        Builtin::Int | Builtin::Int64 => Type::Primitive("i64"),
        Builtin::Int8 => Type::Primitive("i8"),
        Builtin::Int16 => Type::Primitive("i16"),
        Builtin::Int32 => Type::Primitive("i32"),
        Builtin::Uint8 => Type::Primitive("u8"),
        Builtin::Uint16 => Type::Primitive("u16"),
        Builtin::Uint32 => Type::Primitive("u32"),
        Builtin::Uint64 | Builtin::Size => Type::Primitive("u64"),
        Builtin::Bool => Type::Primitive("bool"),
        Builtin::Any => Type::Value,
        Builtin::Null => Type::Unit,
    }
}
