//! The end of a text that announces members, which are documented elsewhere in Rust.

use super::block::Block;

/// Words that cannot end a sentence.
const OPEN: [&str; 14] = [
    "and", "are", "as", "be", "by", "either", "for", "include", "includes", "is", "like", "of",
    "or", "with",
];

/// Removes a label or an incomplete sentence at the end, such as `Arguments:` or `It is one of:`.
pub(super) fn without_announcement(mut blocks: Vec<Block<'_>>) -> Vec<Block<'_>> {
    if let Some(Block::Paragraph(lines)) = blocks.last_mut()
        && let Some(announcement) = lines.last().and_then(|line| line.strip_suffix(':'))
    {
        let is_label = lines.len() == 1 && announcement.split_whitespace().count() <= 2;
        let is_open = announcement
            .rsplit(' ')
            .next()
            .is_some_and(|word| OPEN.contains(&word));
        if is_label {
            lines.clear();
        } else if is_open {
            remove_sentence(lines);
        }
        if lines.is_empty() {
            blocks.pop();
        }
    }
    blocks
}

/// Removes the last sentence.
fn remove_sentence(lines: &mut Vec<&str>) {
    while let Some(line) = lines.pop() {
        if let Some(end) = line.rfind(". ") {
            lines.push(&line[..=end]);
            break;
        }
        if lines.last().is_some_and(|line| line.ends_with('.')) {
            break;
        }
    }
}
