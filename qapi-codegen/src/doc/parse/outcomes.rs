//! Outcomes of commands, which old schemas write one after the other without list markers.

use super::super::block::{Block, Item};
use super::super::syntax::Marker;

/// The words that start another outcome.
const STARTS: [&str; 3] = ["If ", "Error if ", "Error: "];

/// Returns a list of outcomes if one of them starts in the middle of a sentence.
pub(super) fn outcomes<'a>(lines: &[&'a str]) -> Option<Block<'a>> {
    let mut outcomes: Vec<Vec<&str>> = Vec::new();
    let mut has_open_end = false;
    let mut above = "";
    for line in lines {
        let mut start = 0;
        for at in word_starts(line).filter(|at| is_start(&line[*at..])) {
            let before = line[..at].trim_end();
            let is_open = is_open(if at == 0 { above } else { before });
            has_open_end |= is_open;
            if at == 0 {
                outcomes.push(Vec::new());
            } else if is_open {
                push(&mut outcomes, line[start..at].trim_end());
                outcomes.push(Vec::new());
                start = at;
            }
        }
        push(&mut outcomes, &line[start..]);
        above = line;
    }
    has_open_end.then(|| Block::List {
        items: outcomes.into_iter().map(item).collect(),
        is_loose: false,
    })
}

fn word_starts(line: &str) -> impl Iterator<Item = usize> {
    let behind_blanks = line.match_indices(' ').map(|(at, _)| at + 1);
    std::iter::once(0).chain(behind_blanks)
}

fn is_start(text: &str) -> bool {
    STARTS.iter().any(|start| text.starts_with(start))
}

/// Whether a text ends in the middle of a sentence.
fn is_open(text: &str) -> bool {
    text.ends_with(|c: char| c.is_alphanumeric() || "'\"`)".contains(c))
}

fn push<'a>(outcomes: &mut Vec<Vec<&'a str>>, line: &'a str) {
    match outcomes.last_mut() {
        Some(outcome) => outcome.push(line),
        None => outcomes.push(vec![line]),
    }
}

fn item(lines: Vec<&str>) -> Item<'_> {
    Item {
        marker: Marker::Bullet,
        lead: None,
        blocks: vec![Block::Paragraph(lines)],
    }
}
