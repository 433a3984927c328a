//! Definitions and directives as written, names not yet looked up.

use std::ops::Range;

use crate::source::{Source, SourceId, Span, Spanned};

/// A name and its place.
pub(crate) type Name<'a> = Spanned<&'a str>;

/// What a schema consists of, in the order of its text; included files stand behind their include.
pub(crate) enum Item<'a> {
    Include(Include),
    Definition(Definition<'a>),
}

/// An `include` directive (docs/qapi.md section 2).
#[derive(Debug)]
pub(crate) struct Include {
    /// The included file.
    pub(crate) file: SourceId,
    /// The directive's object.
    pub(crate) span: Span,
}

/// A definition of any kind (docs/qapi.md section 3).
pub(crate) struct Definition<'a> {
    pub(crate) name: Name<'a>,
    /// The whole object.
    pub(crate) span: Span,
    /// Index of its documentation among the schema's blocks.
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
    /// A union without a discriminator, as QEMU had them up to 6.1, and up to 2.3 with a base.
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

/// The flags of a command; `gen` and `success-response` are on unless switched off.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Flags {
    pub(crate) boxed: bool,
    pub(crate) no_gen: bool,
    pub(crate) no_success_response: bool,
    pub(crate) allow_oob: bool,
    pub(crate) allow_preconfig: bool,
    pub(crate) coroutine: bool,
}

/// Members in place, or the name of a type that has them.
pub(crate) enum Data<'a> {
    Members(Vec<Member<'a>>),
    Type(Name<'a>),
}

/// A member; `Type` is what is known of the type of its value.
pub(crate) struct Member<'a, Type = MemberType<'a>> {
    /// Without the `*` that makes it optional.
    pub(crate) name: Name<'a>,
    pub(crate) optional: bool,
    pub(crate) ty: Type,
    pub(crate) condition: Option<Box<Spanned<Condition>>>,
    pub(crate) features: Vec<Feature<'a>>,
}

/// A branch of a union or an alternative of an alternate; `Type` is what is known of its type.
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
    /// Members of a struct without a name, as QEMU has them up to 2.3.
    InPlace(Vec<Member<'a>>),
}

/// `NAME` or `[NAME]`.
#[derive(Clone, Copy)]
pub(crate) struct TypeName<'a> {
    pub(crate) name: Name<'a>,
    pub(crate) is_array: bool,
}

/// When something exists, as decided when QEMU is built (docs/qapi.md section 5).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Condition {
    /// The configuration has this symbol.
    Symbol(String),
    /// All of these hold.
    All(Vec<Condition>),
    /// At least one of these holds.
    Any(Vec<Condition>),
    /// This does not hold.
    Not(Box<Condition>),
}

/// The documentation blocks of a schema (docs/qapi.md section 6), with what they are made of in one list each.
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
    /// The name behind `@` on its first line; `None` for a free-form block.
    pub(crate) symbol: Option<Name<'a>>,
    /// The intro, which may be empty, and then the rest in the order in which it is written; all of a free-form block is
    /// one section.
    pub(crate) sections: Range<usize>,
    /// Members that it should describe and does not.
    pub(crate) missing: Vec<Name<'a>>,
}

/// A part of a documentation block.
pub(crate) struct Section<'a> {
    pub(crate) kind: SectionKind<'a>,
    /// Its first line.
    pub(crate) span: Span,
    /// Its text.
    pub(crate) runs: Range<u32>,
    pub(crate) is_blank: bool,
}

/// Comment lines that stand one below the other; the first may have lost its beginning.
#[derive(Clone, Copy)]
pub(crate) struct Run {
    pub(crate) start: u32,
    pub(crate) end: u32,
}

/// What a section is about.
#[derive(Clone, Copy)]
pub(crate) enum SectionKind<'a> {
    Intro,
    Plain,
    Member(Name<'a>),
    Feature(Name<'a>),
    /// A description of what does not exist.
    Bogus(Name<'a>),
    Returns,
    Errors,
    Since,
    Todo,
}

impl<'a> SectionKind<'a> {
    /// The tag that opens such a section.
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

    /// The member or feature that it describes.
    pub(crate) fn name(self) -> Option<&'a str> {
        match self {
            SectionKind::Member(name) | SectionKind::Feature(name) => Some(name.value),
            _ => None,
        }
    }
}
