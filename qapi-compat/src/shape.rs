//! The structure of a type on the wire. Type names, bases and the order of members do not matter.

use qapi_parser::{Alternate, Branches, Builtin, Enum, Id, Kind, Member, Schema};

/// The shape of the values of a type.
pub(crate) enum Shape<'a> {
    /// Any JSON value, or a type whose structure is not known.
    Any,
    Scalar(Scalar),
    Enum(&'a Enum),
    List(Id),
    Object(Option<&'a Branches>),
    Alternate(&'a Alternate),
}

/// A built-in type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scalar {
    Null,
    Boolean,
    String,
    Number,
    Integer(Range),
}

/// The values of an integer type, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Range {
    pub(crate) min: i128,
    pub(crate) max: i128,
}

impl Range {
    pub(crate) fn contains(self, other: Self) -> bool {
        self.min <= other.min && other.max <= self.max
    }
}

/// The JSON type by which an alternative is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Json {
    Null,
    Boolean,
    /// A number that is not an integer, next to [`Json::Integer`]: up to QEMU 2.9 an alternate may have both.
    Number,
    Integer,
    String,
    List,
    Object,
}

impl Json {
    /// The type in words.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean => "boolean",
            Self::Number => "number",
            Self::Integer => "integer",
            Self::String => "string",
            Self::List => "list",
            Self::Object => "object",
        }
    }

    /// A value of the type in words.
    pub(crate) fn phrase(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean => "a boolean",
            Self::Number => "a number",
            Self::Integer => "an integer",
            Self::String => "a string",
            Self::List => "a list",
            Self::Object => "an object",
        }
    }
}

pub(crate) fn shape(schema: &Schema, id: Id) -> Shape<'_> {
    shape_of(&schema.get(id).kind)
}

fn shape_of(kind: &Kind) -> Shape<'_> {
    match kind {
        Kind::Builtin(it) => builtin(*it).map_or(Shape::Any, Shape::Scalar),
        Kind::Enum(it) => Shape::Enum(it),
        Kind::Array(element) => Shape::List(*element),
        Kind::Object(it) => Shape::Object(it.branches.as_ref()),
        Kind::Alternate(it) => Shape::Alternate(it),
        // Commands and events are not types.
        Kind::Extern | Kind::Command(_) | Kind::Event(_) => Shape::Any,
    }
}

/// The JSON type of a type's values, if there is only one.
pub(crate) fn json(schema: &Schema, id: Id) -> Option<Json> {
    json_of(&schema.get(id).kind)
}

pub(crate) fn json_of(kind: &Kind) -> Option<Json> {
    Some(match shape_of(kind) {
        Shape::Scalar(Scalar::Null) => Json::Null,
        Shape::Scalar(Scalar::Boolean) => Json::Boolean,
        Shape::Scalar(Scalar::Number) => Json::Number,
        Shape::Scalar(Scalar::Integer(_)) => Json::Integer,
        Shape::Scalar(Scalar::String) | Shape::Enum(_) => Json::String,
        Shape::List(_) => Json::List,
        Shape::Object(_) => Json::Object,
        Shape::Alternate(_) | Shape::Any => return None,
    })
}

/// All members of an object, those of its bases first.
pub(crate) fn members(schema: &Schema, id: Id) -> Vec<&Member> {
    let members = schema.members(id).into_iter();
    members.map(|(_, member)| member).collect()
}

/// A built-in type, unless it holds any value.
pub(crate) fn builtin(builtin: Builtin) -> Option<Scalar> {
    let (min, max) = match builtin {
        Builtin::Null => return Some(Scalar::Null),
        Builtin::Bool => return Some(Scalar::Boolean),
        Builtin::Str => return Some(Scalar::String),
        Builtin::Number => return Some(Scalar::Number),
        Builtin::Any => return None,
        Builtin::Int8 => (i8::MIN.into(), i8::MAX.into()),
        Builtin::Int16 => (i16::MIN.into(), i16::MAX.into()),
        Builtin::Int32 => (i32::MIN.into(), i32::MAX.into()),
        Builtin::Int | Builtin::Int64 => (i64::MIN.into(), i64::MAX.into()),
        Builtin::Uint8 => (0, u8::MAX.into()),
        Builtin::Uint16 => (0, u16::MAX.into()),
        Builtin::Uint32 => (0, u32::MAX.into()),
        Builtin::Uint64 | Builtin::Size => (0, u64::MAX.into()),
    };
    Some(Scalar::Integer(Range { min, max }))
}
