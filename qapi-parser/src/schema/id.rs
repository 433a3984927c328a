//! What names a definition.

/// Names a definition of a [`Schema`](crate::Schema).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Id(pub(super) u32);

impl Id {
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}
