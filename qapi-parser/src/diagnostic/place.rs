//! Places as reports name them.

use std::fmt;
use std::path::Path;

use crate::source::{Sources, Span};

/// A file, a line and a column, both counted from 1.
///
/// It displays as `PATH:LINE:COLUMN`, or `PATH:LINE` without a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place<'a> {
    /// The file.
    pub path: &'a Path,
    /// The line.
    pub line: usize,
    /// The column, in characters.
    pub column: Option<usize>,
}

impl<'a> Place<'a> {
    /// Where `span` begins.
    pub(super) fn of(span: Span, sources: &'a Sources) -> Self {
        let position = sources.position(span);
        Self {
            path: sources.get(span.source).path(),
            line: position.line,
            column: Some(position.column),
        }
    }
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.path.display(), self.line)?;
        match self.column {
            Some(column) => write!(f, ":{column}"),
            None => Ok(()),
        }
    }
}

/// The place that QEMU's front end reports.
#[derive(Clone, Copy, Debug)]
pub(super) enum Reported {
    /// A token: line and column.
    At(Span),
    /// A definition: its first line.
    Within(Span),
}

impl Reported {
    pub(super) fn place(self, sources: &Sources) -> Place<'_> {
        match self {
            Self::At(span) => {
                let source = sources.get(span.source);
                let line = source.line_range(source.line_index(span.start));
                let before = &source.text()[line.start..span.start as usize];
                Place {
                    column: Some(qemu_column(before)),
                    ..Place::of(span, sources)
                }
            }
            Self::Within(span) => Place {
                column: None,
                ..Place::of(span, sources)
            },
        }
    }
}

/// QEMU's column after `before`. QEMU has its own rule for tabs.
fn qemu_column(before: &str) -> usize {
    before.chars().fold(1, |column, c| match c {
        '\t' => (column + 7) % 8 + 1,
        _ => column + 1,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tab_moves_the_column_as_in_qemu() {
        assert_eq!(qemu_column(""), 1);
        assert_eq!(qemu_column("ab"), 3);
        assert_eq!(qemu_column("\t"), 1);
        assert_eq!(qemu_column("abc\tü"), 5);
    }
}
