//! Words: the markup inside a paragraph, and the escapes that keep plain text plain.
//!
//! Three things are told apart: markup of the schema's language, which is rewritten ([`markup`],
//! [`output`]); characters that would be markup to Markdown, which are escaped where Markdown would
//! really see markup ([`escape`]); and everything else, which is copied.

mod escape;
mod markup;
mod output;
mod url;

use super::Resolve;

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

/// The length of the longest run of a character of one byte.
pub(super) fn longest_run(text: &str, wanted: char) -> usize {
    let runs = text.split(|c| c != wanted);
    runs.map(str::len).max().unwrap_or(0)
}

/// What the converted text becomes part of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// A paragraph of its own.
    Plain,
    /// A text between asterisks, where no further ones may stand.
    Emphasis,
    /// A text between brackets, where no link may stand.
    LinkText,
}

struct Converter<'t, 'r> {
    text: &'t str,
    /// Where the rest of the text starts that is still to be read.
    pos: usize,
    out: String,
    mode: Mode,
    resolve: Resolve<'r>,
    last: LastOf,
    missing: Missing,
}

/// Where the last of each character stands that could close something: an opening one after it
/// needs no escape.
struct LastOf {
    asterisk: usize,
    underscore: usize,
    tilde: usize,
    bracket: usize,
    angle: usize,
}

/// End markers that were looked for and do not come any more. Looking again each time would take
/// quadratic time.
#[derive(Default)]
struct Missing {
    literal: bool,
    backtick: bool,
    emphasis: bool,
    strong: bool,
}

impl<'t, 'r> Converter<'t, 'r> {
    fn new(text: &'t str, mode: Mode, resolve: Resolve<'r>) -> Self {
        let last = |c: char| text.rfind(c).unwrap_or(0);
        // A URL gets a bracket that was not in the text.
        let angle = last('>').max(text.rfind("://").unwrap_or(0));
        Converter {
            text,
            pos: 0,
            out: String::with_capacity(text.len()),
            mode,
            resolve,
            last: LastOf {
                asterisk: last('*'),
                underscore: last('_'),
                tilde: last('~'),
                bracket: last(']'),
                angle,
            },
            missing: Missing::default(),
        }
    }

    fn run(mut self) -> String {
        while let Some(c) = self.rest().chars().next() {
            let is_markup = match c {
                '`' => self.literal() || self.quoted_word() || self.interpreted(),
                ':' => self.role(),
                '@' => self.reference(),
                '*' => self.emphasis(),
                '\\' => self.escape(),
                '<' => self.bracketed_url(),
                'h' | 'f' => self.url(),
                '-' => self.hyphens(),
                ' ' => self.gap(),
                _ => false,
            };
            if !is_markup {
                self.plain(c);
            }
        }
        self.out
    }

    /// The text converted for itself.
    fn nested(&self, text: &str, mode: Mode) -> String {
        Converter::new(text, mode, self.resolve).run()
    }

    fn rest(&self) -> &'t str {
        &self.text[self.pos..]
    }

    fn before(&self) -> Option<char> {
        self.text[..self.pos].chars().next_back()
    }

    fn is_inside_word(&self) -> bool {
        let before = self.before();
        before.is_some_and(|c| c.is_alphanumeric() || c == '_')
    }

    /// Whether nothing has been written to the current line.
    fn is_line_start(&self) -> bool {
        let line = self.out.trim_end_matches(' ');
        line.is_empty() || line.ends_with('\n')
    }
}
