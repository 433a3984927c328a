//! The blocks of a text: paragraphs, lists, fences and others.

use std::borrow::Cow;

use super::syntax::{Marker, starts_transcript};

/// A block of text.
pub(super) enum Block<'a> {
    /// Running text; its lines have no indentation.
    Paragraph(Vec<&'a str>),
    /// A title; level 1 is the highest.
    Heading { level: usize, text: &'a str },
    /// Preformatted text and its language.
    Fence {
        language: &'static str,
        lines: Vec<&'a str>,
    },
    /// A list of any kind. Definitions and fields are bullets with a lead.
    List {
        items: Vec<Item<'a>>,
        is_loose: bool,
    },
    /// A quotation, or a note with its kind as the lead.
    Quote {
        lead: Option<Cow<'a, str>>,
        blocks: Vec<Block<'a>>,
    },
    /// A title that is not a heading, such as the title of an example.
    Caption(Cow<'a, str>),
    /// A line block: running text that keeps its line breaks.
    Verse(Vec<&'a str>),
    /// A horizontal rule.
    Rule,
    /// The version of QEMU since which something exists, and lines about later additions.
    Since(Vec<&'a str>),
}

/// One item of a [`Block::List`].
pub(super) struct Item<'a> {
    pub(super) marker: Marker,
    pub(super) lead: Option<&'a str>,
    pub(super) blocks: Vec<Block<'a>>,
}

/// The language of QMP transcripts, including arrows.
pub(super) const JSON: &str = "json";

/// The language of other preformatted text. Without a language, rustdoc assumes Rust.
pub(super) const TEXT: &str = "text";

/// A fence for a transcript if the text is one, otherwise in the given language.
pub(super) fn fence<'a>(lines: Vec<&'a str>, otherwise: &'static str) -> Block<'a> {
    let language = match lines.first() {
        Some(first) if starts_transcript(first.trim_start()) => JSON,
        _ => otherwise,
    };
    Block::Fence { language, lines }
}
