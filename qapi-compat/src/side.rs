//! One side of a comparison.

use std::path::PathBuf;

use qapi_parser::{Definition, Kind, Schema, Span};
use serde::Serialize;

/// A schema that is compared, and what is known of it.
#[derive(Debug)]
pub struct Side {
    pub(crate) name: String,
    pub(crate) schema: Schema,
    pub(crate) known: Known,
}

/// What a side's schema tells.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Known {
    /// What only the schema's source has: names of types, widths of integers, conditions, and places.
    pub(crate) source: bool,
    /// Features.
    pub(crate) features: bool,
}

/// A place in a schema file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The file.
    pub path: PathBuf,
    /// The line, counted from 1.
    pub line: usize,
    /// The column in characters, counted from 1.
    pub column: usize,
    /// The text of the line, without the white space around it.
    pub text: String,
}

/// A schema that was read from its source.
impl From<Schema> for Side {
    fn from(schema: Schema) -> Self {
        let root = schema.sources().iter().next();
        Self {
            name: root.map_or(String::new(), |it| it.path().display().to_string()),
            schema,
            known: Known {
                source: true,
                features: true,
            },
        }
    }
}

impl Side {
    /// What the side is called: the path of the schema, or the address of a running QEMU.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The schema.
    pub fn schema(&self) -> &Schema {
        &self.schema
    }

    pub(crate) fn place(&self, span: Option<Span>) -> Option<Place> {
        let span = span.filter(|_| self.known.source)?;
        let sources = self.schema.sources();
        let position = sources.position(span);
        let source = sources.get(span.source);
        Some(Place {
            path: source.path().to_owned(),
            line: position.line,
            column: position.column,
            text: source.line(position.line).trim().to_owned(),
        })
    }

    /// The definitions that are written down, of one kind.
    pub(crate) fn written(&self, is: fn(&Kind) -> bool) -> impl Iterator<Item = &Definition> {
        let definitions = self.schema.definitions().map(|(_, it)| it);
        definitions.filter(move |it| !it.is_implicit && is(&it.kind))
    }
}
