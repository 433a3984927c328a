//! Paragraphs and the blocks attached to them.

use super::super::block::{Block, TEXT, fence};
use super::super::hang::hang;
use super::super::lines::{dedent, indent_of, is_blank, trim_blank};
use super::super::since::is_addition;
use super::super::syntax::{
    Marker, is_arrow, is_directive, is_drawing, is_list_item, is_todo, list_marker, since,
    starts_object, starts_transcript, tag,
};
use super::outcomes::outcomes;
use super::{Parser, trimmed};

impl<'a> Parser<'_, 'a> {
    /// Reads a paragraph where markup is nested too deeply.
    pub(super) fn plain_paragraph(&mut self) {
        let lines = trimmed(self.take_until_blank());
        self.blocks.push(Block::Paragraph(lines));
    }

    /// An indented region is a quotation if it is set off by blank lines and contains only
    /// prose. Old schemas indent lists, examples and wrapped lines arbitrarily; these are not
    /// quotations.
    pub(super) fn indented(&mut self) {
        let is_set_apart = self.pos > 0 && self.is_blank_at(self.pos - 1);
        let lines = dedent(self.take_indented());
        let blocks = self.inner(&lines);
        let is_prose = |block: &Block<'_>| matches!(block, Block::Paragraph(_));
        let is_quote = is_set_apart && self.is_blank_at(self.pos) && blocks.iter().all(is_prose);
        if is_quote && !self.blocks.is_empty() {
            self.blocks.push(Block::Quote { lead: None, blocks });
        } else {
            self.blocks.extend(blocks);
        }
    }

    /// A `Note:` of the old style, which includes its paragraph and the indented text
    /// after it. If the tag is alone on its line, it includes the block after it.
    pub(super) fn tagged(&mut self, lead: &'static str, text: &'a str) {
        self.pos += 1;
        let start = self.pos;
        while !self.is_blank_at(self.pos) && (self.is_indented_at(self.pos) || !self.interrupts()) {
            self.pos += 1;
        }
        self.take_indented();
        let rest = trim_blank(&self.lines[start..self.pos]);
        let mut blocks = self.inner(&hang(text, rest));
        if blocks.is_empty() {
            blocks = self.take_block();
        }
        let lead = Some(lead.into());
        self.blocks.push(Block::Quote { lead, blocks });
    }

    /// Reads another block, but not as a sibling.
    fn take_block(&mut self) -> Vec<Block<'a>> {
        let before = self.blocks.len();
        while self.line(self.pos).is_some_and(is_blank) {
            self.pos += 1;
        }
        match self.line(self.pos) {
            Some(line) if tag(line).is_none() => self.block(line),
            _ => {}
        }
        self.blocks.split_off(before)
    }

    /// Running text, or a drawing in its place; and the literal block that
    /// a `::` at its end announces.
    pub(super) fn paragraph(&mut self) {
        let start = self.pos;
        self.pos += 1;
        while !self.is_blank_at(self.pos) && !self.interrupts() {
            self.pos += 1;
        }
        let lines = &self.lines[start..self.pos];
        if is_drawing(lines) {
            self.blocks.push(fence(dedent(lines), TEXT));
            return;
        }
        let mut lines = trimmed(lines);
        let literal = match lines.last_mut() {
            Some(last) if last.ends_with("::") => self.literal(last),
            _ => None,
        };
        lines.retain(|line| !line.is_empty());
        // A capital letter distinguishes it from the end of a wrapped sentence.
        let is_version = |line: &&str| line.starts_with('S') && since(line).is_some();
        let version = match lines.len() {
            0 | 1 => None,
            _ => lines.pop_if(|line| is_version(line)).and_then(since),
        };
        let block = match lines[..] {
            [] => None,
            [first, ..] if is_todo(first) => None,
            [line] if let Some(version) = since(line) => {
                Some(Block::Since(self.with_additions(version)))
            }
            _ => {
                let outcomes = self.scope.has_outcomes.then(|| outcomes(&lines));
                Some(outcomes.flatten().unwrap_or(Block::Paragraph(lines)))
            }
        };
        self.blocks.extend(block);
        self.blocks.extend(version.map(|it| Block::Since(vec![it])));
        self.blocks.extend(literal);
    }

    /// A version, and the rest of the text if that lists later additions.
    fn with_additions(&mut self, version: &'a str) -> Vec<&'a str> {
        let rest = self.lines[self.pos..].iter().map(|line| line.trim());
        let rest = rest.filter(|line| !line.is_empty());
        let mut lines = vec![version];
        if rest.clone().all(is_addition) {
            lines.extend(rest);
            self.pos = self.lines.len();
        }
        lines
    }

    /// The literal block that the `::` at the end of a line announces. If there is one, the line
    /// keeps one of its two colons, or none if it has no other text.
    fn literal(&mut self, line: &mut &'a str) -> Option<Block<'a>> {
        let region = trim_blank(self.take_indented());
        if region.is_empty() {
            return None;
        }
        let text = &line[..line.len() - 2];
        *line = if text.is_empty() || text.ends_with(' ') {
            text.trim_end()
        } else {
            &line[..line.len() - 1]
        };
        Some(fence(dedent(region), self.scope.literal))
    }

    /// Whether the current line, which follows a line of running text, is not part of that text.
    fn interrupts(&self) -> bool {
        let line = self.lines[self.pos];
        let text = line.trim_start();
        let above = self.lines[self.pos - 1];
        let is_indented = indent_of(line) > 0;
        (is_indented && above.ends_with("::"))
            || (!is_indented && tag(text).is_some())
            || (above.ends_with(':') && starts_transcript(text))
            || is_directive(text)
            || is_arrow(text)
            || starts_object(text)
            || self.starts_changes()
            || self.interrupts_as_list(text, above)
    }

    /// Whether a list starts inside a paragraph. Sentences may be wrapped before dashes and numbers
    /// too, so a marker alone is not enough.
    fn interrupts_as_list(&self, text: &str, above: &str) -> bool {
        let Some((marker, _)) = list_marker(text).filter(|(_, rest)| !rest.is_empty()) else {
            return false;
        };
        let indent = indent_of(self.lines[self.pos]);
        let next = self.line(self.pos + 1).filter(|next| !is_blank(next));
        let is_sibling = |next: &str| indent_of(next) == indent && is_list_item(next);
        let has_sibling = next.is_some_and(is_sibling);
        let is_closed = has_sibling || next.is_none_or(|next| indent_of(next) > indent);
        let is_announced = above.ends_with(':');
        match marker {
            Marker::Bullet if text.starts_with('-') => is_announced || is_closed,
            Marker::Bullet => is_announced || has_sibling,
            Marker::Number(1) | Marker::NextNumber => {
                is_closed && (is_announced || above.ends_with('.'))
            }
            Marker::Number(_) => false,
        }
    }
}
