//! Text to values and comments: the only place that uses nom.
//!
//! Implements docs/qapi.md section 1.

mod token;
mod tree;
mod value;

use crate::arena::Arena;
use crate::diagnostic::Diagnostic;
use crate::source::{Source, Span};

use nom::Offset;
pub(crate) use token::is_space;
use token::{Token, TokenKind};
pub(crate) use tree::{Array, Entry, Node, Object, Value};

/// What stands at the top level of a file.
pub(crate) enum Item<'a> {
    /// A JSON-like value; only objects mean something.
    Value(Value<'a>),
    /// A comment that starts with `##`.
    Comment(DocComment),
}

/// An item, and what is wrong with the text behind it: QEMU looks one token ahead before it judges an item.
pub(crate) struct Found<'a> {
    pub(crate) item: Item<'a>,
    pub(crate) behind: Option<Box<Diagnostic>>,
}

/// The raw lines of a documentation comment.
#[derive(Debug)]
pub(crate) struct DocComment {
    /// The opening line.
    pub(crate) open: Span,
    /// The lines between.
    pub(crate) lines: Vec<Span>,
    /// The closing line, or whatever stands where it should be.
    pub(crate) close: Span,
    /// What is wrong with a closing line that is no token at all.
    pub(crate) fault: Option<Box<Diagnostic>>,
}

/// What nearly all comments have room in.
const USUAL_LINES: usize = 32;

/// The items of one file, one after another; after an error it goes on at the next line that looks like a start.
pub(crate) struct Items<'a> {
    reader: Reader<'a>,
    /// The token behind the last item, if it has been read.
    ahead: Option<Token<'a>>,
    rest: &'a str,
}

impl<'a> Items<'a> {
    /// The values will stand in `arena`.
    pub(crate) fn new(arena: &'a Arena, source: &'a Source) -> Self {
        Self {
            reader: Reader {
                arena,
                source,
                entries: Vec::new(),
            },
            ahead: None,
            rest: source.text(),
        }
    }

    fn item(&mut self) -> Parsed<'a, Option<Item<'a>>> {
        let (rest, token) = match self.ahead.take() {
            Some(token) => (self.rest, token),
            None => token::token(self.rest)?,
        };
        match token.kind {
            TokenKind::End => Ok((rest, None)),
            TokenKind::Comment => {
                let (rest, comment) = self.reader.comment(token, rest);
                Ok((rest, Some(Item::Comment(comment))))
            }
            _ => {
                let (rest, value) = self.reader.top_level(token, rest)?;
                Ok((rest, Some(Item::Value(value))))
            }
        }
    }

    /// Takes what a parser answers; an error sets the rest to where to go on.
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
            // Only streaming parsers answer so, and there are none here.
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
        let ahead = token::token(self.rest);
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

/// The first line after the current one that opens an object or a documentation block in column 1.
fn next_start(text: &str) -> &str {
    let mut rest = text;
    while let Some(line_end) = rest.find('\n') {
        rest = &rest[line_end + 1..];
        if rest.starts_with('{') || rest.starts_with("##") {
            return rest;
        }
    }
    ""
}

/// Turns what nom hands out, pieces of the text, into spans.
struct Reader<'a> {
    arena: &'a Arena,
    source: &'a Source,
    /// Those of the value at hand.
    entries: Vec<Entry>,
}

impl<'a> Reader<'a> {
    fn span(&self, piece: &str) -> Span {
        let start = self.source.text().offset(piece);
        Span::new(self.source.id(), start, start + piece.len())
    }

    fn comment(&self, open: Token<'a>, mut rest: &'a str) -> (&'a str, DocComment) {
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
                        // It is left for the next item.
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

    fn report(&self, error: SyntaxError<'_>) -> Box<Diagnostic> {
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
}

/// What nom's parsers here return.
type Parsed<'a, T> = nom::IResult<&'a str, T, Box<SyntaxError<'a>>>;

/// An error of syntax, on the token at fault.
#[derive(Debug)]
struct SyntaxError<'a> {
    at: &'a str,
    rest: &'a str,
    message: String,
    narrow: Option<&'a str>,
    label: Option<(&'a str, &'static str)>,
    hint: Option<&'static str>,
}

impl<'a> SyntaxError<'a> {
    /// An error about `at`, behind which `rest` follows.
    fn new(at: &'a str, rest: &'a str, message: impl Into<String>) -> Self {
        Self {
            at,
            rest,
            message: message.into(),
            narrow: None,
            label: None,
            hint: None,
        }
    }

    /// Underlines a narrower place than the token at fault.
    fn underline(mut self, narrow: &'a str) -> Self {
        self.narrow = Some(narrow);
        self
    }

    fn label(mut self, at: &'a str, text: &'static str) -> Self {
        self.label = Some((at, text));
        self
    }

    fn hint(mut self, hint: &'static str) -> Self {
        self.hint = Some(hint);
        self
    }

    /// Ends the parse of this item: no alternative is tried.
    fn fail<T>(self) -> Parsed<'a, T> {
        Err(nom::Err::Failure(Box::new(self)))
    }
}

impl<'a> nom::error::ParseError<&'a str> for Box<SyntaxError<'a>> {
    fn from_error_kind(input: &'a str, _: nom::error::ErrorKind) -> Self {
        Self::new(SyntaxError::new(&input[..0], input, "unexpected text"))
    }

    fn append(_: &'a str, _: nom::error::ErrorKind, other: Self) -> Self {
        other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Hands over the first item of a text, which is to be a value.
    pub(super) fn first(text: &str, look: impl FnOnce(Result<Value<'_>, Box<Diagnostic>>)) {
        let arena = Arena::default();
        let source = arena.file("s".into(), text.into(), None);
        match Items::new(&arena, source).next().expect("an item") {
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
        let arena = Arena::default();
        let source = arena.file("s".into(), text.into(), None);
        let start = |span: Span| text[span.start as usize..].chars().take(7).collect();
        let mut shown = vec![];
        for found in Items::new(&arena, source) {
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
    fn items_stand_one_behind_another() {
        assert_eq!(items(""), [""; 0]);
        assert_eq!(
            items("{'a':1}\n{'b':{}}{}[]'c'\n##\n# d\n#\n##\n# e"),
            [
                "stray '1'",
                "{'b':{}",
                "{}[]'c'",
                "[]'c'\n#",
                "'c'\n##\n",
                "comment of 2 lines"
            ]
        );
    }

    #[test]
    fn after_an_error_it_goes_on_at_the_next_start_of_a_line() {
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
    fn what_is_wrong_behind_an_item_comes_with_it() {
        assert_eq!(items("{'a':{}} ;"), ["{'a':{}", "stray ';'"]);
        assert_eq!(
            items("##\n##\n1\n{}"),
            ["comment of 0 lines", "stray '1'", "{}"]
        );
    }

    #[test]
    fn a_comment_that_does_not_end_leaves_what_follows() {
        assert_eq!(items("##\n# a\n{}"), ["comment of 1 lines", "{}"]);
    }
}
