//! The marker `#optional` of schemas up to 2.7.

const OPTIONAL: &str = "#optional";

/// A member's first line without the marker of optional members.
pub(super) fn without_optional_marker(line: &str) -> &str {
    match line.trim_start().strip_prefix(OPTIONAL) {
        Some(rest) if !rest.starts_with(char::is_alphanumeric) => {
            rest.trim_start_matches([' ', ','])
        }
        _ => line,
    }
}

/// The same for the rarer marker at the end of a description.
pub(super) fn without_final_optional_marker(line: &str) -> &str {
    match line.strip_suffix(OPTIONAL) {
        Some(rest) if rest.is_empty() || rest.ends_with(' ') => rest.trim_end(),
        _ => line,
    }
}
