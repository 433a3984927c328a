//! Words: the markup inside a paragraph, and the escapes that keep plain text plain.
//!
//! Three things are told apart: markup of the schema's language, which is rewritten ([`markup`],
//! [`output`]); characters that would be markup to Markdown, which are escaped where Markdown would
//! really see markup ([`escape`]); and everything else, which is copied.

mod converter;
mod escape;
mod markup;
mod output;
mod url;

pub(crate) use converter::Resolve;
use converter::{Converter, Mode};

/// Converts the lines of a paragraph, the first to stand behind `before`.
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

/// Bold words that lead a text, with a colon.
pub(super) fn lead(text: &str, resolve: Resolve<'_>) -> String {
    let text = text.trim().trim_end_matches(':');
    let text = Converter::new(text, Mode::Emphasis, resolve).run();
    format!("**{text}:**")
}
