//! Definitions and directives as written, with names not resolved yet.

use std::ops::Range;

use crate::source::{Source, SourceId, Span, Spanned};

/// A name with its place.
pub(crate) type Name<'a> = Spanned<&'a str>;

/// An item of a schema, in the order of the text. The items of an included file follow its include.
pub(crate) enum Item<'a> {
    Include(Include),
    Definition(Definition<'a>),
}

/// An `include` directive (docs/qapi.md section 2).
#[derive(Debug)]
pub(crate) struct Include {
    /// The included file.
    pub(crate) file: SourceId,
    /// The object of the directive.
    pub(crate) span: Span,
}

/// A definition of any kind (docs/qapi.md section 3).
pub(crate) struct Definition<'a> {
    pub(crate) name: Name<'a>,
    /// The whole object.
    pub(crate) span: Span,
    /// The index of its documentation among the blocks of the schema.
    pub(crate) doc: Option<usize>,
    pub(crate) condition: Option<Box<Spanned<Condition>>>,
    pub(crate) features: Vec<Feature<'a>>,
    pub(crate) kind: Kind<'a>,
}

pub(crate) enum Kind<'a> {
    Enum {
        values: Vec<EnumValue<'a>>,
        prefix: Option<&'a str>,
    },
    Struct {
        base: Option<Name<'a>>,
        members: Vec<Member<'a>>,
    },
    Union {
        base: Data<'a>,
        discriminator: Name<'a>,
        branches: Vec<Branch<'a>>,
    },
    /// A union without a discriminator, as in QEMU up to 6.1. Up to 2.3 it may have a base.
    SimpleUnion {
        base: Option<Name<'a>>,
        branches: Vec<Branch<'a>>,
    },
    Alternate {
        alternatives: Vec<Branch<'a>>,
    },
    Command {
        data: Option<Data<'a>>,
        returns: Option<TypeName<'a>>,
        flags: Flags,
    },
    Event {
        data: Option<Data<'a>>,
        boxed: bool,
    },
}

/// The flags of a command. `gen` and `success-response` are on by default.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Flags {
    pub(crate) boxed: bool,
    pub(crate) no_gen: bool,
    pub(crate) no_success_response: bool,
    pub(crate) allow_oob: bool,
    pub(crate) allow_preconfig: bool,
    pub(crate) coroutine: bool,
}

/// Inline members, or the name of a type.
pub(crate) enum Data<'a> {
    Members(Vec<Member<'a>>),
    Type(Name<'a>),
}

/// A member. `Type` is the representation of its type.
pub(crate) struct Member<'a, Type = MemberType<'a>> {
    /// The name, without the `*` that makes the member optional.
    pub(crate) name: Name<'a>,
    pub(crate) optional: bool,
    pub(crate) ty: Type,
    pub(crate) condition: Option<Box<Spanned<Condition>>>,
    pub(crate) features: Vec<Feature<'a>>,
}

/// A branch of a union or an alternative of an alternate. `Type` is the representation of its type.
pub(crate) struct Branch<'a, Type = TypeName<'a>> {
    pub(crate) name: Name<'a>,
    pub(crate) ty: Type,
    pub(crate) condition: Option<Box<Spanned<Condition>>>,
}

pub(crate) struct EnumValue<'a> {
    pub(crate) name: Name<'a>,
    pub(crate) condition: Option<Box<Spanned<Condition>>>,
    pub(crate) features: Vec<Feature<'a>>,
}

pub(crate) struct Feature<'a> {
    pub(crate) name: Name<'a>,
    pub(crate) condition: Option<Box<Spanned<Condition>>>,
}

pub(crate) enum MemberType<'a> {
    Named(TypeName<'a>),
    /// Members of an anonymous struct, as in QEMU up to 2.3.
    InPlace(Vec<Member<'a>>),
}

/// `NAME` or `[NAME]`.
#[derive(Clone, Copy)]
pub(crate) struct TypeName<'a> {
    pub(crate) name: Name<'a>,
    pub(crate) is_array: bool,
}

/// A condition on the configuration of the QEMU build (docs/qapi.md section 5).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Condition {
    /// The configuration has this symbol.
    Symbol(String),
    /// All of these conditions hold.
    All(Vec<Condition>),
    /// At least one of these conditions holds.
    Any(Vec<Condition>),
    /// The inner condition does not hold.
    Not(Box<Condition>),
}

/// The documentation blocks of a schema (docs/qapi.md section 6), their sections and their text.
#[derive(Default)]
pub(crate) struct Docs<'a> {
    pub(crate) blocks: Vec<Doc<'a>>,
    pub(crate) sections: Vec<Section<'a>>,
    pub(crate) runs: Vec<Run>,
}

impl<'a> Docs<'a> {
    /// The sections of one block.
    pub(crate) fn sections(&self, block: usize) -> &[Section<'a>] {
        &self.sections[self.blocks[block].sections.clone()]
    }
}

/// A documentation block.
pub(crate) struct Doc<'a> {
    pub(crate) source: &'a Source,
    /// The whole block.
    pub(crate) span: Span,
    /// The name after `@` on the first line. `None` for a free-form block.
    pub(crate) symbol: Option<Name<'a>>,
    /// The intro, which may be empty, followed by the other sections in the order of the text. A free-form block is one
    /// section.
    pub(crate) sections: Range<usize>,
    /// Members without a description.
    pub(crate) missing: Vec<Name<'a>>,
}

/// A part of a documentation block.
pub(crate) struct Section<'a> {
    pub(crate) kind: SectionKind<'a>,
    /// The first line.
    pub(crate) span: Span,
    /// The text.
    pub(crate) runs: Range<u32>,
    pub(crate) is_blank: bool,
}

/// Consecutive comment lines. The first may lack its beginning.
#[derive(Clone, Copy)]
pub(crate) struct Run {
    pub(crate) start: u32,
    pub(crate) end: u32,
}

/// The kind of a section.
#[derive(Clone, Copy)]
pub(crate) enum SectionKind<'a> {
    Intro,
    Plain,
    Member(Name<'a>),
    Feature(Name<'a>),
    /// The description of a member that does not exist.
    Bogus(Name<'a>),
    Returns,
    Errors,
    Since,
    Todo,
}

impl<'a> SectionKind<'a> {
    /// The tag that starts such a section.
    pub(crate) fn title(self) -> &'static str {
        match self {
            SectionKind::Intro => "Intro",
            SectionKind::Plain => "Plain",
            SectionKind::Member(_) | SectionKind::Bogus(_) => "Member",
            SectionKind::Feature(_) => "Feature",
            SectionKind::Returns => "Returns",
            SectionKind::Errors => "Errors",
            SectionKind::Since => "Since",
            SectionKind::Todo => "TODO",
        }
    }

    /// The member or feature that the section describes.
    pub(crate) fn name(self) -> Option<&'a str> {
        match self {
            SectionKind::Member(name) | SectionKind::Feature(name) => Some(name.value),
            _ => None,
        }
    }
}
