//! Lines of documentation blocks, and what they may start with.

use super::indent::indent;
use crate::source::Span;
use crate::syntax::is_space;

/// The text of a comment, given everything after its `#`.
pub(super) fn content(comment: &str) -> &str {
    let content = comment.strip_prefix(' ').unwrap_or(comment);
    match content.as_bytes() {
        // The fast path for nearly all lines.
        [.., b'!'..=b'~'] => content,
        _ => content.trim_end_matches(is_space),
    }
}

/// A line of a block without its `# `.
#[derive(Clone, Copy)]
pub(super) struct Line<'a> {
    pub(super) text: &'a str,
    /// The offset after the text.
    pub(super) end: u32,
    /// The comment from its `#` on.
    pub(super) span: Span,
}

impl<'a> Line<'a> {
    pub(super) fn indent(&self) -> usize {
        indent(self.text)
    }

    /// `@name:` at the start, and the text after it.
    pub(super) fn at_name(&self) -> Option<(&'a str, &'a str)> {
        let text = self.text.strip_prefix('@')?;
        let end = memchr::memchr(b':', text.as_bytes())?;
        Some((&text[..end], text[end + 1..].trim_start_matches(' ')))
    }

    /// The tag of a section at the start, and the text after it.
    pub(super) fn tag(&self) -> Option<(Tag, &'a str)> {
        // Few lines begin like a tag. The others need no search for a colon.
        if !self.text.starts_with(['R', 'E', 'S', 'T', 'N']) {
            return None;
        }
        let (word, rest) = self.text.split_once(':')?;
        let tag = Tag::from_word(word)?;
        // `Note::` is a paragraph of reStructuredText.
        (!rest.starts_with(':')).then(|| (tag, rest.trim_start_matches(' ')))
    }

    pub(super) fn opens_section(&self) -> bool {
        self.text == "Features:" || self.at_name().is_some() || self.tag().is_some()
    }
}

/// The tag of a section.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Tag {
    Returns,
    Errors,
    Since,
    Todo,
    /// `Note:` or `Example:`, which reStructuredText directives replaced.
    Old,
}

impl Tag {
    pub(super) fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "Returns" => Tag::Returns,
            "Errors" => Tag::Errors,
            "Since" => Tag::Since,
            "TODO" => Tag::Todo,
            "Note" | "Notes" | "Example" | "Examples" => Tag::Old,
            _ => return None,
        })
    }
}
