//! Text made of parts.

/// The texts for all items, one after the other.
pub(super) fn each<I: IntoIterator>(items: I, mut text: impl FnMut(I::Item) -> String) -> String {
    let mut all = String::new();
    for item in items {
        all.push_str(&text(item));
    }
    all
}
