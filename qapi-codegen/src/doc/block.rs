//! Blocks: paragraphs, lists, fences and the rest, told apart line by line.

use super::directive::{self, is_directive, is_explicit};
use super::lines::{dedent, hang, indent_of, is_blank, trim_blank};
use super::syntax::{
    Marker, adornment, field, is_arrow, is_drawing, is_json, is_line_block, is_list_item,
    is_table_border, is_term, list_marker, nesting, qapi_title, roster_entry, starts_transcript,
    tag,
};
use std::borrow::Cow;

/// A piece of text that stands on lines of its own.
pub(super) enum Block<'a> {
    /// Running text, its lines without indentation.
    Paragraph(Vec<&'a str>),
    /// A title; level 1 is the highest.
    Heading { level: usize, text: &'a str },
    /// Preformatted text, and the word behind its opening fence.
    Fence {
        language: &'static str,
        lines: Vec<&'a str>,
    },
    /// Any list. Definitions and fields are bullets whose items have a lead.
    List {
        items: Vec<Item<'a>>,
        is_loose: bool,
    },
    /// Text set apart: a quotation, or a note, whose lead says of what kind it is.
    Quote {
        lead: Option<Cow<'a, str>>,
        blocks: Vec<Block<'a>>,
    },
    /// A title that is no heading, such as that of an example.
    Caption(Cow<'a, str>),
    /// A line block: running text whose lines must not flow together.
    Verse(Vec<&'a str>),
    /// A line across the page.
    Rule,
}

/// One item of a [`Block::List`].
pub(super) struct Item<'a> {
    pub(super) marker: Marker,
    pub(super) lead: Option<Cow<'a, str>>,
    pub(super) blocks: Vec<Block<'a>>,
}

/// What the text around a block means for its reading.
#[derive(Clone, Copy)]
pub(super) struct Scope {
    pub(super) depth: usize,
    /// The language of a literal block that does not show what it is.
    pub(super) literal: &'static str,
}

/// Markup inside more than this many levels of other markup is read as plain text: the levels cost stack and time.
const MAX_DEPTH: usize = 8;

pub(super) const JSON: &str = "json";
pub(super) const TEXT: &str = "text";

impl Scope {
    pub(super) const TOP: Scope = Scope {
        depth: 0,
        literal: TEXT,
    };

    pub(super) fn inner(self) -> Scope {
        Scope {
            depth: self.depth + 1,
            ..self
        }
    }
}

/// Cuts lines that have no common indentation into blocks.
pub(super) fn parse<'a>(lines: &[&'a str], scope: Scope) -> Vec<Block<'a>> {
    let mut parser = Parser {
        lines,
        pos: 0,
        scope,
        blocks: Vec::new(),
        title_styles: Vec::new(),
    };
    parser.run();
    parser.blocks
}

/// A fence in the language that its text shows, or else in the one given.
pub(super) fn fence<'a>(lines: Vec<&'a str>, otherwise: &'static str) -> Block<'a> {
    let language = match lines.first() {
        Some(first) if starts_transcript(first.trim_start()) => JSON,
        _ => otherwise,
    };
    Block::Fence { language, lines }
}

struct Parser<'s, 'a> {
    lines: &'s [&'a str],
    pos: usize,
    scope: Scope,
    blocks: Vec<Block<'a>>,
    /// Adornments of titles in order of appearance, which is the order of their levels.
    title_styles: Vec<(u8, bool)>,
}

impl<'s, 'a> Parser<'s, 'a> {
    fn run(&mut self) {
        while let Some(&line) = self.lines.get(self.pos) {
            if is_blank(line) {
                self.pos += 1;
            } else if self.scope.depth >= MAX_DEPTH {
                self.plain_paragraph();
            } else if indent_of(line) > 0 {
                self.indented();
            } else {
                self.block(line);
            }
        }
    }

    /// Reads the block that starts with `line`, which is not indented.
    fn block(&mut self, line: &'a str) {
        if self.scope.depth == 0 && self.title() {
            return;
        }
        if is_explicit(line) {
            self.explicit();
        } else if starts_transcript(line) {
            self.transcript();
        } else if is_table_border(line) {
            self.table();
        } else if is_line_block(line) {
            self.verse();
        } else if let Some(marker) = self.list_start() {
            self.list(marker);
        } else if field(line).is_some() {
            self.fields();
        } else if let Some((lead, text)) = tag(line) {
            self.tagged(lead, text);
        } else if self.is_roster() {
            self.roster();
        } else if self.is_definition() {
            self.definitions();
        } else {
            self.paragraph();
        }
    }

    fn line(&self, pos: usize) -> Option<&'a str> {
        self.lines.get(pos).copied()
    }

    fn is_blank_at(&self, pos: usize) -> bool {
        self.line(pos).is_none_or(is_blank)
    }

    fn is_indented_at(&self, pos: usize) -> bool {
        self.line(pos)
            .is_some_and(|line| !is_blank(line) && indent_of(line) > 0)
    }

    /// The indented lines at and after the current one, blank ones between them included.
    fn take_indented(&mut self) -> &'s [&'a str] {
        let start = self.pos;
        let mut end = start;
        while let Some(line) = self.line(self.pos) {
            if is_blank(line) {
                self.pos += 1;
            } else if indent_of(line) > 0 {
                self.pos += 1;
                end = self.pos;
            } else {
                break;
            }
        }
        self.pos = end;
        &self.lines[start..end]
    }

    /// The lines up to the next blank one.
    fn take_until_blank(&mut self) -> &'s [&'a str] {
        let start = self.pos;
        while !self.is_blank_at(self.pos) {
            self.pos += 1;
        }
        &self.lines[start..self.pos]
    }

    fn inner(&self, lines: &[&'a str]) -> Vec<Block<'a>> {
        parse(lines, self.scope.inner())
    }

    /// The last resort where markup is nested too deep.
    fn plain_paragraph(&mut self) {
        let lines = self.take_until_blank();
        self.blocks.push(Block::Paragraph(trimmed(lines)));
    }

    /// An indented region is a quotation if it is set apart by blank lines and holds nothing but prose. Old schemas
    /// indent lists, examples and wrapped lines as they please; that is no reason to quote them.
    fn indented(&mut self) {
        let is_set_apart = self.pos > 0 && self.is_blank_at(self.pos - 1);
        let lines = dedent(self.take_indented());
        let inner = self.inner(&lines);
        let is_prose = inner
            .iter()
            .all(|block| matches!(block, Block::Paragraph(_)));
        if is_set_apart && is_prose && self.is_blank_at(self.pos) && !self.blocks.is_empty() {
            self.blocks.push(Block::Quote {
                lead: None,
                blocks: inner,
            });
        } else {
            self.blocks.extend(inner);
        }
    }

    /// `.. name::`, a target or a comment.
    fn explicit(&mut self) {
        let first = self.lines[self.pos];
        self.pos += 1;
        let is_empty_comment = first == ".." && self.is_blank_at(self.pos);
        let body = if is_empty_comment {
            &[]
        } else {
            self.take_indented()
        };
        self.blocks
            .extend(directive::parse(first, body, self.scope));
    }

    /// What the client sends and what QEMU answers, in one fence as long as the talk goes on.
    fn transcript(&mut self) {
        let start = self.pos;
        let mut end = start;
        let mut depth = 0i64;
        while let Some(line) = self.line(self.pos) {
            self.pos += 1;
            if is_blank(line) {
                continue;
            }
            let text = line.trim_start();
            let is_open = depth > 0;
            let is_part = indent_of(line) > 0 || is_json(text);
            let is_glued = self.pos == end + 1;
            if !(starts_transcript(text) || is_open && is_part || is_glued && (is_open || is_part))
            {
                break;
            }
            // A bracket that an example forgot is forgotten with the next arrow.
            depth = if is_arrow(text) { 0 } else { depth } + nesting(text);
            end = self.pos;
        }
        self.pos = end;
        self.blocks.push(Block::Fence {
            language: JSON,
            lines: self.lines[start..end].to_vec(),
        });
    }

    /// A table stays as it was drawn.
    fn table(&mut self) {
        let lines = self.take_until_blank();
        self.blocks.push(Block::Fence {
            language: TEXT,
            lines: lines.to_vec(),
        });
    }

    fn verse(&mut self) {
        let lines = self.take_until_blank();
        let texts: Vec<&str> = lines
            .iter()
            .map(|line| line.strip_prefix('|').unwrap_or(line).trim())
            .collect();
        self.blocks.push(match texts.first() {
            Some(first) if starts_transcript(first) => Block::Fence {
                language: JSON,
                lines: texts,
            },
            _ => Block::Verse(texts),
        });
    }

    /// A title in one of its forms, or a rule; answers whether there was one.
    fn title(&mut self) -> bool {
        let line = self.lines[self.pos];
        if let Some((level, text)) = qapi_title(line) {
            self.push_heading(level, text, 1);
            return true;
        }
        let below = self.line(self.pos + 1).unwrap_or("");
        if let Some(adornment) = adornment(line) {
            let is_overlined = !is_blank(below) && self.line(self.pos + 2) == Some(line);
            if is_overlined {
                let level = self.title_level(adornment, true);
                self.push_heading(level, below.trim(), 3);
                return true;
            }
            let is_rule = line.len() >= 4 && is_blank(below);
            if is_rule {
                self.blocks.push(Block::Rule);
                self.pos += 1;
            }
            return is_rule;
        }
        match adornment(below) {
            Some(adornment) if below.len() >= line.chars().count().min(4) => {
                let level = self.title_level(adornment, false);
                self.push_heading(level, line, 2);
                true
            }
            _ => false,
        }
    }

    fn push_heading(&mut self, level: usize, text: &'a str, lines: usize) {
        self.blocks.push(Block::Heading { level, text });
        self.pos += lines;
    }

    fn title_level(&mut self, adornment: u8, is_overlined: bool) -> usize {
        let style = (adornment, is_overlined);
        let known = self.title_styles.iter().position(|known| *known == style);
        let index = known.unwrap_or_else(|| {
            self.title_styles.push(style);
            self.title_styles.len() - 1
        });
        index + 1
    }

    /// The marker at the current line if a list starts there. A number needs a second line that is not running text:
    /// otherwise it is a sentence that happens to start with a number.
    fn list_start(&self) -> Option<Marker> {
        let (marker, _) = list_marker(self.lines[self.pos])?;
        let is_closed = match self.line(self.pos + 1) {
            Some(next) => {
                is_blank(next)
                    || indent_of(next) > 0
                    || starts_transcript(next)
                    || is_list_item(next)
            }
            None => true,
        };
        (marker == Marker::Bullet || is_closed).then_some(marker)
    }

    fn list(&mut self, first: Marker) {
        let mut items = Vec::new();
        let mut is_loose = false;
        let mut expected = first;
        while let Some((marker, text)) = self.line(self.pos).and_then(list_marker) {
            if !continues(expected, marker) {
                break;
            }
            expected = expected.next();
            self.pos += 1;
            let lines = hang(text, self.take_indented());
            items.push(Item {
                marker,
                lead: None,
                blocks: self.inner(&lines),
            });
            is_loose |= self.skip_to(|line| {
                list_marker(line).is_some_and(|(marker, _)| continues(expected, marker))
            });
        }
        self.push_list(items, is_loose);
    }

    /// Skips blank lines if a line as wanted comes after them; answers whether there were any.
    fn skip_to(&mut self, is_wanted: impl Fn(&str) -> bool) -> bool {
        let blank = self.lines[self.pos..]
            .iter()
            .take_while(|line| is_blank(line))
            .count();
        let is_next = blank > 0 && self.line(self.pos + blank).is_some_and(is_wanted);
        if is_next {
            self.pos += blank;
        }
        is_next
    }

    fn push_list(&mut self, items: Vec<Item<'a>>, is_loose: bool) {
        // Blank lines inside an item show as much as those between items.
        let is_dense = |item: &Item<'_>| {
            matches!(
                item.blocks[..],
                [] | [_] | [Block::Paragraph(_), Block::List { .. }]
            )
        };
        let is_loose = is_loose || !items.iter().all(is_dense);
        self.blocks.push(Block::List { items, is_loose });
    }

    /// `:name: text` lines.
    fn fields(&mut self) {
        let mut items = Vec::new();
        let mut is_loose = false;
        while let Some((name, text)) = self.line(self.pos).and_then(field) {
            self.pos += 1;
            let lines = hang(text, self.take_indented());
            items.push(Item {
                marker: Marker::Bullet,
                lead: Some(name.into()),
                blocks: self.inner(&lines),
            });
            is_loose |= self.skip_to(|line| field(line).is_some());
        }
        self.push_list(items, is_loose);
    }

    /// Whether every line here tells of a member: two lines that line their texts up, or three that
    /// do not, are no coincidence.
    fn is_roster(&self) -> bool {
        let lines = self.lines[self.pos..]
            .iter()
            .take_while(|line| !is_blank(line));
        let mut entries = lines
            .filter(|line| indent_of(line) == 0)
            .map(|line| roster_entry(line));
        let mut is_lined_up = || Some(entries.next()??.1.starts_with(' '));
        match (is_lined_up(), is_lined_up()) {
            (Some(true), Some(true)) => true,
            (Some(_), Some(_)) => is_lined_up().is_some(),
            _ => false,
        }
    }

    fn roster(&mut self) {
        let mut items = Vec::new();
        while let Some((name, text)) = self.line(self.pos).and_then(roster_entry) {
            self.pos += 1;
            let lines = hang(text.trim_start(), self.take_indented());
            items.push(Item {
                marker: Marker::Bullet,
                lead: Some(name.into()),
                blocks: self.inner(&lines),
            });
        }
        self.push_list(items, false);
    }

    /// Whether a term and its definition stand here, and not a paragraph whose lines hang.
    fn is_definition(&self) -> bool {
        self.is_indented_at(self.pos + 1)
            && is_term(self.lines[self.pos])
            && !is_list_item(self.lines[self.pos + 1])
    }

    fn definitions(&mut self) {
        let mut items = Vec::new();
        let mut is_loose = false;
        while self.pos < self.lines.len() && self.is_definition() {
            let term = self.lines[self.pos];
            self.pos += 1;
            let lines = dedent(self.take_indented());
            items.push(Item {
                marker: Marker::Bullet,
                lead: Some(term.into()),
                blocks: self.inner(&lines),
            });
            is_loose |= self.skip_to(|line| !is_blank(line) && is_term(line));
        }
        self.push_list(items, is_loose);
    }

    /// A `Note:` of the old style, which reaches as far as its paragraph and the indented text after it; where the tag
    /// stands alone, as far as the block after it.
    fn tagged(&mut self, lead: &'static str, text: &'a str) {
        self.pos += 1;
        let start = self.pos;
        while !self.is_blank_at(self.pos) && (self.is_indented_at(self.pos) || !self.interrupts()) {
            self.pos += 1;
        }
        self.take_indented();
        let rest = trim_blank(&self.lines[start..self.pos]);
        let mut blocks = self.inner(&hang(text, rest));
        if blocks.is_empty() {
            blocks = self.following_block();
        }
        self.blocks.push(Block::Quote {
            lead: Some(lead.into()),
            blocks,
        });
    }

    /// Reads one more block and takes it away from its siblings.
    fn following_block(&mut self) -> Vec<Block<'a>> {
        let before = self.blocks.len();
        while let Some(&line) = self.lines.get(self.pos) {
            if !is_blank(line) {
                if tag(line).is_none() {
                    self.block(line);
                }
                break;
            }
            self.pos += 1;
        }
        self.blocks.split_off(before)
    }

    fn paragraph(&mut self) {
        let start = self.pos;
        self.pos += 1;
        while !self.is_blank_at(self.pos) && !self.interrupts() {
            self.pos += 1;
        }
        let lines = &self.lines[start..self.pos];
        if is_drawing(lines) {
            self.blocks.push(Block::Fence {
                language: TEXT,
                lines: dedent(lines),
            });
            return;
        }
        let mut lines = trimmed(lines);
        let literal = self.take_literal(lines.last().copied());
        if let (Some(last), Some(_)) = (lines.last_mut(), &literal) {
            *last = without_literal_marker(last);
            if last.is_empty() {
                lines.pop();
            }
        }
        if !lines.is_empty() {
            self.blocks.push(Block::Paragraph(lines));
        }
        self.blocks.extend(literal);
    }

    /// The literal block that the `::` at the end of `line` announces, if there is one.
    fn take_literal(&mut self, line: Option<&str>) -> Option<Block<'a>> {
        if !line?.ends_with("::") {
            return None;
        }
        let region = trim_blank(self.take_indented());
        (!region.is_empty()).then(|| fence(dedent(region), self.scope.literal))
    }

    /// Whether the current line, which follows a line of running text, is not part of that text.
    fn interrupts(&self) -> bool {
        let line = self.lines[self.pos];
        let text = line.trim_start();
        let above = self.lines[self.pos - 1];
        let announces = above.ends_with(':');
        if indent_of(line) > 0 && above.ends_with("::") {
            return true;
        }
        is_directive(text)
            || is_arrow(text)
            || (announces && starts_transcript(text))
            || (indent_of(line) == 0 && tag(text).is_some())
            || self.list_interrupts(text, announces || above.ends_with('.'), announces)
    }

    /// Whether a list starts inside a paragraph. Sentences are wrapped before dashes and numbers too, so it takes more
    /// than a marker.
    fn list_interrupts(&self, text: &str, is_sentence_end: bool, is_announced: bool) -> bool {
        let Some((marker, rest)) = list_marker(text) else {
            return false;
        };
        if rest.is_empty() {
            return false;
        }
        let indent = indent_of(self.lines[self.pos]);
        let next = self.line(self.pos + 1).filter(|next| !is_blank(next));
        let has_sibling = next.is_some_and(|next| indent_of(next) == indent && is_list_item(next));
        let is_closed = next.is_none_or(|next| indent_of(next) > indent) || has_sibling;
        match marker {
            Marker::Bullet if text.starts_with('-') => is_announced || is_closed,
            Marker::Bullet => is_announced || has_sibling,
            Marker::Number(1) | Marker::NextNumber => is_sentence_end && is_closed,
            Marker::Number(_) => false,
        }
    }
}

/// Whether an item may follow in a list whose next marker should be `expected`.
fn continues(expected: Marker, marker: Marker) -> bool {
    match expected {
        Marker::Number(_) => marker == expected || marker == Marker::NextNumber,
        _ => marker == expected,
    }
}

fn trimmed<'a>(lines: &[&'a str]) -> Vec<&'a str> {
    lines.iter().map(|line| line.trim()).collect()
}

fn without_literal_marker(line: &str) -> &str {
    match line.strip_suffix("::") {
        Some(text) if text.is_empty() || text.ends_with(' ') => text.trim_end(),
        Some(text) => &line[..text.len() + 1],
        None => line,
    }
}
