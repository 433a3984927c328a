//! Names that are the same in Rust.

/// A name without the distinctions that variants and types do not preserve.
pub(super) fn folded(name: &str) -> String {
    let letters = name.chars().filter(|c| c.is_ascii_alphanumeric());
    letters.map(|c| c.to_ascii_lowercase()).collect()
}

/// A name without the distinctions that fields do not preserve: `read-only`, `read_only` and `readOnly` are the same, but
/// not `readonly`.
pub(super) fn folded_field(name: &str) -> String {
    let mut folded = String::new();
    let mut last = '-';
    for c in name.chars() {
        let is_new_word = last.is_ascii_lowercase() && c.is_ascii_uppercase();
        if is_new_word || !c.is_ascii_alphanumeric() {
            folded.push('_');
        }
        if c.is_ascii_alphanumeric() {
            folded.push(c.to_ascii_lowercase());
        }
        last = c;
    }
    folded
}
