//! Text without layout: one line per item, apart from comments.

use crate::model::Docs;

/// The text before the number of a comment.
const ATTRIBUTE: &str = "#[doc = ";

/// Appends items to a text.
pub(super) fn write(code: &str, comments: &[Docs], text: &mut String) {
    for line in code.lines() {
        let line = line.trim_start();
        if line.starts_with("///") {
            text.extend(["\n", line, "\n"]);
            continue;
        }
        let mut parts = line.split(ATTRIBUTE);
        text.push_str(parts.next().unwrap_or_default());
        for part in parts {
            let Some((docs, rest)) = comment(part, comments) else {
                text.extend([ATTRIBUTE, part]);
                continue;
            };
            for line in docs {
                text.extend(["\n/// ", line]);
            }
            text.extend(["\n", rest.trim_start()]);
        }
        text.push(' ');
    }
    text.push('\n');
}

/// The documentation for the number at the start of a text, and the text after the attribute.
fn comment<'a, 't>(text: &'t str, comments: &'a [Docs]) -> Option<(&'a Docs, &'t str)> {
    let (number, rest) = text.split_once(']')?;
    let docs = comments.get(number.parse::<usize>().ok()?)?;
    Some((docs, rest))
}
