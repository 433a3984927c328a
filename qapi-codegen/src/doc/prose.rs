//! Text without markup, as most descriptions are. It is recognized by its characters alone: build scripts are not
//! optimized, and dividing it into blocks would take many times as long.

use super::render::WIDTH;
use super::syntax::{since, tag};

/// The text in Markdown, if it is a single paragraph that Markdown takes literally.
pub(super) fn paragraph(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    // The lines after the first one share an indentation.
    let mut indent = None;
    let mut is_first = true;
    for line in text.trim_ascii().split('\n') {
        let line = line.trim_ascii_end();
        let content = line.trim_ascii_start();
        if !is_first {
            let blanks = line.len() - content.len();
            if *indent.get_or_insert(blanks) != blanks {
                return None;
            }
            out.push('\n');
        }
        if !is_prose(content) || starts_block(content) {
            return None;
        }
        out.push_str(content);
        is_first = false;
    }
    Some(out)
}

/// Whether a line consists of words, and of punctuation that is not markup where it stands.
fn is_prose(line: &str) -> bool {
    let bytes = line.as_bytes();
    if bytes.is_empty() || bytes.len() > WIDTH || !bytes[0].is_ascii_alphabetic() {
        return false;
    }
    let mut at = 1;
    while at < bytes.len() {
        let next = if at + 1 < bytes.len() {
            bytes[at + 1]
        } else {
            0
        };
        let is_plain = match bytes[at] {
            b'a'..=b'z'
            | b'A'..=b'Z'
            | b'0'..=b'9'
            | b','
            | b'.'
            | b';'
            | b'('
            | b')'
            | b'\''
            | b'"'
            | b'/' => true,
            // `x since 1.5` can be an entry of a history.
            b' ' if next == b's' => !line[at..].starts_with(" since "),
            b' ' => !(next == b' ' && bytes[at - 1] == b' '),
            b'-' => bytes[at - 1].is_ascii_alphanumeric() && next.is_ascii_alphanumeric(),
            b':' => bytes[at - 1].is_ascii_alphanumeric() && next == b' ',
            _ => false,
        };
        if !is_plain {
            return false;
        }
        at += 1;
    }
    true
}

/// Whether a line could be something else than a part of a paragraph because of its words.
fn starts_block(line: &str) -> bool {
    match line.as_bytes()[0] {
        b'S' | b's' => since(line).is_some(),
        b'T' if line.starts_with("TODO") => true,
        b'A'..=b'Z' => tag(line).is_some(),
        _ => false,
    }
}
