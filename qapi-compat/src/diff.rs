//! Compares two schemas.

mod change;
mod compare;
mod directions;
mod names;
mod parts;
mod program;
mod recursion;

use std::collections::BTreeSet;
use std::fmt;

use qapi_parser::{Kind, nearest};

pub use change::{Change, Question};

use crate::rule::Severity;
use crate::side::Side;

/// All changes from one schema to another.
#[derive(Clone, Debug)]
pub struct Diff {
    /// The name of the old side.
    pub old: String,
    /// The name of the new side.
    pub new: String,
    /// Whether the verdicts on Rust are known, which takes two schemas: replies of `query-qmp-schema` lack the names of
    /// types.
    pub knows_rust: bool,
    /// The changes: those of commands, of events and of types, in the order of the old schema, and the worst change of a
    /// command, an event or a type first.
    pub changes: Vec<Change>,
}

impl Diff {
    /// Compares two schemas.
    ///
    /// ```
    /// use qapi_compat::{Diff, Question, Severity, Side};
    /// use qapi_parser::Loader;
    ///
    /// let load = |text: &str| {
    ///     let text = text.to_owned();
    ///     let loader = Loader::new().read_with(move |_| Ok(text.clone().into()));
    ///     loader.load("schema.json").map(Side::from)
    /// };
    /// let old = load("{ 'command': 'eject', 'data': { 'device': 'str' } }")?;
    /// let new = load("{ 'command': 'eject', 'data': { '*device': 'str', 'id': 'str' } }")?;
    /// let diff = Diff::new(&old, &new);
    /// let change = &diff.changes[0];
    /// assert_eq!(change.path.to_string(), "eject/arg-type/id");
    /// assert_eq!(change.message, "required argument `id` is new");
    /// assert_eq!(diff.worst(Question::Wire), Severity::Breaks);
    /// # Ok::<(), qapi_parser::Error>(())
    /// ```
    pub fn new(old: &Side, new: &Side) -> Self {
        Self::of(old, new, None)
    }

    /// Compares what a program uses: the commands, events and types with these names, and the types they refer to.
    ///
    /// # Errors
    ///
    /// [`UnknownName`] if neither schema has one of the names, or if it is the name of a type and a side is a reply of
    /// `query-qmp-schema`, which has no type names.
    pub fn only<N: Into<String>>(
        old: &Side,
        new: &Side,
        names: impl IntoIterator<Item = N>,
    ) -> Result<Self, UnknownName> {
        let only: BTreeSet<String> = names.into_iter().map(Into::into).collect();
        let written = || {
            [old, new]
                .into_iter()
                .flat_map(|side| side.written(|_| true))
        };
        let has_types = old.known.source && new.known.source;
        let is_known = |kind: &Kind| has_types || !is_type(kind);
        let known = written().filter(|it| is_known(&it.kind));
        let known: BTreeSet<&str> = known.map(|it| it.name.as_str()).collect();
        match only.iter().find(|name| !known.contains(name.as_str())) {
            None => Ok(Self::of(old, new, Some(&only))),
            Some(name) => Err(UnknownName {
                name: name.clone(),
                nearest: nearest(name, known).map(str::to_owned),
                is_type: written().any(|it| it.name == *name),
            }),
        }
    }

    fn of(old: &Side, new: &Side, only: Option<&BTreeSet<String>>) -> Self {
        Self {
            old: old.name.clone(),
            new: new.name.clone(),
            knows_rust: old.known.source && new.known.source,
            changes: compare::compare(old, new, only),
        }
    }

    /// The worst verdict on a question among the changes.
    pub fn worst(&self, question: Question) -> Severity {
        let answers = self.changes.iter().map(|it| it.severity(question));
        answers.max().unwrap_or(Severity::Fine)
    }
}

fn is_type(kind: &Kind) -> bool {
    !matches!(kind, Kind::Command(_) | Kind::Event(_))
}

/// A requested name that cannot be compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownName {
    /// The name.
    pub name: String,
    /// The most similar name.
    pub nearest: Option<String>,
    /// Whether it is the name of a type, which a reply of `query-qmp-schema` does not have.
    pub is_type: bool,
}

impl fmt::Display for UnknownName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = &self.name;
        if self.is_type {
            return write!(
                f,
                "cannot select the type '{name}', because a reply of query-qmp-schema has no type names; \
                 select commands and events"
            );
        }
        write!(
            f,
            "neither schema defines a command, an event or a type '{name}'"
        )?;
        match &self.nearest {
            Some(near) => write!(f, "; did you mean '{near}'?"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for UnknownName {}
