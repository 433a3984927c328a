//! The markup inside a paragraph, and the escapes for plain text.
//!
//! The text consists of markup of the schema's language, which is rewritten ([`markup`],
//! [`output`]); characters that are markup in Markdown, which are escaped where Markdown would
//! interpret them ([`escape`]); and everything else, which is copied.

mod converter;
mod escape;
mod markup;
mod output;
mod url;

pub(crate) use converter::Resolve;
use converter::{Converter, Mode};

/// Converts the lines of a paragraph, of which the first follows `before`.
pub(super) fn paragraph(before: &str, lines: &[&str], resolve: Resolve<'_>) -> Vec<String> {
    let text = Converter::new(&lines.join("\n"), Mode::Plain, resolve).run();
    let mut out = Vec::with_capacity(lines.len());
    for (index, line) in text.split('\n').enumerate() {
        let line = line.trim();
        if index == 0 && !before.is_empty() {
            out.push(format!("{before} {line}").trim_end().to_owned());
        } else if !line.is_empty() {
            out.push(escape::line_start(line, out.is_empty()));
        }
    }
    out
}

/// The text of a heading.
pub(super) fn heading(text: &str, resolve: Resolve<'_>) -> String {
    let text = Converter::new(text, Mode::Plain, resolve).run();
    escape::heading_end(text)
}

/// A whole line in bold.
pub(super) fn strong(text: &str, resolve: Resolve<'_>) -> String {
    let text = Converter::new(text.trim(), Mode::Emphasis, resolve).run();
    format!("**{text}**")
}

/// A bold lead with a colon.
pub(super) fn lead(text: &str, resolve: Resolve<'_>) -> String {
    let text = text.trim().trim_end_matches(':');
    let text = Converter::new(text, Mode::Emphasis, resolve).run();
    format!("**{text}:**")
}
