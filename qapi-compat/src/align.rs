//! Two lists side by side, by name.

use foldhash::{HashMap, HashMapExt as _};

/// An entry of the old list, of the new one, or of both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sides<T> {
    Old(T),
    New(T),
    Both(T, T),
}

/// Pairs entries with the same key: first the old list in its order, then the entries that only the new one has.
pub(crate) fn align<'a, T, K: std::hash::Hash + Eq>(
    old: impl IntoIterator<Item = &'a T>,
    new: impl IntoIterator<Item = &'a T>,
    key: impl Fn(&'a T) -> K,
) -> Vec<Sides<&'a T>> {
    let mut aligned: Vec<Sides<&T>> = old.into_iter().map(Sides::Old).collect();
    let mut by_key = HashMap::with_capacity(aligned.len());
    for (index, sides) in aligned.iter().enumerate() {
        if let Sides::Old(it) = sides {
            by_key.insert(key(it), index);
        }
    }
    for new in new {
        match by_key.get(&key(new)) {
            Some(&index) => {
                if let Sides::Old(old) = aligned[index] {
                    aligned[index] = Sides::Both(old, new);
                }
            }
            None => aligned.push(Sides::New(new)),
        }
    }
    aligned
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_old_order_is_first() {
        let aligned = align(&[1, 2, 3], &[4, 3, 1], |it| *it);
        let expected = [
            Sides::Both(&1, &1),
            Sides::Old(&2),
            Sides::Both(&3, &3),
            Sides::New(&4),
        ];
        assert_eq!(aligned, expected);
    }
}
