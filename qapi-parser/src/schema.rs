//! The checked schema: every name looked up, every rule obeyed.
//!
//! Types, commands and events share one arena and are named by [`Id`]. What the schema implies stands there too: array
//! types, the objects that hold members written in place, `q_empty` and the built-in types.

pub(crate) mod draft;
pub(crate) mod finish;
mod id;
mod module;
pub(crate) mod parts;

use std::sync::OnceLock;

use crate::ast::Condition;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::source::{Sources, Span, Spanned};

pub use id::Id;
pub use module::{Entry, Module, ModuleId};

/// A schema that was accepted.
#[derive(Debug)]
pub struct Schema {
    definitions: Vec<Definition>,
    /// The ids in the order of their names, once somebody asks for a name.
    by_name: OnceLock<Vec<Id>>,
    modules: Vec<Module>,
    docs: Vec<Doc>,
    warnings: Diagnostics,
}

/// A type, a command or an event.
#[derive(Debug)]
pub struct Definition {
    /// Its name; for what the schema implies, the name that QEMU gives it.
    pub name: String,
    /// Where the name is written; for what the schema implies, where it is first needed, and `None` for what every
    /// schema has.
    pub span: Option<Span>,
    /// Whether the schema implies it.
    pub is_implicit: bool,
    /// The file that it belongs to.
    pub module: ModuleId,
    /// Its documentation, for [`Schema::doc`].
    pub doc: Option<DocId>,
    /// When it exists.
    pub condition: Option<Condition>,
    /// What can be said of it.
    pub features: Vec<Feature>,
    /// What it is.
    pub kind: Kind,
}

/// Names a documentation block of a [`Schema`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DocId(pub(crate) usize);

/// What a [`Definition`] defines.
#[derive(Debug)]
pub enum Kind {
    /// A type that every schema has.
    Builtin(Builtin),
    /// A type that the schema names and does not define, but that the caller vouches for.
    Extern,
    /// A list of values.
    Enum(Enum),
    /// A list of elements of one type.
    Array(Id),
    /// A struct, a union, or members written in place.
    Object(Object),
    /// One of several types, told apart by their JSON type.
    Alternate(Alternate),
    /// Something that a client can ask for.
    Command(Command),
    /// Something that a client is told.
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
#[derive(Debug)]
pub struct Enum {
    /// The values in their order.
    pub values: Vec<EnumValue>,
    /// What QEMU's C code puts before the names of the values.
    pub prefix: Option<String>,
}

/// A value of an [`Enum`].
#[derive(Debug)]
pub struct EnumValue {
    /// The string on the wire, and where it is written.
    pub name: Spanned<String>,
    /// When it exists.
    pub condition: Option<Condition>,
    /// What can be said of it.
    pub features: Vec<Feature>,
}

/// A JSON object with known members.
#[derive(Debug)]
pub struct Object {
    /// An object whose members it has as well, first of all.
    pub base: Option<Id>,
    /// Its own members.
    pub members: Vec<Member>,
    /// For a union, what depends on its discriminator.
    pub branches: Option<Branches>,
}

/// A member of an [`Object`].
#[derive(Debug)]
pub struct Member {
    /// The key on the wire, and where it is written.
    pub name: Spanned<String>,
    /// The type of its value.
    pub ty: Id,
    /// Whether it may be left out.
    pub optional: bool,
    /// When it exists.
    pub condition: Option<Condition>,
    /// What can be said of it.
    pub features: Vec<Feature>,
}

/// The part of a union that depends on its discriminator.
#[derive(Debug)]
pub struct Branches {
    /// The member of the base that tells which branch it is, and where the union names it.
    pub discriminator: Spanned<String>,
    /// The discriminator's enum. In schemas of QEMU 1.5 to 1.7 the discriminator may be a string; its enum is implied, and
    /// has a value for each branch.
    pub tag: Id,
    /// A branch for every value of the enum, those without members last.
    pub branches: Vec<Branch>,
}

/// A branch of a union or an alternative of an alternate.
#[derive(Debug)]
pub struct Branch {
    /// Its name, and where it is written: for a union, the value of the discriminator.
    pub name: Spanned<String>,
    /// For a union an object, `q_empty` where the schema has none.
    pub ty: Id,
    /// When it exists.
    pub condition: Option<Condition>,
}

/// A choice between types that differ in JSON.
#[derive(Debug)]
pub struct Alternate {
    /// The alternatives.
    pub alternatives: Vec<Branch>,
}

/// A command.
#[derive(Debug)]
pub struct Command {
    /// The object that has its arguments; in schemas of QEMU 2.10 to 4.1 it may be an alternate, if `boxed`.
    pub arguments: Option<Id>,
    /// What it returns; an empty object where there is none.
    pub returns: Option<Id>,
    /// Whether QEMU's C code takes the arguments as one.
    pub boxed: bool,
    /// Whether QEMU generates code for it; where not, it takes members that the schema does not know.
    pub gen_code: bool,
    /// Whether it answers at all when it succeeds.
    pub success_response: bool,
    /// Whether it may be executed out of band.
    pub allow_oob: bool,
    /// Whether it may be executed before the machine is set up.
    pub allow_preconfig: bool,
    /// Whether QEMU runs it in a coroutine.
    pub coroutine: bool,
}

/// An event.
#[derive(Debug)]
pub struct Event {
    /// The object that has its data; in schemas of QEMU 2.10 to 4.1 it may be an alternate, if `boxed`.
    pub data: Option<Id>,
    /// Whether QEMU's C code takes the data as one.
    pub boxed: bool,
}

/// Something that can be said of a definition, a member or a value: `deprecated`, `unstable`, or what else is agreed.
#[derive(Debug)]
pub struct Feature {
    /// Its name, and where it is written.
    pub name: Spanned<String>,
    /// When it holds.
    pub condition: Option<Condition>,
}

/// A documentation block (docs/qapi.md section 6).
#[derive(Clone, Debug)]
pub struct Doc {
    /// The whole block.
    pub span: Span,
    /// The name behind `@` on its first line; `None` for a free-form block.
    pub symbol: Option<Spanned<String>>,
    /// The intro, which may be empty, and then the rest in the order in which it is written. A free-form block is one
    /// plain section.
    pub sections: Vec<Section>,
}

/// A part of a documentation block.
#[derive(Clone, Debug)]
pub struct Section {
    /// What it is about.
    pub kind: SectionKind,
    /// reStructuredText, lines ended by `\n`, with no blank lines around.
    pub text: String,
    /// Its first line.
    pub span: Span,
}

/// What a [`Section`] is about.
#[derive(Clone, Debug)]
pub enum SectionKind {
    /// Indented text below the name on the block's first line, which is new in QEMU 11.1.
    Intro,
    /// Other text without a tag.
    Plain,
    /// A member, value, branch or argument.
    Member(Spanned<String>),
    /// A feature.
    Feature(Spanned<String>),
    /// What a command returns.
    Returns,
    /// How a command can fail.
    Errors,
    /// Since when it exists.
    Since,
    /// What its developers have yet to do.
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

    /// All definitions: the built-in ones, then the others in the order of the schema.
    pub fn definitions(&self) -> impl ExactSizeIterator<Item = (Id, &Definition)> {
        let definitions = self.definitions.iter().enumerate();
        definitions.map(|(index, definition)| (Id(index as u32), definition))
    }

    /// One definition.
    pub fn get(&self, id: Id) -> &Definition {
        &self.definitions[id.index()]
    }

    /// The definition that has a name.
    pub fn find(&self, name: &str) -> Option<Id> {
        let by_name = self.by_name.get_or_init(|| {
            let mut ids: Vec<Id> = self.definitions().map(|(id, _)| id).collect();
            ids.sort_unstable_by_key(|&id| &self.get(id).name);
            ids
        });
        let found = by_name.binary_search_by_key(&name, |&id| &self.get(id).name);
        found.ok().map(|index| by_name[index])
    }

    /// The schema's files as parts of it, the built-in part first.
    pub fn modules(&self) -> &[Module] {
        &self.modules
    }

    /// One module.
    pub fn module(&self, id: ModuleId) -> &Module {
        &self.modules[id.0]
    }

    /// All documentation blocks in the order of the schema, free-form ones among them.
    pub fn docs(&self) -> &[Doc] {
        &self.docs
    }

    /// One documentation block.
    pub fn doc(&self, id: DocId) -> &Doc {
        &self.docs[id.0]
    }

    /// The files that were read, for whoever wants to know when one changes.
    pub fn sources(&self) -> &Sources {
        self.warnings.sources()
    }

    /// What was found and does not matter to what the schema means.
    pub fn warnings(&self) -> &Diagnostics {
        &self.warnings
    }

    /// Findings of another tool about this schema, to be shown as its own are.
    pub fn diagnostics(&self, findings: Vec<Diagnostic>) -> Diagnostics {
        self.warnings.with(findings)
    }

    /// The object behind a type's id, when it is one.
    pub fn object(&self, id: Id) -> Option<&Object> {
        match &self.get(id).kind {
            Kind::Object(object) => Some(object),
            _ => None,
        }
    }

    /// The members of an object, those of its bases first, each with the object that declares it.
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
