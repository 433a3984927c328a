//! Tokens to values.

use std::collections::HashSet;

use super::token::{Token, TokenKind, token};
use super::{Parsed, Reader, SyntaxError};
use crate::source::{Span, Spanned};

/// How deep braces and brackets may nest. QEMU's own schemas stay below 8.
const MAX_DEPTH: usize = 100;

/// What a value begins with.
const VALUE: &str = "'{', '[', string, or boolean";

/// A value with its place.
#[derive(Debug)]
pub(crate) struct Value {
    pub(crate) node: Node,
    pub(crate) span: Span,
}

#[derive(Debug)]
pub(crate) enum Node {
    Object(Object),
    Array(Vec<Value>),
    String(String),
    Bool(bool),
}

impl Value {
    pub(crate) fn as_str(&self) -> Option<&str> {
        match &self.node {
            Node::String(text) => Some(text),
            _ => None,
        }
    }

    /// A string together with its place.
    pub(crate) fn as_name(&self) -> Option<Spanned<String>> {
        self.as_str()
            .map(|text| Spanned::new(text.to_owned(), self.span))
    }

    pub(crate) fn as_object(&self) -> Option<&Object> {
        match &self.node {
            Node::Object(object) => Some(object),
            _ => None,
        }
    }

    pub(crate) fn as_array(&self) -> Option<&[Value]> {
        match &self.node {
            Node::Array(values) => Some(values),
            _ => None,
        }
    }
}

/// Keys, no two alike, and their values in the order in which they are written.
#[derive(Debug, Default)]
pub(crate) struct Object {
    entries: Vec<(Spanned<String>, Value)>,
}

impl Object {
    pub(crate) fn get(&self, key: &str) -> Option<&Value> {
        let mut entries = self.entries.iter();
        entries.find(|(k, _)| k.value == key).map(|(_, v)| v)
    }

    pub(crate) fn key_span(&self, key: &str) -> Option<Span> {
        let mut entries = self.entries.iter();
        entries.find(|(k, _)| k.value == key).map(|(k, _)| k.span)
    }

    pub(crate) fn iter(&self) -> impl ExactSizeIterator<Item = &(Spanned<String>, Value)> {
        self.entries.iter()
    }

    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }
}

impl<'a> Reader<'a> {
    /// The value that begins with `first`, which has been read.
    pub(super) fn value(&self, first: Token<'a>, rest: &'a str, depth: usize) -> Parsed<'a, Value> {
        let start = self.span(first.text);
        let (rest, (node, end)) = match first.kind {
            TokenKind::OpenBrace | TokenKind::OpenBracket if depth == MAX_DEPTH => {
                let message = format!("nested deeper than {MAX_DEPTH} levels");
                return SyntaxError::new(first.text, rest, message).fail();
            }
            TokenKind::OpenBrace => {
                let (rest, (object, end)) = self.members(first, rest, depth + 1)?;
                (rest, (Node::Object(object), end))
            }
            TokenKind::OpenBracket => {
                let (rest, (values, end)) = self.elements(first, rest, depth + 1)?;
                (rest, (Node::Array(values), end))
            }
            TokenKind::String => (rest, (Node::String(first.string()), start)),
            TokenKind::True => (rest, (Node::Bool(true), start)),
            TokenKind::False => (rest, (Node::Bool(false), start)),
            _ => return self.expected(VALUE, first, rest),
        };
        let span = start.to(end);
        Ok((rest, Value { node, span }))
    }

    /// What follows the `{` at `open`, and the span of its `}`.
    fn members(&self, open: Token<'a>, rest: &'a str, depth: usize) -> Parsed<'a, (Object, Span)> {
        let mut object = Object::default();
        let mut seen = Keys::default();
        let (mut rest, mut key) = token(rest)?;
        match key.kind {
            TokenKind::CloseBrace => return Ok((rest, (object, self.span(key.text)))),
            TokenKind::String => {}
            _ => return self.unclosed(open, "string or '}'", key, rest),
        }
        loop {
            let (after, colon) = token(rest)?;
            if colon.kind != TokenKind::Colon {
                return self.expected("':'", colon, after);
            }
            let (after, first) = token(after)?;
            let name = key.string();
            if let Some(earlier) = seen.add(key.text) {
                // QEMU reports this where the value stands, and people compare the column.
                return SyntaxError::new(first.text, after, format!("duplicate key '{name}'"))
                    .underline(key.text)
                    .label(earlier, "first used here")
                    .fail();
            }
            let (after, value) = self.value(first, after, depth)?;
            let name = Spanned::new(name, self.span(key.text));
            object.entries.push((name, value));
            let (after, next) = token(after)?;
            match next.kind {
                TokenKind::CloseBrace => return Ok((after, (object, self.span(next.text)))),
                TokenKind::Comma => {}
                _ => return self.unclosed(open, "',' or '}'", next, after),
            }
            (rest, key) = token(after)?;
            match key.kind {
                TokenKind::String => {}
                TokenKind::CloseBrace => return trailing_comma("string", key, rest),
                _ => return self.unclosed(open, "string", key, rest),
            }
        }
    }

    /// What follows the `[` at `open`, and the span of its `]`.
    fn elements(
        &self,
        open: Token<'a>,
        rest: &'a str,
        depth: usize,
    ) -> Parsed<'a, (Vec<Value>, Span)> {
        let mut values = Vec::new();
        let (mut rest, mut first) = token(rest)?;
        match first.kind {
            TokenKind::CloseBracket => return Ok((rest, (values, self.span(first.text)))),
            TokenKind::OpenBrace
            | TokenKind::OpenBracket
            | TokenKind::String
            | TokenKind::True
            | TokenKind::False => {}
            _ => return self.unclosed(open, "'{', '[', ']', string, or boolean", first, rest),
        }
        loop {
            let (after, value) = self.value(first, rest, depth)?;
            values.push(value);
            let (after, next) = token(after)?;
            match next.kind {
                TokenKind::CloseBracket => return Ok((after, (values, self.span(next.text)))),
                TokenKind::Comma => {}
                _ => return self.unclosed(open, "',' or ']'", next, after),
            }
            (rest, first) = token(after)?;
            if first.kind == TokenKind::CloseBracket {
                return trailing_comma(VALUE, first, rest);
            }
        }
    }

    /// Inside what `open` opens, something else than `found` should stand.
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
                // What comes next is sought behind the block.
                let (rest, _) = self.comment(found, rest);
                SyntaxError::new(found.text, rest, message)
                    .hint("documentation stands between definitions, not inside one")
                    .fail()
            }
            TokenKind::End => SyntaxError::new(found.text, rest, message)
                .hint("the file ends here")
                .fail(),
            _ => SyntaxError::new(found.text, rest, message).fail(),
        }
    }
}

fn trailing_comma<'a, T>(what: &str, found: Token<'a>, rest: &'a str) -> Parsed<'a, T> {
    SyntaxError::new(found.text, rest, format!("expected {what}"))
        .hint("no comma behind the last one")
        .fail()
}

/// The keys of one object: nearly all have so few that looking through them is quickest.
#[derive(Default)]
struct Keys<'a> {
    few: Vec<&'a str>,
    many: HashSet<&'a str>,
}

impl<'a> Keys<'a> {
    const FEW: usize = 12;

    /// Adds a key; answers with the same one when it is there already.
    fn add(&mut self, key: &'a str) -> Option<&'a str> {
        let earlier = self.few.iter().find(|&&few| few == key);
        if let Some(earlier) = earlier.or_else(|| self.many.get(key)) {
            return Some(earlier);
        }
        match self.few.len() < Self::FEW {
            true => self.few.push(key),
            false => {
                self.many.insert(key);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;
    use crate::syntax::{Found, Item, Items};

    fn value(text: &str) -> Value {
        let id = Sources::default().add("s".into(), text.into(), None);
        match Items::new(text, id).next() {
            Some(Ok(Found {
                item: Item::Value(value),
                ..
            })) => value,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn an_object_keeps_its_order_and_its_places() {
        let text = " { 'b': 'x', # first\n'a': [ true, {} ] } ";
        let value = value(text);
        let at = |span: Span| &text[span.start as usize..span.end as usize];
        assert_eq!(at(value.span), text.trim());
        let object = value.as_object().unwrap();
        let keys: Vec<_> = object.iter().map(|(key, _)| key.value.as_str()).collect();
        assert_eq!(keys, ["b", "a"]);
        assert_eq!(object.len(), 2);
        assert_eq!(object.key_span("a").map(at), Some("'a'"));
        let list = object.get("a").unwrap();
        assert_eq!(at(list.span), "[ true, {} ]");
        assert!(matches!(
            list.as_array(),
            Some([
                Value {
                    node: Node::Bool(true),
                    ..
                },
                Value {
                    node: Node::Object(_),
                    ..
                }
            ])
        ));
        assert_eq!(object.get("b").and_then(Value::as_str), Some("x"));
        assert!(object.get("c").is_none());
    }

    #[test]
    fn values_nest_up_to_the_limit() {
        let nested = |depth| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert!(value(&nested(MAX_DEPTH)).as_array().is_some());
        let text = nested(MAX_DEPTH + 1);
        let id = Sources::default().add("s".into(), text.as_str().into(), None);
        let fault = Items::new(&text, id).next().unwrap().unwrap_err();
        assert_eq!(fault.primary().span.start as usize, MAX_DEPTH);
    }
}
