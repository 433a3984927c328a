//! Lists: bullets and numbers, fields, definitions, and members without a colon.

use super::super::block::{Block, Item};
use super::super::hang::hang;
use super::super::lines::{dedent, indent_of, is_blank};
use super::super::syntax::{
    Marker, field, is_change, is_list_item, is_term, list_marker, roster_entry, starts_transcript,
};
use super::Parser;

impl<'a> Parser<'_, 'a> {
    /// Whether a list starts with the current line. A number requires a second line that is not
    /// running text: otherwise it is a sentence that happens to start with a number.
    pub(super) fn starts_list(&self, line: &str) -> bool {
        match list_marker(line) {
            Some((Marker::Bullet, _)) => true,
            Some(_) => self.line(self.pos + 1).is_none_or(|next| {
                is_blank(next)
                    || indent_of(next) > 0
                    || starts_transcript(next)
                    || is_list_item(next)
            }),
            None => false,
        }
    }

    /// Bullets or numbers.
    pub(super) fn list(&mut self) {
        let mut before = None;
        self.items(|line, _| {
            let (marker, text) = list_marker(line)?;
            if before.is_some_and(|before| !marker.continues(before)) {
                return None;
            }
            before = Some(marker);
            Some((marker, None, text))
        });
    }

    /// `:name: text` lines.
    pub(super) fn fields(&mut self) {
        self.items(|line, _| {
            let (name, text) = field(line)?;
            Some((Marker::Bullet, Some(name), text))
        });
    }

    /// Whether every line describes a member: two lines with aligned texts, or three
    /// without, are not a coincidence.
    pub(super) fn starts_roster(&self) -> bool {
        let lines = self.lines[self.pos..].iter();
        let paragraph = lines.take_while(|line| !is_blank(line));
        let mut entries = paragraph
            .filter(|line| indent_of(line) == 0)
            .map(|line| roster_entry(line));
        let mut is_lined_up = || Some(entries.next()??.1.starts_with(' '));
        match is_lined_up().and_then(|first| Some((first, is_lined_up()?))) {
            Some((true, true)) => true,
            Some(_) => is_lined_up().is_some(),
            None => false,
        }
    }

    /// Members without colons.
    pub(super) fn roster(&mut self) {
        self.items(|line, is_apart| {
            let (name, text) = roster_entry(line).filter(|_| !is_apart)?;
            Some((Marker::Bullet, Some(name), text.trim_start()))
        });
    }

    /// Whether this line and the next are entries of a history. A single one may be a wrapped sentence.
    pub(super) fn starts_changes(&self) -> bool {
        let lines = &self.lines[self.pos..];
        lines.len() > 1 && lines[..2].iter().all(|line| is_change(line))
    }

    /// A history without list markers.
    pub(super) fn changes(&mut self) {
        self.items(|line, _| is_change(line).then_some((Marker::Bullet, None, line)));
    }

    /// Reads items as long as `start` returns the marker, lead and text of a line. Its second argument
    /// tells whether blank lines precede the line.
    fn items(
        &mut self,
        mut start: impl FnMut(&'a str, bool) -> Option<(Marker, Option<&'a str>, &'a str)>,
    ) {
        let mut items = Vec::new();
        let mut is_loose = false;
        loop {
            let blank = self.count_blank();
            let next = self.line(self.pos + blank);
            let Some((marker, lead, text)) = next.and_then(|line| start(line, blank > 0)) else {
                break;
            };
            is_loose |= blank > 0;
            self.pos += blank + 1;
            let lines = hang(text, self.take_indented());
            let blocks = self.inner(&lines);
            items.push(Item {
                marker,
                lead,
                blocks,
            });
        }
        self.push_list(items, is_loose);
    }

    /// Whether a term and its definition start here, rather than a paragraph with a hanging indent.
    pub(super) fn is_definition_at(&self, pos: usize) -> bool {
        self.is_indented_at(pos + 1)
            && is_term(self.lines[pos])
            && !is_list_item(self.lines[pos + 1])
    }

    /// Terms, with their definitions indented below.
    pub(super) fn definitions(&mut self) {
        let mut items = Vec::new();
        let mut is_loose = false;
        loop {
            let blank = self.count_blank();
            if !self.is_definition_at(self.pos + blank) {
                break;
            }
            is_loose |= blank > 0;
            let term = self.lines[self.pos + blank];
            self.pos += blank + 1;
            let lines = dedent(self.take_indented());
            items.push(Item {
                marker: Marker::Bullet,
                lead: Some(term),
                blocks: self.inner(&lines),
            });
        }
        self.push_list(items, is_loose);
    }

    fn count_blank(&self) -> usize {
        let lines = self.lines[self.pos..].iter();
        lines.take_while(|line| is_blank(line)).count()
    }

    fn push_list(&mut self, items: Vec<Item<'a>>, is_loose: bool) {
        // Blank lines inside an item count like those between items.
        let is_dense = |item: &Item<'_>| {
            matches!(
                item.blocks[..],
                [] | [_] | [Block::Paragraph(_), Block::List { .. }]
            )
        };
        let is_loose = is_loose || !items.iter().all(is_dense);
        self.blocks.push(Block::List { items, is_loose });
    }
}
