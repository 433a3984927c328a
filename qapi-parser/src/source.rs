//! Source files, places in them, and how each file was included.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// The id of a file in [`Sources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SourceId(pub(crate) u32);

/// A range of bytes in one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Span {
    /// The file.
    pub source: SourceId,
    /// The offset of the first byte.
    pub start: u32,
    /// The offset after the last byte.
    pub end: u32,
}

impl Span {
    /// The place of things that are not written in any file.
    pub(crate) const NOWHERE: Self = Self {
        source: SourceId(0),
        start: 0,
        end: 0,
    };

    pub(crate) fn new(source: SourceId, start: usize, end: usize) -> Self {
        // Files are limited to much less than 4 GiB.
        Self {
            source,
            start: start as u32,
            end: end as u32,
        }
    }

    /// The span from the start of `self` to the end of `other`, in the file of `self`.
    pub(crate) fn to(self, other: Span) -> Self {
        Self {
            end: other.end.max(self.end),
            ..self
        }
    }
}

/// A value with the place where it is written.
#[derive(Clone, Copy, Debug)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// The place.
    pub span: Span,
}

impl<T> Spanned<T> {
    pub(crate) fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

impl Spanned<&str> {
    /// The same with an owned name.
    pub(crate) fn to_owned(self) -> Spanned<String> {
        Spanned::new(self.value.to_owned(), self.span)
    }
}

/// A line and a column, both counted from 1. The column counts characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

/// A schema file.
#[derive(Clone, Debug)]
pub struct Source {
    id: SourceId,
    path: PathBuf,
    text: String,
    /// The offset of the first byte of each line, computed on first use.
    lines: OnceLock<Vec<u32>>,
    included_at: Option<Span>,
}

impl Source {
    pub(crate) fn new(
        id: SourceId,
        path: PathBuf,
        text: String,
        included_at: Option<Span>,
    ) -> Self {
        Self {
            id,
            path,
            text,
            lines: OnceLock::new(),
            included_at,
        }
    }

    /// The number of the file in its schema.
    pub fn id(&self) -> SourceId {
        self.id
    }

    /// Renumbers the file and its references to others.
    pub(crate) fn renumber(&mut self, new: impl Fn(SourceId) -> SourceId) {
        self.id = new(self.id);
        if let Some(span) = &mut self.included_at {
            span.source = new(span.source);
        }
    }

    /// The path as given by the user, or relative to it for an included file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The text, with `\n` as the only line end.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text of a line, counted from 1, without its line end. Empty after the last line.
    pub fn line(&self, line: usize) -> &str {
        let index = line.wrapping_sub(1);
        match index < self.lines().len() {
            true => self.text[self.line_range(index)].trim_end_matches('\n'),
            false => "",
        }
    }

    /// The first `include` of this file. `None` for the root.
    pub fn included_at(&self) -> Option<Span> {
        self.included_at
    }

    fn lines(&self) -> &[u32] {
        self.lines.get_or_init(|| {
            let line_ends = memchr::memchr_iter(b'\n', self.text.as_bytes());
            let lines = line_ends.map(|at| at as u32 + 1);
            std::iter::once(0).chain(lines).collect()
        })
    }

    /// The index, from 0, of the line with the byte at `offset`.
    pub(crate) fn line_index(&self, offset: u32) -> usize {
        self.lines().partition_point(|&start| start <= offset) - 1
    }

    /// The byte range of a line, including its line end.
    pub(crate) fn line_range(&self, index: usize) -> std::ops::Range<usize> {
        let lines = self.lines();
        let end = lines.get(index + 1).map(|&start| start as usize);
        lines[index] as usize..end.unwrap_or(self.text.len())
    }

    /// The text of a span in this file.
    pub(crate) fn slice(&self, span: Span) -> &str {
        &self.text[span.start as usize..span.end as usize]
    }

    fn position(&self, offset: u32) -> Position {
        let line = self.line_index(offset);
        let before = &self.text[self.lines()[line] as usize..offset as usize];
        Position {
            line: line + 1,
            column: before.chars().count() + 1,
        }
    }
}

/// All files of a schema, in the order in which they were read.
#[derive(Clone, Debug)]
pub struct Sources {
    files: Vec<Source>,
}

impl Sources {
    /// Creates the list of files, whose ids follow this order.
    pub(crate) fn new(files: Vec<Source>) -> Self {
        Self { files }
    }

    /// The files alone.
    pub(crate) fn into_files(self) -> Vec<Source> {
        self.files
    }

    /// The files, starting with the root.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Source> {
        self.files.iter()
    }

    /// One file.
    pub fn get(&self, id: SourceId) -> &Source {
        &self.files[id.0 as usize]
    }

    /// The position where a span begins.
    pub fn position(&self, span: Span) -> Position {
        self.get(span.source).position(span.start)
    }

    /// The text of a span.
    pub fn text(&self, span: Span) -> &str {
        self.get(span.source).slice(span)
    }

    /// The chain of includes from a file up to the root.
    pub fn include_chain(&self, id: SourceId) -> impl Iterator<Item = Span> {
        let above = |span: &Span| self.get(span.source).included_at;
        std::iter::successors(self.get(id).included_at, above)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sources(files: &[(&str, &str, Option<Span>)]) -> Sources {
        let file = |(index, &(path, text, at)): (usize, &(&str, &str, _))| {
            Source::new(SourceId(index as u32), path.into(), text.into(), at)
        };
        Sources::new(files.iter().enumerate().map(file).collect())
    }

    #[test]
    fn positions_count_lines_and_characters_from_one() {
        let sources = sources(&[("a.json", "ab\nü c\n", None)]);
        let at = |start, end| sources.position(Span::new(SourceId(0), start, end));
        assert_eq!(at(0, 1), Position { line: 1, column: 1 });
        assert_eq!(at(2, 3), Position { line: 1, column: 3 });
        assert_eq!(at(6, 7), Position { line: 2, column: 3 });
        assert_eq!(at(8, 8), Position { line: 3, column: 1 });
    }

    #[test]
    fn lines_have_no_line_ends() {
        let sources = sources(&[("a.json", "ab\n\nc", None)]);
        let line = |line| sources.get(SourceId(0)).line(line);
        assert_eq!(
            [line(0), line(1), line(2), line(3), line(4)],
            ["", "ab", "", "c", ""]
        );
    }

    #[test]
    fn the_include_chain_ends_at_the_root() {
        let at = |file| Some(Span::new(SourceId(file), 0, 1));
        let files = [
            ("root", "x", None),
            ("mid", "y", at(0)),
            ("leaf", "z", at(1)),
        ];
        let sources = sources(&files);
        let chain = sources.include_chain(SourceId(2));
        let chain: Vec<_> = chain.map(|span| span.source.0).collect();
        assert_eq!(chain, [1, 0]);
    }
}
