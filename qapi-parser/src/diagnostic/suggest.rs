//! The nearest known name to one that is not known.

/// The one of `known` that `name` is most likely a slip of; `None` when all are too far.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // A third of the letters may differ: more and the suggestion is a guess.
    let limit = name.chars().count().div_ceil(3).min(4);
    known
        .into_iter()
        .map(|candidate| (distance(name, candidate, limit), candidate))
        .filter(|&(distance, _)| distance <= limit)
        .min()
        .map(|(_, candidate)| candidate)
}

/// The edits (insert, delete, replace one character, letter case apart) that lead from `a` to `b`; more than `limit`
/// when that is out of reach.
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
        // Rows never get smaller again.
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
    fn a_slip_finds_its_name() {
        let known = ["data", "discriminator", "base", "VncServerInfo"];
        assert_eq!(nearest("dta", known), Some("data"));
        assert_eq!(nearest("Base", known), Some("base"));
        assert_eq!(nearest("discrimnator", known), Some("discriminator"));
        assert_eq!(nearest("VncServerinfos", known), Some("VncServerInfo"));
        assert_eq!(nearest("colour", known), None);
        assert_eq!(nearest("", known), None);
    }
}
