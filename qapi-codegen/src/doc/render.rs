//! Writes blocks as lines of Markdown.

use super::block::{Block, Item};
use super::inline::{self, Resolve};
use super::lines::longest_run;
use super::since::since;
use super::syntax::Marker;

/// Longer lines of running text are wrapped. Names that become links make lines longer than in the schema.
pub(super) const WIDTH: usize = 90;

/// Writes blocks, separated by blank lines, after a title unless it is empty.
///
/// A colon at the end announces members, which are documented elsewhere. It becomes a full stop.
pub(super) fn blocks(title: &str, blocks: &[Block<'_>], resolve: Resolve<'_>) -> Vec<String> {
    let Some(last) = blocks.last() else {
        return Vec::new();
    };
    let title = Some(title).filter(|title| !title.is_empty());
    let title = title.map(|title| format!("{title}:"));
    let mut lines = Renderer { resolve }.behind(title, blocks, false);
    if let (Block::Paragraph(_), Some(line)) = (last, lines.last_mut())
        && line.ends_with(':')
    {
        line.truncate(line.trim_end_matches(':').len());
        line.push('.');
    }
    lines
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
            append(&mut lines, self.block(block, delimiter), false);
            // Markdown would join two consecutive numbered lists with the same delimiter.
            delimiter = match block {
                Block::List { .. } if delimiter == '.' => ')',
                _ => '.',
            };
        }
        lines
    }

    fn block(self, block: &Block<'_>, delimiter: char) -> Vec<String> {
        match block {
            Block::Paragraph(lines) => folded(inline::paragraph("", lines, self.resolve)),
            Block::Heading { level, text } => {
                let marks = "#".repeat((*level).min(6));
                let text = inline::heading(text, self.resolve);
                vec![format!("{marks} {text}")]
            }
            Block::Fence { language, lines } => fence(language, lines),
            Block::List { items, is_loose } => self.list(items, *is_loose, delimiter),
            Block::Quote { lead, blocks } => {
                let lines = self.led(lead.as_deref(), blocks, false);
                lines.iter().map(|line| prefixed(">", line)).collect()
            }
            Block::Caption(text) => vec![inline::strong(text, self.resolve)],
            Block::Verse(lines) => self.verse(lines),
            Block::Rule => vec!["---".to_owned()],
            Block::Since(lines) => {
                let sentence = since(&lines.join("\n"));
                folded(inline::paragraph("", &[&sentence], self.resolve))
            }
        }
    }

    /// Blocks after a bold lead, which precedes a paragraph on the same line.
    fn led(self, lead: Option<&str>, blocks: &[Block<'_>], is_tight: bool) -> Vec<String> {
        let lead = lead.map(|lead| inline::lead(lead, self.resolve));
        self.behind(lead, blocks, is_tight)
    }

    /// Blocks after a text, which precedes a paragraph on the same line.
    fn behind(self, text: Option<String>, blocks: &[Block<'_>], is_tight: bool) -> Vec<String> {
        let (mut lines, rest) = match blocks {
            [Block::Paragraph(lines), rest @ ..] => {
                let before = text.unwrap_or_default();
                let lines = inline::paragraph(&before, lines, self.resolve);
                (folded(lines), rest)
            }
            rest => (Vec::from_iter(text), rest),
        };
        let is_tight = is_tight && may_follow_text(rest);
        append(&mut lines, self.blocks(rest), is_tight);
        lines
    }

    fn list(self, items: &[Item<'_>], is_loose: bool, delimiter: char) -> Vec<String> {
        let mut lines = Vec::new();
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
            let body = self.led(item.lead, &item.blocks, !is_loose);
            append(&mut lines, hung(&marker, &body), !is_loose);
        }
        lines
    }

    /// A paragraph with a line break at the end of each line.
    fn verse(self, lines: &[&str]) -> Vec<String> {
        let mut lines = inline::paragraph("", lines, self.resolve);
        if let Some((_, broken)) = lines.split_last_mut() {
            broken.iter_mut().for_each(|line| line.push('\\'));
        }
        lines
    }
}

/// Whether the only block is a list that may directly follow a paragraph in Markdown.
fn may_follow_text(blocks: &[Block<'_>]) -> bool {
    let [Block::List { items, .. }] = blocks else {
        return false;
    };
    items.first().is_some_and(|item| {
        let has_text = item.lead.is_some() || !item.blocks.is_empty();
        has_text && !matches!(item.marker, Marker::Number(number) if number != 1)
    })
}

fn append(lines: &mut Vec<String>, more: Vec<String>, is_tight: bool) {
    if !is_tight && !lines.is_empty() && !more.is_empty() {
        lines.push(String::new());
    }
    lines.extend(more);
}

/// Wraps long lines of running text; the excess goes to the next line.
pub(super) fn folded(lines: Vec<String>) -> Vec<String> {
    if lines.iter().all(|line| line.len() <= WIDTH) {
        return lines;
    }
    let mut out = Vec::with_capacity(lines.len());
    let mut over: Option<String> = None;
    for line in lines {
        let line = match over.take() {
            Some(over) if over.ends_with('\\') => {
                out.push(over);
                line
            }
            Some(over) => over + " " + &line,
            None => line,
        };
        let mut rest = line.as_str();
        while let Some((line, more)) = fold(rest) {
            out.push(line.to_owned());
            rest = more;
        }
        match rest.len() == line.len() {
            true => out.push(line),
            false => over = Some(rest.to_owned()),
        }
    }
    out.extend(over);
    out
}

/// Breaks a long line in two, before a word that is not markup at the start of a line.
fn fold(line: &str) -> Option<(&str, &str)> {
    if line.len() <= WIDTH {
        return None;
    }
    let breaks = line.match_indices(' ').map(|(at, _)| line.split_at(at));
    let breaks = breaks.map(|(before, after)| (before.trim_end(), &after[1..]));
    let is_word = |text: &str| text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '[');
    let may_end = |text: &str| !text.is_empty() && !text.ends_with('\\');
    breaks
        .take_while(|(before, _)| before.len() <= WIDTH)
        .filter(|(before, after)| may_end(before) && is_word(after))
        .last()
}

/// Lines after a list marker, aligned with the first of them.
fn hung(marker: &str, body: &[String]) -> Vec<String> {
    let indent = " ".repeat(marker.len());
    let Some((first, rest)) = body.split_first() else {
        return vec![marker.to_owned()];
    };
    let rest = rest.iter().map(|line| match line.as_str() {
        "" => String::new(),
        line => prefixed(&indent, line),
    });
    std::iter::once(prefixed(marker, first))
        .chain(rest)
        .collect()
}

fn prefixed(prefix: &str, line: &str) -> String {
    match line {
        "" => prefix.to_owned(),
        line => format!("{prefix} {line}"),
    }
}

/// A fence longer than any inside it.
fn fence(language: &str, lines: &[&str]) -> Vec<String> {
    if lines.is_empty() {
        return Vec::new();
    }
    let runs = lines.iter().map(|line| longest_run(line, b'`'));
    let marks = "`".repeat(runs.max().unwrap_or(0).max(2) + 1);
    let mut out = vec![format!("{marks}{language}")];
    out.extend(lines.iter().map(|line| (*line).to_owned()));
    out.push(marks);
    out
}
