//! The section `Since`.

/// Turns the text of the section into a sentence, not converted to Markdown yet.
///
/// The first line is a version. Old schemas list later additions below it, as in `'l2tpv3' - since 2.1`.
pub(crate) fn since(text: &str) -> String {
    let mut sentence = String::new();
    let mut is_entry_before = false;
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let entry = entry(line);
        let joint = match () {
            () if sentence.is_empty() => "",
            () if entry.is_some() || is_entry_before => "; ",
            () => " ",
        };
        sentence += joint;
        match entry {
            Some((what, version)) => sentence += &format!("{what} since {version}"),
            None => sentence += line,
        }
        is_entry_before = entry.is_some();
    }
    match sentence.starts_with(|c: char| c.is_ascii_digit()) {
        true => format!("Since QEMU {}.", sentence.trim_end_matches('.')),
        false => format!("Since: {sentence}"),
    }
}

/// Whether a line lists a later addition.
pub(super) fn is_addition(line: &str) -> bool {
    entry(line).is_some()
}

/// The subject and the version of a line such as `'l2tpv3' - since 2.1`.
fn entry(line: &str) -> Option<(&str, &str)> {
    let line = line.trim_end_matches(['.', ',', ';']);
    let (what, version) = line.rsplit_once(" since ")?;
    let is_version = version.starts_with(|c: char| c.is_ascii_digit()) && !version.contains(' ');
    let what = what.trim_start_matches(['-', ' ']);
    let what = what.trim_end_matches([' ', '-', ':', ',']);
    // The first line starts with the version.
    let is_what = !what.starts_with(|c: char| c.is_ascii_digit());
    (is_version && is_what && !what.is_empty()).then_some((what, version))
}

#[cfg(test)]
mod tests {
    use super::since;

    #[test]
    fn versions_become_a_sentence() {
        let table = [
            ("1.2", "Since QEMU 1.2."),
            ("1.2.", "Since QEMU 1.2."),
            ("1.2 (dim since 1.3)", "Since QEMU 1.2 (dim since 1.3)."),
            (
                "1.2\n\n'dim' - since 1.3",
                "Since QEMU 1.2; 'dim' since 1.3.",
            ),
            ("1.2\n- dim since 1.3", "Since QEMU 1.2; dim since 1.3."),
            (
                "1.2\n@dim since 1.3,\n@bright since 1.4",
                "Since QEMU 1.2; @dim since 1.3; @bright since 1.4.",
            ),
            (
                "1.2 for lamps\nof all kinds",
                "Since QEMU 1.2 for lamps of all kinds.",
            ),
            ("lamps exist", "Since: lamps exist"),
        ];
        for (text, sentence) in table {
            assert_eq!(since(text), sentence);
        }
    }
}
