//! Converts documentation of schemas to rustdoc Markdown.
//!
//! Documentation in a schema is reStructuredText with some additions (`@name` references, `->` and `<-` transcripts), and
//! hardly more than plain text in old releases. Rustdoc interprets Markdown strictly: an indented paragraph is a program to
//! compile, `<name>` a broken tag, `[0, 10]` a broken link. So nothing is copied unchecked. The text is divided into blocks
//! line by line ([`parse`], with [`directive`] for `.. name::` and [`syntax`] for single lines). Then the blocks are written
//! ([`render`]), and the text in each of them is converted ([`inline`]).
//!
//! Old dialects are recognized wherever they occur, not selected by a version, because schemas mix them.

mod block;
mod directive;
mod ending;
mod hang;
mod inline;
mod lines;
mod optional;
mod parse;
mod plain;
mod render;
mod since;
mod syntax;

pub(crate) use inline::Resolve;
pub(crate) use plain::{plain, summary};
pub(crate) use since::since;

/// Turns one documentation text of a schema (an overview, a member's description, a section) into
/// rustdoc Markdown.
///
/// `resolve` answers what `@name` refers to: `Some(path)` when the name is a thing that has a place
/// in the generated Rust (such as `events::Stop`, `VncServerInfo`, `Self::device`), `None` when it
/// is not.
///
/// The result has no trailing newline, no trailing blanks, and no blank line at either end. It
/// never holds a code block that rustdoc would compile. Any input is accepted, and the time taken
/// grows in proportion to its length.
pub(crate) fn to_markdown(text: &str, resolve: Resolve<'_>) -> String {
    titled("", text, resolve)
}

/// The same behind a title, which is `Returns` or `Errors`; nothing if there is no text.
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

#[cfg(test)]
mod tests;
