//! Values, each stored as a list of entries in the order of the text.

use std::cmp::Ordering;

use super::escape::unescape;
use crate::arena::Arena;
use crate::ast::Name;
use crate::source::{Source, Span, Spanned};

/// An object, a list, a string or a boolean. Its contents directly follow it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    kind: Kind,
    start: u32,
    end: u32,
    /// The index of the first entry after its contents.
    next: u32,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    /// Alternating keys and values.
    Object,
    Array,
    String {
        has_escapes: bool,
    },
    Bool(bool),
}

impl Entry {
    pub(super) fn new(kind: Kind, span: Span, next: usize) -> Self {
        Self {
            kind,
            start: span.start,
            end: span.end,
            // There are fewer entries than bytes, which fit.
            next: next as u32,
        }
    }

    pub(super) fn extend(&mut self, end: u32, next: usize) {
        self.end = end;
        self.next = next as u32;
    }
}

/// Storage for the values of all files.
#[derive(Default)]
pub(crate) struct Values(typed_arena::Arena<Entry>);

impl Values {
    pub(super) fn add(&self, entries: impl IntoIterator<Item = Entry>) -> &[Entry] {
        self.0.alloc_extend(entries)
    }
}

/// A value in a file.
#[derive(Clone, Copy)]
pub(crate) struct Value<'a> {
    arena: &'a Arena,
    source: &'a Source,
    entries: &'a [Entry],
    index: usize,
}

/// The contents of a value.
pub(crate) enum Node<'a> {
    Object(Object<'a>),
    Array(Array<'a>),
    String(&'a str),
    Bool(bool),
}

impl<'a> Value<'a> {
    /// The value that consists of all these entries.
    pub(super) fn root(arena: &'a Arena, source: &'a Source, entries: &'a [Entry]) -> Self {
        Self {
            arena,
            source,
            entries,
            index: 0,
        }
    }

    fn entry(self) -> &'a Entry {
        &self.entries[self.index]
    }

    pub(crate) fn span(self) -> Span {
        let entry = self.entry();
        Span::new(self.source.id(), entry.start as usize, entry.end as usize)
    }

    pub(crate) fn node(self) -> Node<'a> {
        match self.entry().kind {
            Kind::Object => Node::Object(Object(self)),
            Kind::Array => Node::Array(Array(self)),
            Kind::String { has_escapes } => Node::String(self.string(has_escapes)),
            Kind::Bool(on) => Node::Bool(on),
        }
    }

    fn string(self, has_escapes: bool) -> &'a str {
        let (start, end) = (self.entry().start as usize, self.entry().end as usize);
        match has_escapes {
            true => self.arena.name(unescape(&self.source.text()[start..end])),
            false => &self.source.text()[start + 1..end - 1],
        }
    }

    pub(crate) fn as_str(self) -> Option<&'a str> {
        match self.entry().kind {
            Kind::String { has_escapes } => Some(self.string(has_escapes)),
            _ => None,
        }
    }

    /// Whether this key is `text`.
    fn is(self, text: &str) -> bool {
        let (start, end) = (self.entry().start as usize, self.entry().end as usize);
        // Most keys have another length, so that their text need not be compared.
        match (end - start).cmp(&(text.len() + 2)) {
            Ordering::Less => false,
            Ordering::Equal => {
                self.source.text().as_bytes()[start + 1..end - 1] == *text.as_bytes()
            }
            // Only escapes are longer than what they stand for.
            Ordering::Greater => {
                let has_escapes = matches!(self.entry().kind, Kind::String { has_escapes: true });
                has_escapes && self.as_str() == Some(text)
            }
        }
    }

    /// A string with its place.
    pub(crate) fn as_name(self) -> Option<Name<'a>> {
        self.as_str().map(|text| Spanned::new(text, self.span()))
    }

    pub(crate) fn as_object(self) -> Option<Object<'a>> {
        match self.entry().kind {
            Kind::Object => Some(Object(self)),
            _ => None,
        }
    }

    pub(crate) fn as_array(self) -> Option<Array<'a>> {
        match self.entry().kind {
            Kind::Array => Some(Array(self)),
            _ => None,
        }
    }

    /// Its direct contents, in order.
    fn inner(self) -> impl Iterator<Item = Value<'a>> {
        let end = self.entry().next as usize;
        let mut next = self.index + 1;
        std::iter::from_fn(move || {
            let value = Value {
                index: next,
                ..self
            };
            (next < end).then(|| {
                next = value.entry().next as usize;
                value
            })
        })
    }
}

/// A list of values.
#[derive(Clone, Copy)]
pub(crate) struct Array<'a>(Value<'a>);

impl<'a> Array<'a> {
    pub(crate) fn iter(self) -> impl Iterator<Item = Value<'a>> {
        self.0.inner()
    }

    pub(crate) fn is_empty(self) -> bool {
        self.iter().next().is_none()
    }
}

/// Unique keys and their values, in the order of the text.
#[derive(Clone, Copy)]
pub(crate) struct Object<'a>(Value<'a>);

impl<'a> Object<'a> {
    fn pairs(self) -> impl Iterator<Item = (Value<'a>, Value<'a>)> {
        let mut inner = self.0.inner();
        std::iter::from_fn(move || Some((inner.next()?, inner.next()?)))
    }

    /// A key, directly followed by its value.
    fn find(self, key: &str) -> Option<(Value<'a>, Value<'a>)> {
        let Object(whole) = self;
        let end = whole.entry().next as usize;
        let at = |index| Value { index, ..whole };
        let mut index = whole.index + 1;
        while index < end && !at(index).is(key) {
            index = at(index + 1).entry().next as usize;
        }
        (index < end).then(|| (at(index), at(index + 1)))
    }

    pub(crate) fn get(self, key: &str) -> Option<Value<'a>> {
        self.find(key).map(|(_, value)| value)
    }

    pub(crate) fn key_span(self, key: &str) -> Option<Span> {
        self.find(key).map(|(key, _)| key.span())
    }

    pub(crate) fn iter(self) -> impl Iterator<Item = (Name<'a>, Value<'a>)> {
        self.pairs()
            .filter_map(|(key, value)| Some((key.as_name()?, value)))
    }

    pub(crate) fn is_empty(self) -> bool {
        self.0.inner().next().is_none()
    }
}
