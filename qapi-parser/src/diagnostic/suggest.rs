//! Suggests known names for unknown ones.

/// The name in `known` that `name` is most likely a misspelling of. `None` if none is similar enough.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // Up to a third of the letters may differ. With more, the suggestion would be a guess.
    let limit = name.chars().count().div_ceil(3).min(4);
    known
        .into_iter()
        .map(|candidate| (distance(name, candidate, limit), candidate))
        .filter(|&(distance, _)| distance <= limit)
        .min()
        .map(|(_, candidate)| candidate)
}

/// The number of edits (insertions, deletions and replacements of a character, ignoring case) from `a` to `b`, or a
/// number above `limit`.
fn distance(a: &str, b: &str, limit: usize) -> usize {
    if a.chars().count().abs_diff(b.chars().count()) > limit {
        return usize::MAX;
    }
    let fold = |c: char| match c {
        '_' => '-',
        c => c.to_ascii_lowercase(),
    };
    let b: Vec<char> = b.chars().map(fold).collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().map(fold).enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, &cb) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(ca != cb);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(diagonal + 1).min(row[j] + 1);
        }
        // The minimum of a row never decreases.
        if row.iter().all(|&distance| distance > limit) {
            return usize::MAX;
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_misspelling_finds_the_name() {
        let known = ["data", "discriminator", "base", "VncServerInfo"];
        assert_eq!(nearest("dta", known), Some("data"));
        assert_eq!(nearest("Base", known), Some("base"));
        assert_eq!(nearest("discrimnator", known), Some("discriminator"));
        assert_eq!(nearest("VncServerinfos", known), Some("VncServerInfo"));
        assert_eq!(nearest("colour", known), None);
        assert_eq!(nearest("", known), None);
    }
}
