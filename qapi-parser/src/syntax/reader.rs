//! Turns pieces of text into spans, comments and diagnostics.

use nom::Offset;

use super::error::{Parsed, SyntaxError};
use super::escape;
use super::token::{self, Token, TokenKind};
use super::tree::{Entry, Values};
use crate::arena::Arena;
use crate::diagnostic::Diagnostic;
use crate::dialect::Dialect;
use crate::source::{Source, Span};

/// The raw lines of a documentation comment.
#[derive(Debug)]
pub(crate) struct DocComment {
    /// The opening line.
    pub(crate) open: Span,
    /// The lines in between.
    pub(crate) lines: Vec<Span>,
    /// The closing line, or the text in its place.
    pub(crate) close: Span,
    /// The error in a closing line that is not a token.
    pub(crate) fault: Option<Box<Diagnostic>>,
}

/// Enough for nearly all comments.
const USUAL_LINES: usize = 32;

/// Turns the pieces of text that nom returns into spans.
pub(super) struct Reader<'a> {
    pub(super) arena: &'a Arena,
    pub(super) values: &'a Values,
    pub(super) source: &'a Source,
    /// The entries of the current value.
    pub(super) entries: Vec<Entry>,
    /// Old forms that have not been taken yet.
    pub(super) old: Vec<Diagnostic>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(arena: &'a Arena, values: &'a Values, source: &'a Source) -> Self {
        Self {
            arena,
            values,
            source,
            entries: Vec::new(),
            old: Vec::new(),
        }
    }

    pub(super) fn span(&self, piece: &str) -> Span {
        let start = self.source.text().offset(piece);
        Span::new(self.source.id(), start, start + piece.len())
    }

    /// The next token. Comments are skipped unless they start documentation; old escapes are noted.
    // Parts of the result are used right away: as a call this takes 3% of all instructions.
    #[inline(always)]
    pub(super) fn token(&mut self, mut rest: &'a str) -> Parsed<'a, Token<'a>> {
        loop {
            let (after, token) = token::token_or_comment(rest)?;
            match token.kind {
                TokenKind::Comment if !token.text.starts_with("##") => rest = after,
                TokenKind::String { has_escapes: true } => {
                    self.old_escape(token);
                    return Ok((after, token));
                }
                _ => return Ok((after, token)),
            }
        }
    }

    #[cold]
    fn old_escape(&mut self, string: Token<'a>) {
        if let Some(old) = escape::first_old(string.text) {
            let error = escape::unknown(string.text, old.text);
            self.old_form(error, &Dialect::ESCAPES);
        }
    }

    pub(super) fn comment(&self, open: Token<'a>, mut rest: &'a str) -> (&'a str, DocComment) {
        let mut comment = DocComment {
            open: self.span(open.text),
            lines: Vec::with_capacity(USUAL_LINES),
            close: self.span(open.text),
            fault: None,
        };
        loop {
            while let Some((after, line)) = token::line_below(rest) {
                comment.lines.push(self.span(line));
                rest = after;
            }
            let before = rest;
            match token::token_or_comment(rest) {
                Ok((after, token)) => {
                    comment.close = self.span(token.text);
                    if token.kind != TokenKind::Comment {
                        // It belongs to the next item.
                        return (before, comment);
                    }
                    rest = after;
                    if token.text.starts_with("##") {
                        return (rest, comment);
                    }
                    comment.lines.push(comment.close);
                }
                Err(nom::Err::Error(error) | nom::Err::Failure(error)) => {
                    comment.close = self.span(error.at);
                    let rest = next_start(error.rest);
                    comment.fault = Some(self.report(*error));
                    return (rest, comment);
                }
                Err(nom::Err::Incomplete(_)) => return (rest, comment),
            }
        }
    }

    pub(super) fn report(&self, error: SyntaxError<'_>) -> Box<Diagnostic> {
        let mut diagnostic = Diagnostic::error(self.span(error.at), error.message);
        if let Some(narrow) = error.narrow {
            diagnostic = diagnostic.underline(self.span(narrow));
        }
        if let Some((at, text)) = error.label {
            diagnostic = diagnostic.label(self.span(at), text);
        }
        Box::new(match error.hint {
            Some(hint) => diagnostic.hint(hint),
            None => diagnostic,
        })
    }

    /// Notes an old form. `error` is what current QEMU reports.
    pub(super) fn old_form(&mut self, error: SyntaxError<'_>, dialect: &Dialect) {
        let error = *self.report(error);
        self.old.push(error.hint(dialect.hint()));
    }
}

/// Finds the next line that starts an object or a documentation block in column 1.
pub(super) fn next_start(text: &str) -> &str {
    let mut rest = text;
    while let Some(line_end) = rest.find('\n') {
        rest = &rest[line_end + 1..];
        if rest.starts_with('{') || rest.starts_with("##") {
            return rest;
        }
    }
    ""
}
