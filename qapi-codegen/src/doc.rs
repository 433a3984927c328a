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
mod markdown;
mod optional;
mod parse;
mod plain;
mod prose;
mod render;
mod since;
mod syntax;

pub(crate) use markdown::{paragraph, titled, to_markdown};
pub(crate) use plain::{plain, summary};
pub(crate) use since::since;

#[cfg(test)]
mod tests;
