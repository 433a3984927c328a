//! What a single line looks like: the marks by which blocks are told apart.

use super::directive;
use super::lines::indent_of;

/// What a list item starts with.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Marker {
    Bullet,
    Number(u32),
    /// `#.`: the number after the one before.
    NextNumber,
}

impl Marker {
    pub(super) fn next(self) -> Marker {
        match self {
            Marker::Number(number) => Marker::Number(number.saturating_add(1)),
            other => other,
        }
    }
}

/// Whether a line has its body on the indented lines below it, if there are any.
pub(super) fn wants_body(line: &str) -> bool {
    is_list_item(line)
        || directive::is_explicit(line)
        || tag(line).is_some()
        || field(line).is_some()
        || line.ends_with("::")
}

/// Whether a line starts a list item, whatever its indentation.
pub(super) fn is_list_item(line: &str) -> bool {
    list_marker(line.trim_start_matches(' ')).is_some()
}

/// The marker that an unindented line starts with, and the text behind it.
pub(super) fn list_marker(line: &str) -> Option<(Marker, &str)> {
    let (marker, rest) = match line.strip_prefix(['-', '*', '+', '•']) {
        Some(rest) => (Marker::Bullet, rest),
        None => number(line)?,
    };
    (rest.is_empty() || rest.starts_with(' ')).then(|| (marker, rest.trim_start()))
}

/// `1.`, `1)`, `(1)`, or the same with `#` for the number.
fn number(line: &str) -> Option<(Marker, &str)> {
    let in_parentheses = line.strip_prefix('(');
    let text = in_parentheses.unwrap_or(line);
    let (marker, rest) = match text.strip_prefix('#') {
        Some(rest) => (Marker::NextNumber, rest),
        None => {
            let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            // Markdown has no numbers of more digits.
            let number = text
                .get(..digits)
                .filter(|digits| digits.len() <= 9)?
                .parse()
                .ok()?;
            (Marker::Number(number), &text[digits..])
        }
    };
    let rest = rest
        .strip_prefix(')')
        .or_else(|| rest.strip_prefix('.').filter(|_| in_parentheses.is_none()))?;
    Some((marker, rest))
}

/// `:name:` at the start of a line, and the text behind it. A role (`` :ref:`x` ``) has no blank there.
pub(super) fn field(line: &str) -> Option<(&str, &str)> {
    let (name, rest) = line.strip_prefix(':')?.split_once(':')?;
    let is_name = !name.is_empty() && !name.starts_with(' ') && !name.ends_with(' ');
    let is_field = is_name && !name.contains('`') && (rest.is_empty() || rest.starts_with(' '));
    is_field.then(|| (name, rest.trim_start()))
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

/// `Note: text`: the tag and the text behind it.
pub(super) fn tag(line: &str) -> Option<(&'static str, &str)> {
    let (word, rest) = line.split_once(':')?;
    let tag = TAGS
        .into_iter()
        .find(|tag| word == *tag || word == tag.to_ascii_uppercase())?;
    (rest.is_empty() || rest.starts_with(' ')).then(|| (tag, rest.trim_start()))
}

/// `= Title`, `== Subtitle`: QAPI's own titles.
pub(super) fn qapi_title(line: &str) -> Option<(usize, &str)> {
    let text = line.trim_start_matches('=');
    let level = line.len() - text.len();
    let text = text.strip_prefix(' ')?.trim();
    let is_title = level > 0 && text.contains(|c| !matches!(c, '=' | ' '));
    is_title.then_some((level, text))
}

/// The character of a line that over- or underlines a title.
pub(super) fn adornment(line: &str) -> Option<u8> {
    let first = *line.as_bytes().first()?;
    let is_adornment =
        line.len() >= 3 && b"=-~^*+#\"_".contains(&first) && line.bytes().all(|byte| byte == first);
    is_adornment.then_some(first)
}

/// The first line of a simple table (`==== ====`) or of a grid table (`+---+`).
pub(super) fn is_table_border(line: &str) -> bool {
    let is_simple = line.starts_with('=')
        && line.contains(' ')
        && line.bytes().all(|byte| matches!(byte, b'=' | b' '));
    let is_grid = line.starts_with("+-")
        && line.ends_with('+')
        && line.bytes().all(|byte| matches!(byte, b'+' | b'-'));
    is_simple || is_grid
}

pub(super) fn is_line_block(line: &str) -> bool {
    line.strip_prefix('|')
        .is_some_and(|rest| rest.starts_with(' '))
}

/// A term to define is short and no sentence.
pub(super) fn is_term(line: &str) -> bool {
    line.len() <= 40
        && indent_of(line) == 0
        && line.split_whitespace().count() <= 4
        && !line.ends_with(['.', ',', ':', ';', '?', '!'])
        && !line.contains(": ")
        && line.starts_with(|c: char| {
            c.is_alphanumeric() || matches!(c, '`' | '@' | '*' | '"' | '\'' | '-')
        })
}

/// `@name  text`, a member that lacks the colon which would make a section of it: its name with the
/// `@`, and the text behind the gap.
pub(super) fn roster_entry(line: &str) -> Option<(&str, &str)> {
    let (name, text) = line.split_once(' ')?;
    let is_name = |name: &str| {
        name.bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
    };
    name.strip_prefix('@').filter(|name| is_name(name))?;
    Some((name, text))
}

/// A picture made of characters: most of its lines have wide gaps, which prose has not.
pub(super) fn is_drawing(lines: &[&str]) -> bool {
    let gaps = lines
        .iter()
        .filter(|line| line.trim().contains("    "))
        .count();
    lines.len() >= 3 && gaps * 2 > lines.len()
}

/// Whether a line is what client or server says: behind an arrow, or an object that starts here.
pub(super) fn starts_transcript(line: &str) -> bool {
    let is_object = line.strip_prefix('{').is_some_and(|rest| {
        let rest = rest.trim_start();
        rest.is_empty() || rest.starts_with(['"', '\'', '}'])
    });
    let is_array = line
        .strip_prefix('[')
        .is_some_and(|rest| matches!(rest.trim_start(), "" | "{"));
    is_arrow(line) || is_object || is_array
}

pub(super) fn is_arrow(line: &str) -> bool {
    let rest = line.strip_prefix("->").or_else(|| line.strip_prefix("<-"));
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '{', '[', '"']))
}

/// Whether a line can be a piece from the midst of a JSON value.
pub(super) fn is_json(line: &str) -> bool {
    line.starts_with(['{', '}', '[', ']', '"'])
}

/// How many more brackets a line of JSON opens than it closes.
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
