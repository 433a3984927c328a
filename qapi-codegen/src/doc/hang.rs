//! Text whose first line follows something else on the same line.

use super::lines::{common_indent, indent_of, is_blank, shifted};
use super::syntax::{is_list_item, wants_body};

/// Joins a text whose first line follows something else (`@member:`, a list marker, `.. note::`) at
/// an arbitrary column, and whose other lines share an
/// indentation.
///
/// The indentation is removed, unless the first line requires it, such as for the body of a list item,
/// a directive or a literal block.
pub(super) fn hang<'a>(first: &'a str, rest: &[&'a str]) -> Vec<&'a str> {
    let indent = indent_of(first);
    let first = &first[indent..];
    let common = common_indent(rest);
    let next = rest.iter().find(|line| !is_blank(line));
    let is_body = next.is_some_and(|next| {
        let is_sibling = is_list_item(first) && is_list_item(next);
        indent_of(next) == common && wants_body(first) && !is_sibling
    });
    // A body only has to be indented more than its first line.
    let columns = if is_body { indent.min(common) } else { common };
    let mut lines = vec![first];
    lines.extend(shifted(rest, columns));
    lines
}
