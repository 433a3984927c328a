//! A map for few keys, as in most lists of a schema.

use std::hash::Hash;

use foldhash::HashMap;

/// How many keys are searched linearly before they are hashed.
const FEW: usize = 12;

/// A map that does not allocate for few keys and hashes many keys.
pub(crate) struct SmallMap<K, V> {
    few: [Option<(K, V)>; FEW],
    length: usize,
    many: HashMap<K, V>,
}

impl<K: Copy + Eq + Hash, V: Copy> SmallMap<K, V> {
    pub(crate) fn new() -> Self {
        Self {
            few: [None; FEW],
            length: 0,
            many: HashMap::default(),
        }
    }

    pub(crate) fn get(&self, key: K) -> Option<V> {
        let mut few = self.few[..self.length].iter().flatten();
        match few.find(|(other, _)| *other == key) {
            Some(&(_, value)) => Some(value),
            None if self.many.is_empty() => None,
            None => self.many.get(&key).copied(),
        }
    }

    /// Returns the previous value of the key.
    pub(crate) fn insert(&mut self, key: K, value: V) -> Option<V> {
        let mut few = self.few[..self.length].iter_mut().flatten();
        if let Some((_, earlier)) = few.find(|(other, _)| *other == key) {
            return Some(std::mem::replace(earlier, value));
        }
        match self.few.get_mut(self.length) {
            Some(free) => {
                *free = Some((key, value));
                self.length += 1;
                None
            }
            None => self.many.insert(key, value),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_and_many_are_found_alike() {
        let mut map = SmallMap::new();
        for round in 0..2 {
            for key in 0..3 * FEW {
                let earlier = (round > 0).then_some((key, round - 1));
                assert_eq!(map.get(key), earlier);
                assert_eq!(map.insert(key, (key, round)), earlier);
                assert_eq!(map.get(key), Some((key, round)));
            }
        }
    }
}
