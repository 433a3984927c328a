//! Text without layout: tokens as they are printed, one line per item.

use proc_macro2::TokenStream;

use crate::model::Docs;

/// The text before the number of a comment.
const ATTRIBUTE: &str = "# [doc = ";

/// The text of items.
pub(super) fn text(tokens: &TokenStream, comments: &[Docs]) -> String {
    let tokens = tokens.to_string();
    let mut parts = tokens.split(ATTRIBUTE);
    let mut text = parts.next().unwrap_or_default().to_owned();
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
    text + "\n"
}

/// The documentation for the number at the start of a text, and the text after the attribute.
fn comment<'a, 't>(text: &'t str, comments: &'a [Docs]) -> Option<(&'a Docs, &'t str)> {
    let (number, rest) = text.split_once(']')?;
    let docs = comments.get(number.parse::<usize>().ok()?)?;
    Some((docs, rest))
}
