//! Which types can derive `Eq` and `Hash`.

use std::collections::{HashMap, HashSet};

use qapi_parser::{Builtin, Id, Kind, Schema};

use super::options::Options;
use super::references::references;

/// The types that hold a floating-point number or a type of the caller's, straight or through others.
pub(super) struct TraitMap {
    not_eq: HashSet<Id>,
}

impl TraitMap {
    pub(super) fn new(schema: &Schema, options: &Options) -> Self {
        // From each type to those that hold it: the property spreads that way.
        let mut holders: HashMap<Id, Vec<Id>> = HashMap::new();
        let mut open = Vec::new();
        for (id, definition) in schema.definitions() {
            let is_float = matches!(definition.kind, Kind::Builtin(Builtin::Number));
            if is_float || options.is_foreign(&definition.name) {
                open.push(id);
            }
            for held in references(&definition.kind) {
                holders.entry(held).or_default().push(id);
            }
        }
        let mut not_eq: HashSet<Id> = open.iter().copied().collect();
        while let Some(id) = open.pop() {
            for &holder in holders.get(&id).into_iter().flatten() {
                if not_eq.insert(holder) {
                    open.push(holder);
                }
            }
        }
        Self { not_eq }
    }

    /// Whether a type can be compared and hashed as a whole.
    pub(super) fn is_eq(&self, id: Id) -> bool {
        !self.not_eq.contains(&id)
    }
}
