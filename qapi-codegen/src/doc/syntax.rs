//! The syntax of single lines, by which blocks are distinguished.

use super::lines::{indent_of, run_of};

/// The marker of a list item.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Marker {
    /// `-`, `*`, `+`
    Bullet,
    /// `1.`, `1)`, `(1)`
    Number(u32),
    /// `#.`: the next number.
    NextNumber,
}

impl Marker {
    /// Whether an item with this marker may follow one with the marker `before` in the same list.
    pub(super) fn continues(self, before: Marker) -> bool {
        match (before, self) {
            (Marker::Number(before), Marker::Number(number)) => {
                before.checked_add(1) == Some(number)
            }
            (Marker::Bullet, marker) => marker == Marker::Bullet,
            (_, marker) => marker == Marker::NextNumber,
        }
    }
}

/// Whether indented lines below a line are its body.
pub(super) fn wants_body(line: &str) -> bool {
    is_list_item(line)
        || is_explicit(line)
        || tag(line).is_some()
        || field(line).is_some()
        || line.ends_with("::")
}

/// Whether a line starts a list item, whatever its indentation.
pub(super) fn is_list_item(line: &str) -> bool {
    list_marker(line.trim_start_matches(' ')).is_some()
}

/// The marker at the start of an unindented line, and the text after it.
pub(super) fn list_marker(line: &str) -> Option<(Marker, &str)> {
    let (marker, rest) = match line.strip_prefix(['-', '*', '+', '•']) {
        Some(rest) => (Marker::Bullet, rest),
        None => number(line)?,
    };
    is_word_end(rest).then(|| (marker, rest.trim_start()))
}

/// `1.`, `1)`, `(1)`, or the same with `#` for the number.
fn number(line: &str) -> Option<(Marker, &str)> {
    let in_parentheses = line.strip_prefix('(');
    let text = in_parentheses.unwrap_or(line);
    let (marker, rest) = match text.strip_prefix('#') {
        Some(rest) => (Marker::NextNumber, rest),
        None => {
            let (digits, rest) = text.split_at(digits_of(text));
            // Markdown allows at most nine digits.
            let number = (digits.len() <= 9).then(|| digits.parse().ok())??;
            (Marker::Number(number), rest)
        }
    };
    let rest = match in_parentheses {
        Some(_) => rest.strip_prefix(')')?,
        None => rest.strip_prefix(['.', ')'])?,
    };
    Some((marker, rest))
}

/// The number of digits that a line starts with.
pub(super) fn digits_of(line: &str) -> usize {
    line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len()
}

/// Whether a marker before this text is complete.
pub(super) fn is_word_end(text: &str) -> bool {
    text.is_empty() || text.starts_with(' ')
}

/// Whether a line is explicit markup: a directive, a target, a footnote or a comment.
pub(super) fn is_explicit(line: &str) -> bool {
    line.strip_prefix("..").is_some_and(is_word_end)
}

/// Whether a line starts a directive.
pub(super) fn is_directive(line: &str) -> bool {
    is_explicit(line) && directive(line[2..].trim()).is_some()
}

/// `name:: argument`, the text after the `..` of a directive.
pub(super) fn directive(text: &str) -> Option<(&str, &str)> {
    let (name, argument) = text.split_once("::")?;
    let is_part = |c: char| c.is_ascii_alphanumeric() || "-_.:+".contains(c);
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.chars().all(is_part);
    (is_name && is_word_end(argument)).then(|| (name, argument.trim()))
}

/// `:name:` at the start of a line, and the text after it. A role (`` :ref:`x` ``) has no blank
/// there.
pub(super) fn field(line: &str) -> Option<(&str, &str)> {
    let (name, rest) = line.strip_prefix(':')?.split_once(':')?;
    let is_name = !name.is_empty() && name.trim() == name && !name.contains('`');
    (is_name && is_word_end(rest)).then(|| (name, rest.trim_start()))
}

/// The tags that make a paragraph a note.
const TAGS: [&str; 7] = [
    "Note",
    "Notes",
    "Important",
    "Warning",
    "Caution",
    "Attention",
    "Tip",
];

/// `Note: text`: the tag and the text after it.
pub(super) fn tag(line: &str) -> Option<(&'static str, &str)> {
    let (word, rest) = line.split_once(':')?;
    let is_word = |tag: &&str| word == *tag || word == tag.to_ascii_uppercase();
    let tag = TAGS.into_iter().find(is_word)?;
    is_word_end(rest).then(|| (tag, rest.trim_start()))
}

/// `= Title`, `== Subtitle`: QAPI's own titles.
pub(super) fn qapi_title(line: &str) -> Option<(usize, &str)> {
    let level = run_of(line, b'=');
    let text = line[level..].strip_prefix(' ')?.trim();
    let is_title = level > 0 && text.contains(|c| !matches!(c, '=' | ' '));
    is_title.then_some((level, text))
}

/// The character of a line that over- or underlines a title.
pub(super) fn adornment(line: &str) -> Option<u8> {
    let first = *line.as_bytes().first()?;
    let is_known = line.len() >= 3 && b"=-~^*+#\"_".contains(&first);
    (is_known && line.bytes().all(|byte| byte == first)).then_some(first)
}

/// The first line of a simple table (`==== ====`) or of a grid table (`+---+`).
pub(super) fn is_table_border(line: &str) -> bool {
    let consists_of = |bytes: &[u8]| line.bytes().all(|byte| bytes.contains(&byte));
    let is_simple = line.starts_with('=') && line.contains(' ') && consists_of(b"= ");
    let is_grid = line.starts_with("+-") && line.ends_with('+') && consists_of(b"+-");
    is_simple || is_grid
}

/// The first line of a line block, `| text`.
pub(super) fn is_line_block(line: &str) -> bool {
    line.starts_with("| ")
}

/// A term to define is short and not a sentence.
pub(super) fn is_term(line: &str) -> bool {
    let is_start = |c: char| c.is_alphanumeric() || "`@*\"'-".contains(c);
    line.len() <= 40
        && indent_of(line) == 0
        && line.starts_with(is_start)
        && line.split_whitespace().count() <= 4
        && !line.ends_with(['.', ',', ':', ';', '?', '!'])
        && !line.contains(": ")
}

/// `@name  text`, a member without the colon that would make it a section: its name with the
/// `@`, and the text after the first blank.
pub(super) fn roster_entry(line: &str) -> Option<(&str, &str)> {
    let (name, text) = line.split_once(' ')?;
    let is_name = name.strip_prefix('@').is_some_and(is_name);
    is_name.then_some((name, text))
}

/// Whether a text can be the name of something in a schema.
pub(super) fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(is_name_char)
}

/// Letters, digits, and the punctuation of names.
pub(super) fn is_name_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.')
}

/// Whether a text is the version of a release, such as `2.12.1`.
pub(super) fn is_version(text: &str) -> bool {
    let mut parts = text.split('.');
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    text.contains('.') && parts.all(is_number)
}

/// The version in a line that contains only a version: `Since 1.5`, `since: 1.5.`, `(Since 1.5)`.
pub(super) fn since(line: &str) -> Option<&str> {
    let line = line.strip_suffix('.').unwrap_or(line);
    let inner = line
        .strip_prefix('(')
        .and_then(|line| line.strip_suffix(')'));
    let text = inner.unwrap_or(line).trim_end_matches('.');
    let rest = text.strip_prefix(['S', 's'])?.strip_prefix("ince")?;
    let rest = rest.strip_prefix(':').unwrap_or(rest);
    let version = rest.strip_prefix(' ')?.trim();
    is_version(version).then_some(version)
}

/// Whether a line describes a change in a version: `2.3: 'host_floppy' deprecated`, `abort since 1.6`.
pub(super) fn is_change(line: &str) -> bool {
    let line = line.trim().trim_end_matches(['.', ',', ';']);
    let follows_version = line
        .split_once(": ")
        .is_some_and(|(version, _)| is_version(version));
    let precedes_version = line
        .rsplit_once(" since ")
        .is_some_and(|(what, version)| is_version(version) && what.split_whitespace().count() <= 3);
    follows_version || precedes_version
}

/// Whether a paragraph that starts with this line is a note for QEMU's developers.
pub(super) fn is_todo(line: &str) -> bool {
    let rest = line.strip_prefix("TODO");
    rest.is_some_and(|rest| rest.starts_with([':', ' ']) || rest.is_empty())
}

/// A drawing made of characters: most of its lines have wide gaps, unlike prose.
pub(super) fn is_drawing(lines: &[&str]) -> bool {
    let has_gap = |line: &&&str| line.trim().contains("    ");
    lines.len() >= 3 && lines.iter().filter(has_gap).count() * 2 > lines.len()
}

/// Whether a line starts a message of a client or server: with an arrow, or with a JSON value.
pub(super) fn starts_transcript(line: &str) -> bool {
    let starts_with = |rest: &str| rest.is_empty() || rest.starts_with(['"', '\'', '}']);
    let is_object = line
        .strip_prefix('{')
        .is_some_and(|rest| starts_with(rest.trim_start()));
    let is_array = line
        .strip_prefix('[')
        .is_some_and(|rest| matches!(rest.trim_start(), "" | "{"));
    is_arrow(line) || is_object || is_array
}

/// Whether a line starts with an object and its first key.
pub(super) fn starts_object(line: &str) -> bool {
    starts_transcript(line) && (line.contains("\":") || line.contains("\" :"))
}

/// Whether a line starts with the arrow of a transcript.
pub(super) fn is_arrow(line: &str) -> bool {
    let rest = line.strip_prefix("->").or_else(|| line.strip_prefix("<-"));
    rest.is_some_and(|rest| is_word_end(rest) || rest.starts_with(['{', '[', '"']))
}

/// Whether a line can be part of a JSON value.
pub(super) fn is_json(line: &str) -> bool {
    line.starts_with(['{', '}', '[', ']', '"'])
}

/// The number of opening brackets in a line of JSON minus the number of closing ones.
pub(super) fn nesting(line: &str) -> i64 {
    let mut depth = 0;
    let mut in_string = false;
    let mut bytes = line.bytes();
    while let Some(byte) = bytes.next() {
        match byte {
            b'"' => in_string = !in_string,
            b'\\' if in_string => drop(bytes.next()),
            b'{' | b'[' if !in_string => depth += 1,
            b'}' | b']' if !in_string => depth -= 1,
            _ => {}
        }
    }
    depth
}
