//! Converts text to Markdown.

use super::inline::Resolve;
use super::{ending, hang, lines, optional, parse, prose, render};

/// Converts a documentation text of a schema (an overview, a member's description, a section) to
/// rustdoc Markdown.
///
/// `resolve` returns the path of the item or field that `@name` refers to
/// (such as `events::Stop`, `VncServerInfo`, `Self::device`), or `None` if there
/// is none.
///
/// The result has no trailing newline, no trailing blanks, and no blank line at either end. It
/// never contains a code block that rustdoc would compile. Any input is accepted, and the time taken
/// grows in proportion to its length.
pub(crate) fn to_markdown(text: &str, resolve: Resolve<'_>) -> String {
    match prose::paragraph(text) {
        Some(paragraph) => paragraph,
        None => titled("", text, resolve),
    }
}

/// The same after a title, `Returns` or `Errors`; empty if there is no text.
pub(crate) fn titled(title: &str, text: &str, resolve: Resolve<'_>) -> String {
    let text = lines::normalize(text);
    let all: Vec<&str> = text.lines().collect();
    let Some((&first, rest)) = lines::trim_blank(&all).split_first() else {
        return String::new();
    };
    let mut lines = hang::hang(optional::without_optional_marker(first), rest);
    if let Some(last) = lines.last_mut() {
        *last = optional::without_final_optional_marker(last);
    }
    let blocks = ending::without_announcement(parse::parse(&lines, !title.is_empty()));
    render::blocks(title, &blocks, resolve).join("\n")
}

/// A paragraph that is Markdown already, in lines that are not too long.
pub(crate) fn paragraph(text: String) -> String {
    render::folded(vec![text]).join("\n")
}
