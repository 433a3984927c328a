//! Parses tokens into values.

use super::error::{Parsed, SyntaxError};
use super::escape::unescape;
use super::reader::Reader;
use super::token::{Token, TokenKind};
use super::tree::{Entry, Kind, Value};
use crate::dialect::Dialect;
use crate::small_map::SmallMap;

/// The maximum nesting of braces and brackets. QEMU's own schemas stay below 8.
const MAX_DEPTH: usize = 100;

/// The tokens that a value begins with.
pub(super) const VALUE: &str = "'{', '[', string, or boolean";

impl<'a> Reader<'a> {
    /// Parses the value that begins with the token `first`.
    pub(super) fn top_level(&mut self, first: Token<'a>, rest: &'a str) -> Parsed<'a, Value<'a>> {
        self.entries.clear();
        let (rest, ()) = self.value(first, rest, 0)?;
        let entries = self.values.add(self.entries.drain(..));
        Ok((rest, Value::root(self.arena, self.source, entries)))
    }

    /// Adds the value that begins with the token `first`, and everything in it, to the entries.
    fn value(&mut self, first: Token<'a>, rest: &'a str, depth: usize) -> Parsed<'a, ()> {
        let rest = match first.kind {
            TokenKind::OpenBrace | TokenKind::OpenBracket if depth == MAX_DEPTH => {
                let message = format!("nested deeper than {MAX_DEPTH} levels");
                return SyntaxError::new(first.text, rest, message).fail();
            }
            TokenKind::OpenBrace => {
                let entry = self.open(Kind::Object, first.text);
                let (rest, end) = self.members(first, rest, depth + 1)?;
                self.close(entry, end.text);
                rest
            }
            TokenKind::OpenBracket => {
                let entry = self.open(Kind::Array, first.text);
                let (rest, end) = self.elements(first, rest, depth + 1)?;
                self.close(entry, end.text);
                rest
            }
            TokenKind::String { has_escapes } => {
                self.open(Kind::String { has_escapes }, first.text);
                rest
            }
            TokenKind::True | TokenKind::False => {
                self.open(Kind::Bool(first.kind == TokenKind::True), first.text);
                rest
            }
            _ => return self.expected(VALUE, first, rest),
        };
        Ok((rest, ()))
    }

    /// Adds an entry for the token `text` and returns its index.
    fn open(&mut self, kind: Kind, text: &'a str) -> usize {
        let index = self.entries.len();
        self.entries
            .push(Entry::new(kind, self.span(text), index + 1));
        index
    }

    /// Ends the entry of an object or a list with the token `text`.
    fn close(&mut self, entry: usize, text: &'a str) {
        let (end, next) = (self.span(text).end, self.entries.len());
        self.entries[entry].extend(end, next);
    }

    /// Adds the members after the `{` at `open`, and returns the `}`.
    fn members(&mut self, open: Token<'a>, rest: &'a str, depth: usize) -> Parsed<'a, Token<'a>> {
        let mut seen = SmallMap::new();
        let (mut rest, mut key) = self.token(rest)?;
        match key.kind {
            TokenKind::CloseBrace => return Ok((rest, key)),
            TokenKind::String { .. } => {}
            _ => return self.unclosed(open, "string or '}'", key, rest),
        }
        loop {
            let (after, colon) = self.token(rest)?;
            if colon.kind != TokenKind::Colon {
                return self.expected("':'", colon, after);
            }
            let (after, first) = self.token(after)?;
            let name = self.text(key);
            if let Some(earlier) = seen.insert(name, key.text) {
                // QEMU reports this at the value.
                let message = format!("duplicate key '{name}'");
                return SyntaxError::new(first.text, after, message)
                    .underline(key.text)
                    .label(earlier, "first used here")
                    .fail();
            }
            self.value(key, after, depth)?;
            let (behind, ()) = self.value(first, after, depth)?;
            let (after, next) = self.token(behind)?;
            match next.kind {
                TokenKind::CloseBrace => return Ok((after, next)),
                TokenKind::Comma => {}
                TokenKind::String { .. } => {
                    self.missing_comma("',' or '}'", behind, next);
                    (rest, key) = (after, next);
                    continue;
                }
                _ => return self.unclosed(open, "',' or '}'", next, after),
            }
            let comma = next;
            (rest, key) = self.token(after)?;
            match key.kind {
                TokenKind::String { .. } => {}
                TokenKind::CloseBrace => {
                    self.trailing_comma("string", comma, key);
                    return Ok((rest, key));
                }
                _ => return self.unclosed(open, "string", key, rest),
            }
        }
    }

    /// Adds the elements after the `[` at `open`, and returns the `]`.
    fn elements(&mut self, open: Token<'a>, rest: &'a str, depth: usize) -> Parsed<'a, Token<'a>> {
        let (mut rest, mut first) = self.token(rest)?;
        match first.kind {
            TokenKind::CloseBracket => return Ok((rest, first)),
            kind if kind.starts_value() => {}
            _ => return self.unclosed(open, "'{', '[', ']', string, or boolean", first, rest),
        }
        loop {
            let (behind, ()) = self.value(first, rest, depth)?;
            let (after, next) = self.token(behind)?;
            match next.kind {
                TokenKind::CloseBracket => return Ok((after, next)),
                TokenKind::Comma => {}
                kind if kind.starts_value() && !self.is_at_line_start(next) => {
                    self.missing_comma("',' or ']'", behind, next);
                    (rest, first) = (after, next);
                    continue;
                }
                _ => return self.unclosed(open, "',' or ']'", next, after),
            }
            let comma = next;
            (rest, first) = self.token(after)?;
            if first.kind == TokenKind::CloseBracket {
                self.trailing_comma(VALUE, comma, first);
                return Ok((rest, first));
            }
        }
    }

    /// The value of a string token.
    fn text(&self, token: Token<'a>) -> &'a str {
        match token.kind {
            TokenKind::String { has_escapes: true } => self.arena.name(unescape(token.text)),
            _ => &token.text[1..token.text.len() - 1],
        }
    }

    /// Whether a token is in the first column. A definition begins there, and an element of a list never does.
    fn is_at_line_start(&self, token: Token<'a>) -> bool {
        let start = self.span(token.text).start as usize;
        self.source.text()[..start].ends_with('\n')
    }

    /// Reports that `what` is missing before `next`.
    fn missing_comma(&mut self, what: &str, behind: &'a str, next: Token<'a>) {
        let error = SyntaxError::new(next.text, behind, format!("expected {what}"));
        let error = error.underline(&behind[..0]);
        self.old_form(error, &Dialect::MISSING_COMMA);
    }

    /// Reports that `end` follows `comma` instead of `what`.
    fn trailing_comma(&mut self, what: &str, comma: Token<'a>, end: Token<'a>) {
        let error = SyntaxError::new(end.text, end.text, format!("expected {what}"));
        let error = error.underline(comma.text);
        self.old_form(error, &Dialect::TRAILING_COMMA);
    }

    /// Reports that `found` is not what was expected inside the object or list that starts at `open`.
    fn unclosed<T>(
        &self,
        open: Token<'a>,
        what: &str,
        found: Token<'a>,
        rest: &'a str,
    ) -> Parsed<'a, T> {
        match found.kind {
            TokenKind::End => SyntaxError::new(found.text, rest, format!("expected {what}"))
                .label(open.text, "opened here")
                .hint("the file ends here")
                .fail(),
            _ => self.expected(what, found, rest),
        }
    }

    fn expected<T>(&self, what: &str, found: Token<'a>, rest: &'a str) -> Parsed<'a, T> {
        let message = format!("expected {what}");
        match found.kind {
            TokenKind::Comment => {
                // Parsing continues after the block.
                let (rest, _) = self.comment(found, rest);
                SyntaxError::new(found.text, rest, message)
                    .hint("'##' starts a documentation block, which is only allowed between definitions")
                    .fail()
            }
            TokenKind::End => SyntaxError::new(found.text, rest, message)
                .hint("the file ends here")
                .fail(),
            _ => SyntaxError::new(found.text, rest, message).fail(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;
    use crate::syntax::Node;
    use crate::syntax::tests::first;

    #[test]
    fn objects_keep_the_order_and_the_places_of_their_members() {
        let text = " { 'b': 'x', # first\n'a': [ true, {} ] } ";
        first(text, |value| {
            let value = value.expect("a value");
            let at = |span: Span| &text[span.start as usize..span.end as usize];
            assert_eq!(at(value.span()), text.trim());
            let object = value.as_object().unwrap();
            let keys: Vec<_> = object.iter().map(|(key, _)| key.value).collect();
            assert_eq!(keys, ["b", "a"]);
            assert_eq!(object.key_span("a").map(at), Some("'a'"));
            let list = object.get("a").unwrap();
            assert_eq!(at(list.span()), "[ true, {} ]");
            let mut elements = list.as_array().unwrap().iter().map(|value| value.node());
            assert!(matches!(elements.next(), Some(Node::Bool(true))));
            assert!(matches!(elements.next(), Some(Node::Object(object)) if object.is_empty()));
            assert!(elements.next().is_none());
            assert_eq!(object.get("b").and_then(Value::as_str), Some("x"));
            assert!(object.get("c").is_none());
        });
    }

    #[test]
    fn values_nest_up_to_the_limit() {
        let nested = |depth| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        first(&nested(MAX_DEPTH), |value| {
            assert!(value.unwrap().as_array().is_some());
        });
        first(&nested(MAX_DEPTH + 1), |value| {
            let fault = value.err().expect("a fault");
            assert_eq!(fault.primary().span.start as usize, MAX_DEPTH);
        });
    }
}
