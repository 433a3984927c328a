//! The directions in which values of types are sent.

use foldhash::{HashSet, HashSetExt as _};
use qapi_parser::{Id, Kind, Schema};

/// The types that commands and events use, in both directions.
pub(super) struct Directions {
    pub(super) sent: HashSet<Id>,
    pub(super) received: HashSet<Id>,
}

impl Directions {
    pub(super) fn new(schema: &Schema) -> Self {
        let (mut sent, mut received) = (Vec::new(), Vec::new());
        for (_, definition) in schema.definitions() {
            match &definition.kind {
                Kind::Command(it) => {
                    sent.extend(it.arguments);
                    received.extend(it.returns);
                }
                Kind::Event(it) => received.extend(it.data),
                _ => {}
            }
        }
        Self {
            sent: below(schema, sent),
            received: below(schema, received),
        }
    }
}

/// These types, and those they refer to.
fn below(schema: &Schema, mut open: Vec<Id>) -> HashSet<Id> {
    let mut found = HashSet::new();
    while let Some(id) = open.pop() {
        if found.insert(id) {
            open.extend(schema.get(id).kind.references());
        }
    }
    found
}
