//! Short texts without links or without any markup, made from the Markdown that this module writes.

use super::markdown::to_markdown;

/// The first paragraph of a documentation text as plain words on one line; `None` if it starts with something else,
/// such as a list.
pub(crate) fn plain(text: &str) -> Option<String> {
    let markdown = to_markdown(text, &|_| None);
    let paragraph = paragraph(markdown.lines())?;
    let mut out = String::new();
    let mut rest = paragraph.as_str();
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        rest = match c {
            '`' => {
                let marks = rest.len() - rest.trim_start_matches('`').len();
                let (marks, code) = rest.split_at(marks);
                let (code, after) = code.split_once(marks).unwrap_or((code, ""));
                out += code.trim();
                after
            }
            '\\' if after.starts_with(|c: char| c.is_ascii_punctuation()) => {
                out.push_str(&after[..1]);
                &after[1..]
            }
            // Between blanks, it is not markup.
            '*' if !(out.ends_with(' ') && after.starts_with(' ')) => after,
            '[' if let Some((title, after)) = link(after) => {
                out += title;
                after
            }
            '<' if let Some((url, after)) = after.split_once('>') => {
                out += url;
                after
            }
            c => {
                out.push(c);
                after
            }
        };
    }
    let words: Vec<&str> = out.split_whitespace().collect();
    Some(words.join(" ").replace("&#91;", "["))
}

/// The first sentence of Markdown without links, which may be shown in another module; `None` if it does not start with
/// a sentence, or with one that a list completes, such as `Features:`.
pub(crate) fn summary(lines: &[String]) -> Option<String> {
    let paragraph = paragraph(lines.iter().map(String::as_str))?;
    let sentence = &paragraph[..sentence_end(&paragraph)];
    if sentence.ends_with(':') {
        return None;
    }
    if !has_markup(sentence) {
        return Some(sentence.to_owned());
    }
    let mut out = String::new();
    let mut rest = sentence;
    while let Some(start) = rest.find(['[', '\\']) {
        out += &rest[..start];
        let (mark, after) = rest[start..].split_at(1);
        rest = match link(after) {
            Some((title, after)) if mark == "[" => {
                out += title;
                after
            }
            _ => {
                // An escape and the character that it escapes, or a bracket that does not start a link.
                let next = after.chars().next().map_or(0, char::len_utf8);
                let length = if mark == "\\" { next } else { 0 };
                out += mark;
                out += &after[..length];
                &after[length..]
            }
        };
    }
    out += rest;
    Some(out)
}

/// Whether a text may have links or escapes.
fn has_markup(text: &str) -> bool {
    for &byte in text.as_bytes() {
        if matches!(byte, b'[' | b'\\') {
            return true;
        }
    }
    false
}

/// The first paragraph on one line, unless it is a list, a heading or a program.
fn paragraph<'a>(lines: impl Iterator<Item = &'a str>) -> Option<String> {
    let lines: Vec<&str> = lines.take_while(|line| !line.is_empty()).collect();
    let first = lines.first()?;
    let marks = ["- ", "* ", "#", "```", ">", "|", "1. "];
    let is_word = first.starts_with(|c: char| c.is_ascii_alphabetic());
    match !is_word && marks.iter().any(|mark| first.starts_with(mark)) {
        true => None,
        false => Some(lines.join(" ")),
    }
}

/// The text after `[`: the title of a link, and the text after the link.
fn link(text: &str) -> Option<(&str, &str)> {
    let mut is_escaped = false;
    let is_end = |(_, c): &(usize, char)| {
        let is_end = *c == ']' && !is_escaped;
        is_escaped = *c == '\\' && !is_escaped;
        is_end
    };
    let (end, _) = text.char_indices().find(is_end)?;
    let (title, after) = (&text[..end], &text[end + 1..]);
    if let Some(target) = after.strip_prefix("(<") {
        let (_, after) = target.split_once(">)")?;
        return Some((title, after));
    }
    match after.strip_prefix('(') {
        Some(target) => Some((title, target.split_once(')')?.1)),
        // Only names are links by themselves.
        None => title.starts_with('`').then_some((title, after)),
    }
}

/// The length of the first sentence: it ends at a period before a blank, unless that is part of an abbreviation.
fn sentence_end(text: &str) -> usize {
    let is_end = |end: usize| {
        let (sentence, after) = (&text[..end], text[end..].trim_start());
        let is_abbreviation = ["e.g.", "i.e.", "etc.", "vs.", "cf.", "resp.", "approx."]
            .iter()
            .any(|it| sentence.to_ascii_lowercase().ends_with(it));
        // A period inside code does not end a sentence.
        let is_code = sentence.matches('`').count() % 2 == 1;
        !is_abbreviation && !is_code && !after.starts_with(|c: char| c.is_ascii_lowercase())
    };
    let bytes = text.as_bytes();
    let mut at = 1;
    while at < bytes.len() {
        if bytes[at] == b' ' && bytes[at - 1] == b'.' && is_end(at) {
            return at;
        }
        at += 1;
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_are_plain() {
        for (text, expected) in [
            (
                "Member @timer is deprecated.  Use @hours\ninstead.",
                "Member timer is deprecated. Use hours instead.",
            ),
            (
                "Use ``-device virtio_scsi`` or *that* **one**; 2 * 3, a_b_c.",
                "Use -device virtio_scsi or that one; 2 * 3, a_b_c.",
            ),
            (
                "See `the docs <https://x.org/a_b>`_ and <https://y.org>.",
                "See the docs and https://y.org.",
            ),
            (
                "An array [0, 1] of <x>.\n\nMore.",
                "An array [0, 1] of <x>.",
            ),
            (":qapi:cmd:`query-it` is better.", "query-it is better."),
        ] {
            assert_eq!(plain(text).as_deref(), Some(expected), "{text}");
        }
        assert_eq!(plain(""), None);
        assert_eq!(plain("- one\n- two"), None);
    }

    #[test]
    fn a_summary_is_the_first_sentence_without_links() {
        for (text, expected) in [
            ("the name", "the name"),
            ("The name.  It is unique.", "The name."),
            (
                "Some, e.g. Two. See [`X`](super::X) or [`Y`].",
                "Some, e.g. Two.",
            ),
            (
                "See [`X`](super::X) and [`Y`] [here](<a(b)>).",
                "See `X` and `Y` here.",
            ),
            (
                "An array \\[0, 1\\] of [ 2 ]",
                "An array \\[0, 1\\] of [ 2 ]",
            ),
            ("version 1.5 of `a. B` only", "version 1.5 of `a. B` only"),
        ] {
            assert_eq!(summary(&[text.to_owned()]).as_deref(), Some(expected));
        }
        for line in ["- `unstable`", "Features:", "The limit, one of:"] {
            assert_eq!(summary(&[line.to_owned()]), None);
        }
        assert_eq!(summary(&[]), None);
    }
}
