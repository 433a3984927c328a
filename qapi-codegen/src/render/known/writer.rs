//! Lines of code.

use std::ops::Range;

use super::scan::{Delimiter, Kind, Token};
use crate::model::Docs;

/// The width of a line.
const WIDTH: usize = 89;

/// The width of a struct literal on one line.
const LITERAL_WIDTH: usize = 34;

/// Writes ranges of tokens as lines. `None` is returned for what prettyplease would break in a way that is not known here.
pub(super) struct Writer<'w> {
    code: &'w str,
    pub(super) tokens: &'w [Token],
    comments: &'w [Docs],
    margin: usize,
    out: &'w mut String,
}

impl<'w> Writer<'w> {
    pub(super) fn new(
        code: &'w str,
        tokens: &'w [Token],
        comments: &'w [Docs],
        margin: usize,
        out: &'w mut String,
    ) -> Self {
        Self {
            code,
            tokens,
            comments,
            margin,
            out,
        }
    }

    /// The text of a token.
    pub(super) fn text(&self, at: usize) -> &'w str {
        let token = &self.tokens[at];
        &self.code[token.start..token.stop]
    }

    /// The place of the first token of a kind outside of groups, or the end.
    pub(super) fn find(&self, is: fn(Kind) -> bool, mut at: usize, end: usize) -> usize {
        while at < end {
            let token = &self.tokens[at];
            if is(token.kind) {
                return at;
            }
            at = match token.kind {
                Kind::Open(_) => token.close + 1,
                _ => at + 1,
            };
        }
        end
    }

    /// Whether a range fits on a line, with a text after it.
    pub(super) fn fits(&self, at: usize, end: usize, suffix: &str, indent: usize) -> bool {
        let width = self.tokens[end - 1].end() - self.tokens[at].column;
        indent + width + suffix.len() <= WIDTH
    }

    /// A range on one line.
    pub(super) fn line(
        &mut self,
        at: usize,
        end: usize,
        suffix: &str,
        indent: usize,
    ) -> Option<()> {
        if !self.fits(at, end, suffix, indent) {
            return None;
        }
        self.indent(indent);
        self.range(at, end);
        self.out.push_str(suffix);
        self.out.push('\n');
        Some(())
    }

    /// An arm of a `match` on one line, if that is wide enough: its pattern and its value.
    pub(super) fn arm(
        &mut self,
        pattern: Range<usize>,
        value: Range<usize>,
        indent: usize,
    ) -> bool {
        let tokens = self.tokens;
        let width = tokens[pattern.end - 1].end() - tokens[pattern.start].column;
        let value_width = tokens[value.end - 1].end() - tokens[value.start].column;
        // prettyplease does not count the comma.
        if indent + width + " ".len() + value_width > WIDTH {
            return false;
        }
        self.indent(indent);
        self.range(pattern.start, pattern.end);
        self.out.push(' ');
        self.range(value.start, value.end);
        self.out.push_str(",\n");
        true
    }

    /// Copies as much as possible at once.
    fn range(&mut self, at: usize, end: usize) {
        let mut first = at;
        for index in at + 1..end {
            let token = &self.tokens[index];
            if !token.is_adjacent {
                self.copy(first, index);
                if token.spaced {
                    self.out.push(' ');
                }
                first = index;
            }
        }
        self.copy(first, end);
    }

    /// Copies tokens with the text between them.
    fn copy(&mut self, at: usize, end: usize) {
        let last = &self.tokens[end - 1];
        let text = &self.code[self.tokens[at].start..last.stop];
        self.out.push_str(text);
    }

    /// The same for a range with expressions.
    pub(super) fn expression(
        &mut self,
        at: usize,
        end: usize,
        suffix: &str,
        indent: usize,
    ) -> Option<()> {
        if !self.is_flat(at, end) {
            return None;
        }
        self.line(at, end, suffix, indent)
    }

    /// Whether prettyplease breaks no expression in a range unless it is too wide.
    pub(super) fn is_flat(&self, at: usize, end: usize) -> bool {
        for (index, token) in self.tokens[at..end].iter().enumerate() {
            match token.kind {
                Kind::Open(Delimiter::Brace) => {
                    // A struct literal with a short path.
                    let Some(path) = (at + index).checked_sub(1) else {
                        return false;
                    };
                    let path = &self.tokens[path];
                    let width = self.tokens[token.close].column - path.column;
                    if !matches!(path.kind, Kind::Word) || width > LITERAL_WIDTH {
                        return false;
                    }
                }
                Kind::Keyword if matches!(self.text(at + index), "match" | "for") => return false,
                Kind::Bang => return false,
                _ => {}
            }
        }
        true
    }

    /// Parts separated by commas, one on each line.
    pub(super) fn list(&mut self, mut at: usize, end: usize, indent: usize) -> Option<()> {
        while at < end {
            let comma = self.find(Kind::is_comma, at, end);
            self.expression(at, comma, ",", indent)?;
            at = comma + 1;
        }
        Some(())
    }

    /// A line of text.
    pub(super) fn raw(&mut self, text: &str, indent: usize) {
        self.indent(indent);
        self.out.push_str(text);
        self.out.push('\n');
    }

    pub(super) fn blank(&mut self) {
        self.out.push('\n');
    }

    /// The attributes at a place; returns the place after them.
    pub(super) fn attributes(&mut self, mut at: usize, indent: usize) -> Option<usize> {
        loop {
            let token = self.tokens.get(at)?;
            match token.kind {
                Kind::Comment => {
                    self.raw(self.text(at), indent);
                    at += 1;
                }
                Kind::Hash => {
                    let end = self.tokens[at + 1].close + 1;
                    self.attribute(at, end, indent)?;
                    at = end;
                }
                _ => return Some(at),
            }
        }
    }

    fn attribute(&mut self, at: usize, end: usize, indent: usize) -> Option<()> {
        let tokens = self.tokens;
        // #[doc = …]
        if at + 6 == end && self.text(at + 2) == "doc" {
            return self.documentation(self.text(at + 4), indent);
        }
        for token in &tokens[at + 2..end - 1] {
            // The caller's attributes can have anything.
            match token.kind {
                Kind::Word | Kind::PathSeparator | Kind::Comma | Kind::Equals => {}
                Kind::Open(Delimiter::Parenthesis) | Kind::Close(Delimiter::Parenthesis) => {}
                _ => return None,
            }
        }
        if self.fits(at, end, "", indent) {
            return self.line(at, end, "", indent);
        }
        // #[name(…)], with a line for each part
        let (open, close) = (at + 3, end - 2);
        if !matches!(tokens[open].kind, Kind::Open(Delimiter::Parenthesis))
            || tokens[open].close != close
        {
            return None;
        }
        self.line(at, open + 1, "", indent)?;
        let mut from = open + 1;
        while from < close {
            let comma = self.find(Kind::is_comma, from, close);
            // However wide it is.
            self.indent(indent + 4);
            self.range(from, comma);
            self.out.push_str(if comma < close { ",\n" } else { "\n" });
            from = comma + 1;
        }
        self.raw(")]", indent);
        Some(())
    }

    /// The comment for a number.
    fn documentation(&mut self, number: &str, indent: usize) -> Option<()> {
        let slashes = format!("{}///", spaces(self.margin + indent));
        for line in self.comments.get(number.parse::<usize>().ok()?)? {
            self.out.push_str(&slashes);
            if !line.is_empty() {
                self.out.push(' ');
                self.out.push_str(line);
            }
            self.out.push('\n');
        }
        Some(())
    }

    fn indent(&mut self, indent: usize) {
        self.out.push_str(spaces(self.margin + indent));
    }
}

/// An indentation.
fn spaces(count: usize) -> &'static str {
    const SPACES: &str = "                                ";
    &SPACES[..count]
}
