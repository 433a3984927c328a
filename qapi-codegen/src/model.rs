//! The Rust view of a schema: items, fields and variants, with all decisions made and without code.

use crate::names::Ident;

/// A generated file.
#[derive(Debug)]
pub(crate) struct File {
    /// The file name of the schema root.
    pub(crate) schema: String,
    /// Types at the top, in the order of the schema.
    pub(crate) types: Vec<Item>,
    /// Commands, in the order of the schema.
    pub(crate) commands: Vec<Command>,
    /// Events, in the order of the schema.
    pub(crate) events: Vec<Event>,
    /// The path to the crate with the envelope. `None` if the file carries it.
    pub(crate) client: Option<String>,
    /// For the enum of all events.
    pub(crate) event_extras: Extras,
    /// The attributes for unknown values.
    pub(crate) unknown_extras: Extras,
    /// The contents by file of the schema.
    pub(crate) contents: Vec<Contents>,
}

/// The contents of one file: names in the schema with identifiers.
#[derive(Debug)]
pub(crate) struct Contents {
    pub(crate) file: String,
    pub(crate) commands: Vec<(String, Ident)>,
    pub(crate) events: Vec<(String, Ident)>,
    pub(crate) types: Vec<(String, Ident)>,
}

impl Contents {
    pub(crate) fn is_empty(&self) -> bool {
        self.commands.is_empty() && self.events.is_empty() && self.types.is_empty()
    }
}

impl File {
    /// The structs of all commands and events, with their modules.
    pub(crate) fn structs_in_modules(&self) -> impl Iterator<Item = (&'static str, &Struct)> {
        let commands = self.commands.iter().map(|it| ("commands", &it.arguments));
        commands.chain(self.events.iter().map(|it| ("events", &it.data)))
    }

    /// Whether any type is an enum.
    pub(crate) fn has_enums(&self) -> bool {
        self.types.iter().any(|it| matches!(it, Item::Enum(_)))
    }

    /// Whether any object is a union.
    pub(crate) fn has_unions(&self) -> bool {
        let types = self.types.iter().filter_map(|item| match item {
            Item::Struct(it) => Some(&**it),
            _ => None,
        });
        let inner = self.structs_in_modules().map(|(_, it)| it);
        types.chain(inner).any(|it| it.branches.is_some())
    }
}

/// A type at the top of the file.
#[derive(Debug)]
pub(crate) enum Item {
    Enum(Enum),
    Struct(Box<Struct>),
    Alternate(Alternate),
    Alias(Alias),
}

/// A deprecation.
#[derive(Clone, Debug)]
pub(crate) struct Deprecation {
    /// The text in the schema, without markup.
    pub(crate) note: Option<String>,
}

/// Lines of Markdown.
pub(crate) type Docs = Vec<String>;

/// The attributes of an item other than its documentation, as Rust source.
#[derive(Clone, Debug, Default)]
pub(crate) struct Extras {
    pub(crate) derives: Vec<String>,
    pub(crate) attributes: Vec<String>,
}

/// An external type.
#[derive(Debug)]
pub(crate) struct Alias {
    pub(crate) ident: Ident,
    pub(crate) docs: Docs,
    /// The path to it. `None` if it has this name in the module of the file.
    pub(crate) path: Option<String>,
}

/// One of several strings.
#[derive(Debug)]
pub(crate) struct Enum {
    pub(crate) ident: Ident,
    /// The name in the schema.
    pub(crate) name: String,
    pub(crate) docs: Docs,
    pub(crate) extras: Extras,
    /// Whether it implements `PartialOrd` and `Ord`.
    pub(crate) is_ordered: bool,
    pub(crate) values: Vec<Value>,
}

/// A variant that is a string.
#[derive(Debug)]
pub(crate) struct Value {
    pub(crate) ident: Ident,
    pub(crate) wire: String,
    pub(crate) docs: Docs,
    pub(crate) deprecated: Option<Deprecation>,
}

/// An object: its fields, and the branches of a union.
#[derive(Debug)]
pub(crate) struct Struct {
    pub(crate) ident: Ident,
    /// The name in the schema.
    pub(crate) name: String,
    pub(crate) docs: Docs,
    pub(crate) deprecated: Option<Deprecation>,
    pub(crate) extras: Extras,
    pub(crate) fields: Vec<Field>,
    pub(crate) branches: Option<Branches>,
    /// The field for unknown members.
    pub(crate) rest: Option<Ident>,
    /// Whether it is encoded as its only field instead of an object with that member.
    pub(crate) is_transparent: bool,
    /// Whether optional fields have setters, because clients create values of the type.
    pub(crate) has_setters: bool,
    /// How it converts from its only required part: the branch of a union, or a member.
    pub(crate) conversion: Option<Source>,
}

impl Struct {
    /// Whether `new` takes nothing.
    pub(crate) fn is_made_from_nothing(&self) -> bool {
        self.branches.is_none() && !self.fields.iter().any(|field| field.in_new)
    }

    /// Whether it is empty.
    pub(crate) fn is_empty(&self) -> bool {
        self.fields.is_empty() && self.branches.is_none() && self.rest.is_none()
    }
}

/// A member.
#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) ident: Ident,
    pub(crate) wire: String,
    pub(crate) docs: Docs,
    /// The documentation of its setter.
    pub(crate) setter_docs: Docs,
    pub(crate) ty: Type,
    pub(crate) argument: Argument,
    /// Whether it is an `Option`.
    pub(crate) optional: bool,
    /// Whether `new` takes it, as a value even if it is an `Option`.
    pub(crate) in_new: bool,
    pub(crate) deprecated: Option<Deprecation>,
}

/// How a function takes a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Argument {
    /// As it is.
    Exact,
    /// As anything that converts into it.
    Into,
    /// As anything that yields the elements, or what converts into them.
    List(bool),
}

/// How a type converts from another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// From the type itself, or lists of what converts into its elements.
    Exact,
    /// From everything that strings convert from.
    Text,
    /// From all that converts into the type.
    Generic,
}

/// The part of a union that depends on its discriminator: a field, and the enum that is its type.
#[derive(Debug)]
pub(crate) struct Branches {
    /// The enum.
    pub(crate) ident: Ident,
    /// The field.
    pub(crate) field: Ident,
    /// The method that returns the discriminator.
    pub(crate) method: Ident,
    /// The documentation of the method, which is that of the discriminator.
    pub(crate) docs: Docs,
    /// The discriminator on the wire.
    pub(crate) wire: String,
    /// The discriminator's type.
    pub(crate) tag: Ident,
    /// Whether QEMU may leave the discriminator out.
    pub(crate) is_hideable: bool,
    pub(crate) variants: Vec<Variant>,
}

/// A branch of a union.
#[derive(Debug)]
pub(crate) struct Variant {
    /// The name, which is also that of the value of the discriminator.
    pub(crate) ident: Ident,
    pub(crate) docs: Docs,
    pub(crate) deprecated: Option<Deprecation>,
    pub(crate) payload: Payload,
    /// The constructor of the union with this branch.
    pub(crate) constructor: Option<Ident>,
    /// How the constructor takes the payload.
    pub(crate) argument: Argument,
    /// The types that convert into this branch, each with the struct around it.
    pub(crate) conversions: Vec<(Type, Option<Ident>)>,
}

/// The members of a branch.
#[derive(Debug)]
pub(crate) enum Payload {
    Nothing,
    /// Those of an object, next to those of the union.
    Object(Type),
    /// A single member with this name.
    Member(String, Type),
}

/// One of several types that are distinguished by their JSON type.
#[derive(Debug)]
pub(crate) struct Alternate {
    pub(crate) ident: Ident,
    /// The name in the schema.
    pub(crate) name: String,
    pub(crate) docs: Docs,
    pub(crate) extras: Extras,
    pub(crate) alternatives: Vec<Alternative>,
}

/// An alternative of an [`Alternate`].
#[derive(Debug)]
pub(crate) struct Alternative {
    pub(crate) ident: Ident,
    pub(crate) docs: Docs,
    pub(crate) json: Json,
    pub(crate) ty: Type,
    /// Whether it is an external type, which another alternative may have as well.
    pub(crate) is_foreign: bool,
    pub(crate) argument: Argument,
    /// How the alternate converts from it.
    pub(crate) conversion: Option<Source>,
}

/// The JSON type of an alternative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Json {
    Null,
    Boolean,
    Number,
    /// An integer, if another alternative has all other numbers (docs/qapi.md section 7).
    Integer,
    /// Any string.
    String,
    /// A value of an enum.
    Enum,
    List,
    Object,
}

/// The type of a field.
#[derive(Clone, Debug)]
pub(crate) enum Type {
    /// A type of Rust.
    Primitive(&'static str),
    /// `()`, for `null`.
    Unit,
    String,
    /// Any JSON value.
    Value,
    /// A type at the top of the file.
    Item(Ident),
    /// The caller's type for a built-in type, which has an alias at the top of the file.
    Mapped(Ident),
    List(Box<Type>),
    /// A boxed type, for recursive types.
    Boxed(Box<Type>),
}

impl Type {
    /// Whether it is an unsigned 64-bit integer.
    pub(crate) fn is_u64(&self) -> bool {
        matches!(self, Type::Primitive("u64"))
    }

    /// The type of the elements of a list.
    pub(crate) fn element(&self) -> Option<&Type> {
        match self {
            Type::List(element) => Some(element),
            _ => None,
        }
    }
}

/// A command.
#[derive(Debug)]
pub(crate) struct Command {
    /// The struct of its arguments.
    pub(crate) arguments: Struct,
    /// The type at the top of the file that has the same members.
    pub(crate) same_as: Option<Ident>,
    pub(crate) allow_oob: bool,
    /// Whether QEMU responds on success.
    pub(crate) success_response: bool,
    /// The return type; `None` for an object without members.
    pub(crate) returns: Option<Type>,
}

/// An event.
#[derive(Debug)]
pub(crate) struct Event {
    /// Its data, and its name as a type.
    pub(crate) data: Struct,
    /// Its name as a variant of all events.
    pub(crate) variant: Ident,
    /// Whether QEMU sends `data` with it.
    pub(crate) has_data: bool,
}
