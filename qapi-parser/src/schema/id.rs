//! Ids of definitions.

/// The id of a definition in a [`Schema`](crate::Schema).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Id(pub(super) u32);

impl Id {
    /// The id of the definition at `index` of [`Parts::definitions`](crate::Parts::definitions).
    pub fn new(index: usize) -> Self {
        Self(index as u32)
    }

    /// The index of the definition in [`Parts::definitions`](crate::Parts::definitions).
    pub fn index(self) -> usize {
        self.0 as usize
    }
}
