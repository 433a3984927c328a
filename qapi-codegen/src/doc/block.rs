//! What a text consists of: paragraphs, lists, fences and the rest.

use std::borrow::Cow;

use super::syntax::{Marker, starts_transcript};

/// A piece of text that stands on lines of its own.
pub(super) enum Block<'a> {
    /// Running text, its lines without indentation.
    Paragraph(Vec<&'a str>),
    /// A title; level 1 is the highest.
    Heading { level: usize, text: &'a str },
    /// Preformatted text, and the word behind its opening fence.
    Fence {
        language: &'static str,
        lines: Vec<&'a str>,
    },
    /// Any list. Definitions and fields are bullets whose items have a lead.
    List {
        items: Vec<Item<'a>>,
        is_loose: bool,
    },
    /// Text set apart: a quotation, or a note, whose lead says of what kind it is.
    Quote {
        lead: Option<Cow<'a, str>>,
        blocks: Vec<Block<'a>>,
    },
    /// A title that is no heading, such as that of an example.
    Caption(Cow<'a, str>),
    /// A line block: running text whose lines must not flow together.
    Verse(Vec<&'a str>),
    /// A line across the page.
    Rule,
    /// The version of QEMU since which something exists.
    Since(&'a str),
}

/// One item of a [`Block::List`].
pub(super) struct Item<'a> {
    pub(super) marker: Marker,
    pub(super) lead: Option<&'a str>,
    pub(super) blocks: Vec<Block<'a>>,
}

/// The language of what goes over the wire, arrows included.
pub(super) const JSON: &str = "json";

/// The language of all other preformatted text. Without one, rustdoc would take it for Rust.
pub(super) const TEXT: &str = "text";

/// A fence in the language that its text shows, or else in the one given.
pub(super) fn fence<'a>(lines: Vec<&'a str>, otherwise: &'static str) -> Block<'a> {
    let language = match lines.first() {
        Some(first) if starts_transcript(first.trim_start()) => JSON,
        _ => otherwise,
    };
    Block::Fence { language, lines }
}
