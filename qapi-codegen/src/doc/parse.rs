//! Divides text into blocks line by line: paragraphs, lists, fences and others.

mod list;
mod outcomes;
mod prose;

use super::block::{Block, JSON, TEXT, fence};
use super::directive::{self, Piece};
use super::lines::{indent_of, is_blank};
use super::syntax::{
    adornment, field, is_arrow, is_explicit, is_json, is_line_block, is_table_border, nesting,
    qapi_title, starts_transcript, tag,
};

/// The maximum nesting depth. Markup at a greater depth is read as plain text, since each level costs
/// stack and time.
const MAX_DEPTH: usize = 8;

/// Divides lines without common indentation into blocks.
///
/// `has_outcomes`: whether running text may be a list of a command's outcomes.
pub(super) fn parse<'a>(lines: &[&'a str], has_outcomes: bool) -> Vec<Block<'a>> {
    let top = Scope {
        depth: 0,
        literal: TEXT,
        has_outcomes,
    };
    parse_in(top, lines)
}

fn parse_in<'a>(scope: Scope, lines: &[&'a str]) -> Vec<Block<'a>> {
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

/// The context of a block.
#[derive(Clone, Copy)]
struct Scope {
    /// The nesting depth.
    depth: usize,
    /// The default language of literal blocks.
    literal: &'static str,
    /// Whether running text may be a list of outcomes.
    has_outcomes: bool,
}

struct Parser<'s, 'a> {
    lines: &'s [&'a str],
    /// The index of the next line to read.
    pos: usize,
    scope: Scope,
    blocks: Vec<Block<'a>>,
    /// Adornments of titles in order of appearance, which is the order of their levels.
    title_styles: Vec<(u8, bool)>,
}

impl<'s, 'a> Parser<'s, 'a> {
    fn run(&mut self) {
        while let Some(line) = self.line(self.pos) {
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

    /// Reads the block that starts with `line`, the current one, which is not indented.
    fn block(&mut self, line: &'a str) {
        if self.scope.depth == 0 && self.title(line) {
            return;
        }
        if is_explicit(line) {
            self.explicit(line);
        } else if starts_transcript(line) {
            self.transcript();
        } else if is_table_border(line) {
            self.table();
        } else if is_line_block(line) {
            self.verse();
        } else if self.starts_list(line) {
            self.list();
        } else if field(line).is_some() {
            self.fields();
        } else if let Some((lead, text)) = tag(line) {
            self.tagged(lead, text);
        } else if self.starts_changes() {
            self.changes();
        } else if self.starts_roster() {
            self.roster();
        } else if self.is_definition_at(self.pos) {
            self.definitions();
        } else {
            self.paragraph();
        }
    }

    /// Parses the contents of the current block.
    fn inner(&self, lines: &[&'a str]) -> Vec<Block<'a>> {
        self.inner_with(lines, self.scope.literal)
    }

    fn inner_with(&self, lines: &[&'a str], literal: &'static str) -> Vec<Block<'a>> {
        let scope = Scope {
            depth: self.scope.depth + 1,
            literal,
            has_outcomes: false,
        };
        parse_in(scope, lines)
    }

    fn line(&self, pos: usize) -> Option<&'a str> {
        self.lines.get(pos).copied()
    }

    /// Whether a line is blank or beyond the end.
    fn is_blank_at(&self, pos: usize) -> bool {
        self.line(pos).is_none_or(is_blank)
    }

    fn is_indented_at(&self, pos: usize) -> bool {
        !self.is_blank_at(pos) && indent_of(self.lines[pos]) > 0
    }

    /// Takes the indented lines from the current one on, with blank lines between them.
    fn take_indented(&mut self) -> &'s [&'a str] {
        let start = self.pos;
        let mut end = start;
        for (pos, line) in self.lines.iter().enumerate().skip(start) {
            if is_blank(line) {
                continue;
            }
            if indent_of(line) == 0 {
                break;
            }
            end = pos + 1;
        }
        self.pos = end;
        &self.lines[start..end]
    }

    /// Takes the lines up to the next blank one.
    fn take_until_blank(&mut self) -> &'s [&'a str] {
        let start = self.pos;
        while !self.is_blank_at(self.pos) {
            self.pos += 1;
        }
        &self.lines[start..self.pos]
    }

    /// `.. name::`, a target or a comment.
    fn explicit(&mut self, first: &'a str) {
        self.pos += 1;
        let is_empty_comment = first == ".." && self.is_blank_at(self.pos);
        let body = if is_empty_comment {
            &[]
        } else {
            self.take_indented()
        };
        for piece in directive::read(first, body, self.scope.literal) {
            match piece {
                Piece::Block(block) => self.blocks.push(block),
                Piece::Text { lines, literal } => {
                    let blocks = self.inner_with(&lines, literal);
                    self.blocks.extend(blocks);
                }
                Piece::Note { lead, lines } => {
                    let (lead, blocks) = (Some(lead), self.inner(&lines));
                    self.blocks.push(Block::Quote { lead, blocks });
                }
            }
        }
    }

    /// A transcript, in one fence up to its end.
    fn transcript(&mut self) {
        let start = self.pos;
        let mut end = start;
        let mut depth = 0;
        for (pos, line) in self.lines.iter().enumerate().skip(start) {
            if is_blank(line) {
                continue;
            }
            let text = line.trim_start();
            let is_open = depth > 0;
            let is_part = indent_of(line) > 0 || is_json(text);
            let goes_on = if pos == end {
                is_open || is_part
            } else {
                // After a blank line.
                is_open && is_part
            };
            if !goes_on && !starts_transcript(text) {
                break;
            }
            // A missing bracket affects the example only up to the next arrow.
            depth = if is_arrow(text) { 0 } else { depth } + nesting(text);
            end = pos + 1;
        }
        self.pos = end;
        self.blocks.push(Block::Fence {
            language: JSON,
            lines: self.lines[start..end].to_vec(),
        });
    }

    /// A table is kept as preformatted text.
    fn table(&mut self) {
        let lines = self.take_until_blank().to_vec();
        let language = TEXT;
        self.blocks.push(Block::Fence { language, lines });
    }

    /// A line block, which old schemas also use for transcripts.
    fn verse(&mut self) {
        let lines = self.take_until_blank().iter();
        let texts: Vec<&str> = lines
            .map(|line| line.strip_prefix('|').unwrap_or(line).trim())
            .collect();
        self.blocks.push(match texts.first() {
            Some(first) if starts_transcript(first) => fence(texts, JSON),
            _ => Block::Verse(texts),
        });
    }

    /// A title in one of its forms, or a rule. Returns whether there was one.
    fn title(&mut self, line: &'a str) -> bool {
        let below = self.line(self.pos + 1).unwrap_or("");
        if let Some((level, text)) = qapi_title(line) {
            self.heading(level, text, 1);
        } else if let Some(adornment) = adornment(line) {
            if !is_blank(below) && self.line(self.pos + 2) == Some(line) {
                let level = self.title_level(adornment, true);
                self.heading(level, below.trim(), 3);
            } else if line.len() >= 4 && is_blank(below) {
                self.blocks.push(Block::Rule);
                self.pos += 1;
            } else {
                return false;
            }
        } else if let Some(adornment) = adornment(below)
            && below.len() >= line.chars().count().min(4)
        {
            let level = self.title_level(adornment, false);
            self.heading(level, line, 2);
        } else {
            return false;
        }
        true
    }

    fn heading(&mut self, level: usize, text: &'a str, lines: usize) {
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
}

fn trimmed<'a>(lines: &[&'a str]) -> Vec<&'a str> {
    lines.iter().map(|line| line.trim()).collect()
}
