//! Definitions and directives as written, names not yet looked up.

use crate::source::{Span, Spanned};

/// A name and its place.
pub(crate) type Name = Spanned<String>;

/// What a schema consists of, in the order of its text; included files stand behind their include.
#[derive(Debug)]
pub(crate) enum Item {
    Include(Include),
    Definition(Box<Definition>),
}

/// An `include` directive (QAPI.md section 2).
#[derive(Debug)]
pub(crate) struct Include {
    /// The included file as the path in the directive leads to it from the including file.
    pub(crate) path: std::path::PathBuf,
    /// The directive's object.
    pub(crate) span: Span,
}

/// A definition of any kind (QAPI.md section 3).
#[derive(Debug)]
pub(crate) struct Definition {
    pub(crate) name: Name,
    /// The whole object.
    pub(crate) span: Span,
    /// Index of its documentation among the schema's blocks.
    pub(crate) doc: Option<usize>,
    pub(crate) condition: Option<Spanned<Condition>>,
    pub(crate) features: Vec<Feature>,
    pub(crate) kind: Kind,
}

#[derive(Debug)]
pub(crate) enum Kind {
    Enum {
        values: Vec<EnumValue>,
        prefix: Option<String>,
    },
    Struct {
        base: Option<Name>,
        members: Vec<Member>,
    },
    Union {
        base: Data,
        discriminator: Name,
        branches: Vec<Branch>,
    },
    /// A union without base and discriminator, as QEMU had them up to 6.1.
    SimpleUnion {
        branches: Vec<Branch>,
    },
    Alternate {
        alternatives: Vec<Branch>,
    },
    Command {
        data: Option<Data>,
        returns: Option<TypeName>,
        flags: Flags,
    },
    Event {
        data: Option<Data>,
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
#[derive(Debug)]
pub(crate) enum Data {
    Members(Vec<Member>),
    Type(Name),
}

#[derive(Debug)]
pub(crate) struct Member {
    /// Without the `*` that makes it optional.
    pub(crate) name: Name,
    pub(crate) optional: bool,
    pub(crate) ty: MemberType,
    pub(crate) condition: Option<Spanned<Condition>>,
    pub(crate) features: Vec<Feature>,
}

/// A branch of a union or an alternative of an alternate.
#[derive(Debug)]
pub(crate) struct Branch {
    pub(crate) name: Name,
    pub(crate) ty: TypeName,
    pub(crate) condition: Option<Spanned<Condition>>,
}

#[derive(Debug)]
pub(crate) struct EnumValue {
    pub(crate) name: Name,
    pub(crate) condition: Option<Spanned<Condition>>,
    pub(crate) features: Vec<Feature>,
}

#[derive(Debug)]
pub(crate) struct Feature {
    pub(crate) name: Name,
    pub(crate) condition: Option<Spanned<Condition>>,
}

#[derive(Debug)]
pub(crate) enum MemberType {
    Named(TypeName),
    /// Members of a struct without a name, as QEMU has them up to 2.3.
    InPlace(Vec<Member>),
}

/// `NAME` or `[NAME]`.
#[derive(Clone, Debug)]
pub(crate) struct TypeName {
    pub(crate) name: Name,
    pub(crate) is_array: bool,
}

/// When something exists, as decided when QEMU is built (QAPI.md section 5).
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

/// A documentation block (QAPI.md section 6).
#[derive(Clone, Debug)]
pub struct Doc {
    /// The whole block.
    pub span: Span,
    /// The name behind `@` on its first line; `None` for a free-form block.
    pub symbol: Option<Spanned<String>>,
    /// The overview, which may be empty, and then the rest in the order in which it is written.
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
    /// Text without a tag; the first such is the overview.
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

impl SectionKind {
    /// The tag that opens such a section.
    pub(crate) fn title(&self) -> &'static str {
        match self {
            SectionKind::Plain => "Plain",
            SectionKind::Member(_) => "Member",
            SectionKind::Feature(_) => "Feature",
            SectionKind::Returns => "Returns",
            SectionKind::Errors => "Errors",
            SectionKind::Since => "Since",
            SectionKind::Todo => "TODO",
        }
    }

    /// The member or feature that it describes.
    pub(crate) fn name(&self) -> Option<&str> {
        match self {
            SectionKind::Member(name) | SectionKind::Feature(name) => Some(&name.value),
            _ => None,
        }
    }

    /// Whether a block should not have both.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other) && self.name() == other.name()
    }
}
