//! Blocks → lines of Markdown.

use super::Resolve;
use super::block::{Block, Item};
use super::inline;
use super::syntax::Marker;

/// Writes blocks out, a blank line between any two.
pub(super) fn blocks(blocks: &[Block<'_>], resolve: Resolve<'_>) -> Vec<String> {
    Renderer { resolve }.blocks(blocks)
}

#[derive(Clone, Copy)]
struct Renderer<'r> {
    resolve: Resolve<'r>,
}

impl Renderer<'_> {
    fn blocks(self, blocks: &[Block<'_>]) -> Vec<String> {
        let mut lines = Vec::new();
        let mut delimiter = '.';
        for block in blocks {
            let rendered = match block {
                Block::List { items, is_loose } => self.list(items, *is_loose, delimiter),
                block => self.block(block),
            };
            // Two numbered lists in a row would be one to Markdown if they had the same delimiter.
            let is_list = matches!(block, Block::List { .. });
            delimiter = if is_list && delimiter == '.' {
                ')'
            } else {
                '.'
            };
            if !lines.is_empty() && !rendered.is_empty() {
                lines.push(String::new());
            }
            lines.extend(rendered);
        }
        lines
    }

    fn block(self, block: &Block<'_>) -> Vec<String> {
        match block {
            Block::Paragraph(lines) => self.paragraph("", lines),
            Block::Heading { level, text } => {
                vec![format!(
                    "{} {}",
                    "#".repeat((*level).min(6)),
                    self.title(text)
                )]
            }
            Block::Fence { language, lines } => fence(language, lines),
            Block::List { items, is_loose } => self.list(items, *is_loose, '.'),
            Block::Quote { lead, blocks } => {
                let lines = self.led(lead.as_deref(), blocks, false);
                lines.iter().map(|line| prefixed(">", line)).collect()
            }
            Block::Caption(text) => vec![inline::strong(text, self.resolve)],
            Block::Verse(lines) => self.verse(lines),
            Block::Rule => vec!["---".to_owned()],
        }
    }

    /// The text of a heading; Markdown would take a `#` at its end for decoration.
    fn title(self, text: &str) -> String {
        let text = inline::words(text, self.resolve);
        match text.trim_end_matches('#') {
            start if start.len() < text.len() && start.ends_with(' ') => {
                format!("{start}\\{}", &text[start.len()..])
            }
            _ => text,
        }
    }

    fn paragraph(self, before: &str, lines: &[&str]) -> Vec<String> {
        let text = inline::paragraph(before, &lines.join("\n"), self.resolve);
        text.split('\n')
            .filter(|line| !line.is_empty())
            .map(str::to_owned)
            .collect()
    }

    /// Blocks behind a bold lead, which shares the line of a paragraph.
    fn led(self, lead: Option<&str>, blocks: &[Block<'_>], is_tight: bool) -> Vec<String> {
        let Some(lead) = lead else {
            return self.item_blocks(blocks, is_tight);
        };
        let mut lead = inline::lead(lead, self.resolve);
        match blocks.split_first() {
            Some((Block::Paragraph(first), rest)) => {
                lead.push(' ');
                let mut lines = self.paragraph(&lead, first);
                append(&mut lines, self.blocks(rest), is_tight && is_list(rest));
                lines
            }
            _ => {
                let mut lines = vec![lead];
                append(&mut lines, self.blocks(blocks), is_tight && is_list(blocks));
                lines
            }
        }
    }

    fn item_blocks(self, blocks: &[Block<'_>], is_tight: bool) -> Vec<String> {
        match blocks.split_first() {
            Some((first, rest)) if is_tight && is_list(rest) => {
                let mut lines = self.block(first);
                append(&mut lines, self.blocks(rest), true);
                lines
            }
            _ => self.blocks(blocks),
        }
    }

    fn list(self, items: &[Item<'_>], is_loose: bool, delimiter: char) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        let mut number = 0;
        for item in items {
            number = match item.marker {
                Marker::Number(number) => number,
                _ => number + 1,
            };
            let marker = match item.marker {
                Marker::Bullet => "-".to_owned(),
                _ => format!("{number}{delimiter}"),
            };
            if is_loose && !lines.is_empty() {
                lines.push(String::new());
            }
            let body = self.led(item.lead.as_deref(), &item.blocks, !is_loose);
            lines.extend(hung(&marker, &body));
        }
        lines
    }

    fn verse(self, lines: &[&str]) -> Vec<String> {
        let mut out: Vec<String> = lines
            .iter()
            .map(|line| inline::paragraph("", line, self.resolve))
            .collect();
        for line in 1..out.len() {
            if !out[line].is_empty() && !out[line - 1].is_empty() {
                out[line - 1].push('\\');
            }
        }
        out
    }
}

fn is_list(blocks: &[Block<'_>]) -> bool {
    matches!(blocks, [Block::List { .. }])
}

fn append(lines: &mut Vec<String>, more: Vec<String>, is_tight: bool) {
    if !is_tight && !lines.is_empty() && !more.is_empty() {
        lines.push(String::new());
    }
    lines.extend(more);
}

/// Lines behind a list marker, aligned with the first of them.
fn hung(marker: &str, body: &[String]) -> Vec<String> {
    let indent = " ".repeat(marker.len());
    let Some((first, rest)) = body.split_first() else {
        return vec![marker.to_owned()];
    };
    let mut lines = vec![prefixed(marker, first)];
    lines.extend(rest.iter().map(|line| {
        if line.is_empty() {
            String::new()
        } else {
            prefixed(&indent, line)
        }
    }));
    lines
}

fn prefixed(prefix: &str, line: &str) -> String {
    if line.is_empty() {
        prefix.to_owned()
    } else {
        format!("{prefix} {line}")
    }
}

/// A fence longer than any that stands inside.
fn fence(language: &str, lines: &[&str]) -> Vec<String> {
    if lines.is_empty() {
        return Vec::new();
    }
    let inside = lines
        .iter()
        .map(|line| inline::longest_run(line, '`'))
        .max()
        .unwrap_or(0);
    let marks = "`".repeat(3.max(inside + 1));
    let mut out = vec![format!("{marks}{language}")];
    out.extend(lines.iter().map(|line| (*line).to_owned()));
    out.push(marks);
    out
}
