//! The line of a place, shortened around it.

/// The number of characters that are shown of a line. Schemas written by people have no longer lines; one that a program
/// wrote may be a single line, which would be repeated for each change.
const MAX_LEN: usize = 160;

/// The number of characters before the place that are shown of a line that is too long.
const BEFORE: usize = 40;

/// A line without surrounding whitespace, or the part of it around a column, which counts characters from 1.
pub(super) fn excerpt(line: &str, column: usize) -> String {
    let trimmed = line.trim();
    // There are at least as many bytes as characters.
    if trimmed.len() <= MAX_LEN || trimmed.chars().nth(MAX_LEN).is_none() {
        return trimmed.to_owned();
    }
    let start = column.saturating_sub(1 + BEFORE);
    let part: String = line.chars().skip(start).take(MAX_LEN).collect();
    let is_cut = line.chars().nth(start + MAX_LEN).is_some();
    let (before, after) = (
        if start > 0 { "…" } else { "" },
        if is_cut { "…" } else { "" },
    );
    format!("{before}{}{after}", part.trim())
}

#[cfg(test)]
mod tests {
    use super::excerpt;

    #[test]
    fn a_long_line_is_cut_around_the_place() {
        let line = format!("{}x{}", "a".repeat(1000), "b".repeat(1000));
        let expected = format!("…{}x{}…", "a".repeat(40), "b".repeat(119));
        assert_eq!(excerpt(&line, 1001), expected);
        assert_eq!(excerpt(&line, 1), format!("{}…", "a".repeat(160)));
        assert_eq!(excerpt(&line, 2001), format!("…{}", "b".repeat(41)));
    }

    #[test]
    fn a_line_of_usual_length_is_whole() {
        assert_eq!(excerpt("  { 'enum': 'É' }  ", 4), "{ 'enum': 'É' }");
        let line = "é".repeat(160);
        assert_eq!(excerpt(&line, 160), line);
    }
}
