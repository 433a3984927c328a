//! Plain text and its escapes. There are as few escapes as possible, because the text is also read in
//! the source.

use super::super::lines::run_of;
use super::super::syntax::{digits_of, is_word_end};
use super::converter::{Converter, Mode};
use super::url::url_length;

impl Converter<'_, '_> {
    /// Copies a character that is not markup, or the whole run of it if Markdown treats the run
    /// as a whole.
    pub(super) fn plain(&mut self, c: char) {
        let length = match c {
            '`' | '*' | '_' | '~' => run_of(self.rest(), c as u8),
            _ => c.len_utf8(),
        };
        let run = &self.rest()[..length];
        let needs_escape = self.needs_escape(c, length);
        self.pos += length;
        for c in run.chars() {
            self.push(c, needs_escape);
        }
    }

    /// Copies a character that was escaped in the schema.
    pub(super) fn literally(&mut self, c: char) {
        let needs_escape = "\\`*_[]<&~".contains(c) || self.would_be_target(c);
        self.push(c, needs_escape);
    }

    fn push(&mut self, c: char, needs_escape: bool) {
        if c == '[' && self.would_be_target(c) {
            // Rustdoc interprets even an escaped bracket here.
            self.out.push_str("&#91;");
            return;
        }
        if needs_escape {
            self.out.push('\\');
        }
        self.out.push(c);
    }

    /// Whether a bracket would become the target of the preceding link.
    fn would_be_target(&self, c: char) -> bool {
        matches!(c, '(' | '[') && self.out.ends_with("`]")
    }

    /// Whether Markdown would interpret a run of `c` at the current position as markup.
    fn needs_escape(&self, c: char, length: usize) -> bool {
        let end = self.pos + length;
        let after = &self.text[end..];
        // The text after a nested one may close it.
        let is_closed = |last: usize| self.mode != Mode::Plain || last >= end;
        match c {
            '`' => true,
            '*' if self.mode != Mode::Plain => true,
            '*' => is_closed(self.last.asterisk) && self.opens_emphasis(c, after),
            '_' => is_closed(self.last.underscore) && self.opens_emphasis(c, after),
            '~' => is_closed(self.last.tilde),
            '[' => is_closed(self.last.bracket),
            ']' => self.mode == Mode::LinkText,
            '(' => self.would_be_target(c),
            '<' => {
                // The following markup may become a word.
                let is_name = |c: char| c.is_ascii_alphabetic() || "/!?:`\\".contains(c);
                let may_close = is_closed(self.last.angle) || self.is_line_start();
                may_close && after.starts_with(is_name)
            }
            '&' => is_entity(after),
            '\\' => {
                // A following URL will start with an angle bracket.
                let is_escapable = |c: char| c.is_ascii_punctuation() || c == '\n';
                after.is_empty() || after.starts_with(is_escapable) || url_length(after) > 0
            }
            _ => false,
        }
    }

    /// Whether Markdown interprets a run of `c` as the start of emphasis.
    fn opens_emphasis(&self, c: char, after: &str) -> bool {
        let is_blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
        let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let before = self.out.chars().next_back();
        let next = after.chars().next();
        let is_left_flanking = !is_blank(next) && (is_word(next) || !is_word(before));
        is_left_flanking && (c != '_' || !is_word(before))
    }
}

/// Whether the text after a `&` makes it a character reference.
fn is_entity(text: &str) -> bool {
    const LONGEST: usize = 33;
    let name = text.strip_prefix('#').unwrap_or(text);
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric();
    let length = name.bytes().take(LONGEST).take_while(is_part).count();
    length > 0 && name[length..].starts_with(';')
}

/// A line of running text. Its start is escaped where Markdown would start a block.
pub(super) fn line_start(line: &str, is_first: bool) -> String {
    match hazard(line, is_first) {
        Some(at) => format!("{}\\{}", &line[..at], &line[at..]),
        None => line.to_owned(),
    }
}

/// The position of an escape that keeps a line from starting a heading, list, quote, fence, table or
/// rule.
fn hazard(line: &str, is_first: bool) -> Option<usize> {
    let digits = digits_of(line);
    if let Some(rest) = line[digits..].strip_prefix(['.', ')']) {
        // Inside a paragraph, only an item with the number 1 and text starts a list.
        let is_one = line[..digits].trim_start_matches('0') == "1";
        let begins = is_first || is_one && !rest.is_empty();
        return (begins && (1..=9).contains(&digits) && is_word_end(rest)).then_some(digits);
    }
    let hashes = run_of(line, b'#');
    let is_bullet = |line: &str| line.strip_prefix(['-', '+', '*']).is_some_and(is_word_end);
    let is_hazard = is_bullet(line)
        || hashes > 0 && is_word_end(&line[hashes..])
        || line.starts_with('>')
        || line.starts_with("~~~")
        || line.bytes().all(|byte| b"-=_*:|+ ".contains(&byte));
    is_hazard.then_some(0)
}

/// The text of a heading. Markdown would ignore a `#` at the end.
pub(super) fn heading_end(mut text: String) -> String {
    let start = text.trim_end_matches('#');
    if start.len() < text.len() && start.ends_with(' ') {
        text.insert(start.len(), '\\');
    }
    text
}
