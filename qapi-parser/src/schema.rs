//! The validated schema, with all names resolved.
//!
//! Types, commands and events share one arena and are identified by an [`Id`]. It also has the implicit definitions:
//! array types, objects for inline members, `q_empty` and the built-in types.

pub(crate) mod draft;
pub(crate) mod finish;
mod id;
mod module;
pub(crate) mod parts;
mod references;

use std::sync::OnceLock;

use crate::ast::Condition;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::source::{Sources, Span, Spanned};

pub use id::Id;
pub use module::{Entry, Module, ModuleId};

/// A valid schema.
#[derive(Debug)]
pub struct Schema {
    definitions: Vec<Definition>,
    /// The ids in the order of their names, computed on first use.
    by_name: OnceLock<Vec<Id>>,
    modules: Vec<Module>,
    docs: Vec<Doc>,
    warnings: Diagnostics,
}

/// A type, a command or an event.
#[derive(Clone, Debug)]
pub struct Definition {
    /// The name. For an implicit definition, the name that QEMU gives it.
    pub name: String,
    /// Where the name is written. For an implicit definition, where it is first needed. `None` for predefined ones.
    pub span: Option<Span>,
    /// Whether it is implicit.
    pub is_implicit: bool,
    /// The module that it belongs to.
    pub module: ModuleId,
    /// Its documentation; see [`Schema::doc`].
    pub doc: Option<DocId>,
    /// The condition under which it exists.
    pub condition: Option<Condition>,
    /// Its features.
    pub features: Vec<Feature>,
    /// The kind, with its details.
    pub kind: Kind,
}

/// The id of a documentation block in a [`Schema`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DocId(pub(crate) usize);

impl DocId {
    /// Where [`Schema::docs`] has the block.
    pub fn index(self) -> usize {
        self.0
    }
}

/// The kind of a [`Definition`].
#[derive(Clone, Debug)]
pub enum Kind {
    /// A built-in type.
    Builtin(Builtin),
    /// A type that the schema uses and does not define, and that the caller provides.
    Extern,
    /// An enumeration.
    Enum(Enum),
    /// An array with the given element type.
    Array(Id),
    /// A struct, a union, or an implicit object for inline members.
    Object(Object),
    /// One of several types, distinguished by their JSON type.
    Alternate(Alternate),
    /// A command.
    Command(Command),
    /// An event.
    Event(Event),
}

/// The built-in types (docs/qapi.md section 3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Builtin {
    Str,
    Number,
    Int,
    Int8,
    Int16,
    Int32,
    Int64,
    Uint8,
    Uint16,
    Uint32,
    Uint64,
    Size,
    Bool,
    Any,
    Null,
}

impl Builtin {
    pub(crate) const ALL: [(&'static str, Builtin); 15] = [
        ("str", Builtin::Str),
        ("number", Builtin::Number),
        ("int", Builtin::Int),
        ("int8", Builtin::Int8),
        ("int16", Builtin::Int16),
        ("int32", Builtin::Int32),
        ("int64", Builtin::Int64),
        ("uint8", Builtin::Uint8),
        ("uint16", Builtin::Uint16),
        ("uint32", Builtin::Uint32),
        ("uint64", Builtin::Uint64),
        ("size", Builtin::Size),
        ("bool", Builtin::Bool),
        ("any", Builtin::Any),
        ("null", Builtin::Null),
    ];
}

/// An enumeration.
#[derive(Clone, Debug)]
pub struct Enum {
    /// The values, in order.
    pub values: Vec<EnumValue>,
    /// The prefix for the constants in QEMU's C code.
    pub prefix: Option<String>,
}

/// A value of an [`Enum`].
#[derive(Clone, Debug)]
pub struct EnumValue {
    /// The string on the wire.
    pub name: Spanned<String>,
    /// The condition under which it exists.
    pub condition: Option<Condition>,
    /// Its features.
    pub features: Vec<Feature>,
}

/// A JSON object with known members.
#[derive(Clone, Debug)]
pub struct Object {
    /// The base, whose members come first.
    pub base: Option<Id>,
    /// Its own members.
    pub members: Vec<Member>,
    /// The branches, for a union.
    pub branches: Option<Branches>,
}

/// A member of an [`Object`].
#[derive(Clone, Debug)]
pub struct Member {
    /// The key on the wire.
    pub name: Spanned<String>,
    /// The type of its value.
    pub ty: Id,
    /// Whether it is optional.
    pub optional: bool,
    /// The condition under which it exists.
    pub condition: Option<Condition>,
    /// Its features.
    pub features: Vec<Feature>,
}

/// The part of a union that depends on its discriminator.
#[derive(Clone, Debug)]
pub struct Branches {
    /// The member of the base that selects the branch, with the place where the union names it.
    pub discriminator: Spanned<String>,
    /// The enum type of the discriminator. In schemas of QEMU 1.5 to 1.7 the discriminator may be a string, which
    /// implies an enum with a value for each branch.
    pub tag: Id,
    /// A branch for every value of the enum. Those without members come last.
    pub branches: Vec<Branch>,
}

/// A branch of a union or an alternative of an alternate.
#[derive(Clone, Debug)]
pub struct Branch {
    /// The name. For a union, this is a value of the discriminator.
    pub name: Spanned<String>,
    /// The type. For a union, this is an object, or `q_empty` if the schema does not list the branch.
    pub ty: Id,
    /// The condition under which it exists.
    pub condition: Option<Condition>,
}

/// A choice between types that are distinguished by their JSON type.
#[derive(Clone, Debug)]
pub struct Alternate {
    /// The alternatives.
    pub alternatives: Vec<Branch>,
}

/// A command.
#[derive(Clone, Debug)]
pub struct Command {
    /// The object type of the arguments. In schemas of QEMU 2.10 to 4.1 it may be an alternate, if `boxed`.
    pub arguments: Option<Id>,
    /// The return type. `None` means an empty object.
    pub returns: Option<Id>,
    /// Whether QEMU's C code takes the arguments as one struct.
    pub boxed: bool,
    /// Whether QEMU generates code for it. If not, it takes arguments beyond those in the schema.
    pub gen_code: bool,
    /// Whether it sends a response on success.
    pub success_response: bool,
    /// Whether it may be executed out of band.
    pub allow_oob: bool,
    /// Whether it may be executed before the machine is set up.
    pub allow_preconfig: bool,
    /// Whether QEMU runs it in a coroutine.
    pub coroutine: bool,
}

/// An event.
#[derive(Clone, Debug)]
pub struct Event {
    /// The object type of the data. In schemas of QEMU 2.10 to 4.1 it may be an alternate, if `boxed`.
    pub data: Option<Id>,
    /// Whether QEMU's C code takes the data as one struct.
    pub boxed: bool,
}

/// A feature of a definition, a member or a value, such as `deprecated` or `unstable`.
#[derive(Clone, Debug)]
pub struct Feature {
    /// The name.
    pub name: Spanned<String>,
    /// The condition under which it applies.
    pub condition: Option<Condition>,
}

/// A documentation block (docs/qapi.md section 6).
#[derive(Clone, Debug)]
pub struct Doc {
    /// The whole block.
    pub span: Span,
    /// The name after `@` on the first line. `None` for a free-form block.
    pub symbol: Option<Spanned<String>>,
    /// The intro, which may be empty, followed by the other sections in the order of the text. A free-form block is one
    /// plain section.
    pub sections: Vec<Section>,
}

/// A part of a documentation block.
#[derive(Clone, Debug)]
pub struct Section {
    /// The kind of the section.
    pub kind: SectionKind,
    /// The text, as reStructuredText with `\n` line ends and without leading and trailing blank lines.
    pub text: String,
    /// Its first line.
    pub span: Span,
}

/// The kind of a [`Section`].
#[derive(Clone, Debug)]
pub enum SectionKind {
    /// Indented text below the name on the block's first line, which is new in QEMU 11.1.
    Intro,
    /// Other text without a tag.
    Plain,
    /// The description of a member, value, branch or argument.
    Member(Spanned<String>),
    /// The description of a feature.
    Feature(Spanned<String>),
    /// The return value of a command.
    Returns,
    /// How a command can fail.
    Errors,
    /// The release that introduced it.
    Since,
    /// A note of the developers.
    Todo,
}

impl Schema {
    pub(crate) fn new(
        definitions: Vec<Definition>,
        modules: Vec<Module>,
        docs: Vec<Doc>,
        warnings: Diagnostics,
    ) -> Self {
        Self {
            definitions,
            by_name: OnceLock::new(),
            modules,
            docs,
            warnings,
        }
    }

    /// All definitions: first the built-in ones, then the others in the order of the schema.
    pub fn definitions(&self) -> impl ExactSizeIterator<Item = (Id, &Definition)> {
        let definitions = self.definitions.iter().enumerate();
        definitions.map(|(index, definition)| (Id(index as u32), definition))
    }

    /// The definition with an id.
    pub fn get(&self, id: Id) -> &Definition {
        &self.definitions[id.index()]
    }

    /// Finds a definition by name.
    pub fn find(&self, name: &str) -> Option<Id> {
        let by_name = self.by_name.get_or_init(|| {
            let mut ids: Vec<Id> = self.definitions().map(|(id, _)| id).collect();
            ids.sort_unstable_by_key(|&id| &self.get(id).name);
            ids
        });
        let found = by_name.binary_search_by_key(&name, |&id| &self.get(id).name);
        found.ok().map(|index| by_name[index])
    }

    /// The modules, starting with the built-in one.
    pub fn modules(&self) -> &[Module] {
        &self.modules
    }

    /// The module with an id.
    pub fn module(&self, id: ModuleId) -> &Module {
        &self.modules[id.0]
    }

    /// All documentation blocks in the order of the schema, including free-form ones.
    pub fn docs(&self) -> &[Doc] {
        &self.docs
    }

    /// The documentation block with an id.
    pub fn doc(&self, id: DocId) -> &Doc {
        &self.docs[id.0]
    }

    /// The files that were read.
    pub fn sources(&self) -> &Sources {
        self.warnings.sources()
    }

    /// Findings that do not change the meaning of the schema.
    pub fn warnings(&self) -> &Diagnostics {
        &self.warnings
    }

    /// Creates diagnostics with findings of another tool about this schema.
    pub fn diagnostics(&self, findings: Vec<Diagnostic>) -> Diagnostics {
        self.warnings.with(findings)
    }

    /// The object type with an id. `None` for other kinds.
    pub fn object(&self, id: Id) -> Option<&Object> {
        match &self.get(id).kind {
            Kind::Object(object) => Some(object),
            _ => None,
        }
    }

    /// The members of an object, starting with those of its bases, each with the object that declares it.
    pub fn members(&self, id: Id) -> Vec<(Id, &Member)> {
        let mut chain = vec![];
        let mut next = Some(id);
        while let Some((id, object)) = next.and_then(|id| Some((id, self.object(id)?))) {
            chain.push((id, object));
            next = object.base;
        }
        let own = chain.into_iter().rev();
        own.flat_map(|(id, object)| object.members.iter().map(move |member| (id, member)))
            .collect()
    }
}
