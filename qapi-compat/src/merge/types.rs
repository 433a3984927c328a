//! Sets of types at the same place.

use qapi_parser::Id;

/// Types in the order of their schemas, without duplicates.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Types(Vec<Id>);

impl Types {
    pub(super) fn add(&mut self, id: Id) {
        if let Err(index) = self.0.binary_search(&id) {
            self.0.insert(index, id);
        }
    }

    /// Adds types; returns whether any of them is new.
    pub(super) fn extend(&mut self, others: &Types) -> bool {
        let before = self.0.len();
        others.0.iter().for_each(|id| self.add(*id));
        self.0.len() > before
    }

    pub(super) fn contains(&self, id: Id) -> bool {
        self.0.binary_search(&id).is_ok()
    }

    pub(super) fn is_within(&self, others: &Types) -> bool {
        self.0.iter().all(|id| others.contains(*id))
    }
}

impl std::ops::Deref for Types {
    type Target = [Id];

    fn deref(&self) -> &[Id] {
        &self.0
    }
}

impl FromIterator<Id> for Types {
    fn from_iter<I: IntoIterator<Item = Id>>(ids: I) -> Self {
        let mut ids: Vec<Id> = ids.into_iter().collect();
        ids.sort_unstable();
        ids.dedup();
        Self(ids)
    }
}
