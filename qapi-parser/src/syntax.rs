//! Parses text into values and comments. This is the only module that uses nom.
//!
//! Implements docs/qapi.md section 1.

mod error;
mod escape;
mod reader;
mod token;
mod tree;
mod value;

use crate::arena::Arena;
use crate::diagnostic::Diagnostic;
use crate::dialect::Dialect;
use crate::source::Source;

use error::{Parsed, SyntaxError};
pub(crate) use reader::DocComment;
use reader::{Reader, next_start};
pub(crate) use token::is_space;
use token::{Token, TokenKind};
pub(crate) use tree::{Array, Node, Object, Value, Values};
use value::VALUE;

/// A top-level item of a file.
pub(crate) enum Item<'a> {
    /// A JSON-like value. Only objects are valid.
    Value(Value<'a>),
    /// A comment that starts with `##`.
    Comment(DocComment),
}

/// An item, and the error in the token after it: QEMU reads one token ahead before it checks an item.
pub(crate) struct Found<'a> {
    pub(crate) item: Item<'a>,
    pub(crate) behind: Option<Box<Diagnostic>>,
}

/// Iterates over the items of a file. After an error, it continues at the next line that looks like the start of one.
pub(crate) struct Items<'a> {
    reader: Reader<'a>,
    /// The token after the last item, if it has been read.
    ahead: Option<Token<'a>>,
    /// Whether the last item was a value.
    is_behind_value: bool,
    rest: &'a str,
}

impl<'a> Items<'a> {
    /// Stores values in `values`, and strings with escapes in `arena`.
    pub(crate) fn new(arena: &'a Arena, values: &'a Values, source: &'a Source) -> Self {
        Self {
            reader: Reader::new(arena, values, source),
            ahead: None,
            is_behind_value: false,
            rest: source.text(),
        }
    }

    /// The old forms since the last call. To be called after each item, and reported before all other errors in it.
    pub(crate) fn old_forms(&mut self) -> impl Iterator<Item = Diagnostic> + use<'_> {
        self.reader.old.drain(..)
    }

    fn item(&mut self) -> Parsed<'a, Option<Item<'a>>> {
        let (mut rest, mut token) = match self.ahead.take() {
            Some(token) => (self.rest, token),
            None => self.reader.token(self.rest)?,
        };
        if std::mem::take(&mut self.is_behind_value) && token.kind == TokenKind::Comma {
            let error = SyntaxError::new(token.text, rest, format!("expected {VALUE}"));
            self.reader
                .old_form(error, &Dialect::COMMA_BEHIND_DEFINITION);
            (rest, token) = self.reader.token(rest)?;
        }
        match token.kind {
            TokenKind::End => Ok((rest, None)),
            TokenKind::Comment => {
                let (rest, comment) = self.reader.comment(token, rest);
                Ok((rest, Some(Item::Comment(comment))))
            }
            _ => {
                let (rest, value) = self.reader.top_level(token, rest)?;
                self.is_behind_value = true;
                Ok((rest, Some(Item::Value(value))))
            }
        }
    }

    /// Takes the result of a parser. An error sets the rest to where parsing continues.
    fn take<T>(&mut self, parsed: Parsed<'a, T>) -> Result<Option<T>, Box<SyntaxError<'a>>> {
        match parsed {
            Ok((rest, found)) => {
                self.rest = rest;
                Ok(Some(found))
            }
            Err(nom::Err::Error(error) | nom::Err::Failure(error)) => {
                self.rest = next_start(error.rest);
                Err(error)
            }
            // Only streaming parsers return this, and there are none here.
            Err(nom::Err::Incomplete(_)) => Ok(None),
        }
    }
}

impl<'a> Iterator for Items<'a> {
    type Item = Result<Found<'a>, Box<Diagnostic>>;

    fn next(&mut self) -> Option<Self::Item> {
        let parsed = self.item();
        let item = match self.take(parsed) {
            Ok(item) => item.flatten()?,
            Err(fault) => return Some(Err(self.reader.report(*fault))),
        };
        let ahead = self.reader.token(self.rest);
        let behind = match self.take(ahead) {
            Ok(token) => {
                self.ahead = token;
                None
            }
            Err(fault) => Some(self.reader.report(*fault)),
        };
        Some(Ok(Found { item, behind }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;

    /// Passes on the first item of a text, which must be a value.
    pub(super) fn first(text: &str, look: impl FnOnce(Result<Value<'_>, Box<Diagnostic>>)) {
        let (arena, values) = (Arena::default(), Values::default());
        let source = arena.file("s".into(), text.into(), None);
        match Items::new(&arena, &values, source).next().expect("an item") {
            Ok(Found {
                item: Item::Value(value),
                ..
            }) => look(Ok(value)),
            Ok(_) => panic!("a comment"),
            Err(fault) => look(Err(fault)),
        }
    }

    /// Each item by its first characters, each error by its message.
    fn items(text: &str) -> Vec<String> {
        let (arena, values) = (Arena::default(), Values::default());
        let source = arena.file("s".into(), text.into(), None);
        let start = |span: Span| text[span.start as usize..].chars().take(7).collect();
        let mut shown = vec![];
        for found in Items::new(&arena, &values, source) {
            match found {
                Ok(Found { item, behind }) => {
                    shown.push(match item {
                        Item::Value(value) => start(value.span()),
                        Item::Comment(comment) => {
                            format!("comment of {} lines", comment.lines.len())
                        }
                    });
                    shown.extend(behind.map(|fault| fault.message().to_owned()));
                }
                Err(fault) => shown.push(fault.message().to_owned()),
            }
        }
        shown
    }

    #[test]
    fn items_follow_each_other() {
        assert_eq!(items(""), [""; 0]);
        assert_eq!(
            items("{'a':1}\n{'b':{}}{}[]'c'\n##\n# d\n#\n##\n# e"),
            [
                "unexpected '1'",
                "{'b':{}",
                "{}[]'c'",
                "[]'c'\n#",
                "'c'\n##\n",
                "comment of 2 lines"
            ]
        );
    }

    #[test]
    fn after_an_error_parsing_continues_at_the_next_line_that_starts_an_item() {
        let text = "{ 'a' }\n  { 'indented': {} }\n{'b':{}}\n{ 'c'\n##\n# d\n##\n{'e':{}}";
        assert_eq!(
            items(text),
            ["expected ':'", "{'b':{}", "expected ':'", "{'e':{}"]
        );
        assert_eq!(
            items("}\n##\n##"),
            [
                "expected '{', '[', string, or boolean",
                "comment of 0 lines"
            ]
        );
    }

    #[test]
    fn an_error_after_an_item_is_reported_with_it() {
        assert_eq!(items("{'a':{}} ;"), ["{'a':{}", "unexpected ';'"]);
        assert_eq!(
            items("##\n##\n1\n{}"),
            ["comment of 0 lines", "unexpected '1'", "{}"]
        );
    }

    #[test]
    fn an_unclosed_comment_does_not_include_the_next_item() {
        assert_eq!(items("##\n# a\n{}"), ["comment of 1 lines", "{}"]);
    }
}
