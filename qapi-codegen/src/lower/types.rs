//! Types of members.

use qapi_parser::{Builtin, Id, Kind};

use super::context::Lowering;
use crate::model::Type;

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
