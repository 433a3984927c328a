//! The direction of each type: arguments of commands are sent, return values and data of events are received.

use std::collections::HashSet;

use qapi_compat::merge::Provenance;
use qapi_parser::{Id, Kind, Schema};

/// The types that are sent and those that are received, including all types that they contain.
pub(super) struct Directions {
    sent: HashSet<Id>,
    received: HashSet<Id>,
}

impl Directions {
    pub(super) fn new(schema: &Schema, provenance: &Provenance) -> Self {
        let (mut sent, mut received) = (Vec::new(), Vec::new());
        for (_, definition) in schema.definitions() {
            match &definition.kind {
                Kind::Command(command) => {
                    sent.extend(command.arguments);
                    received.extend(command.returns);
                }
                Kind::Event(event) => received.extend(event.data),
                _ => {}
            }
        }
        Self {
            sent: contained(schema, provenance, sent),
            received: contained(schema, provenance, received),
        }
    }

    /// Whether clients create values of the type.
    pub(super) fn is_sent(&self, id: Id) -> bool {
        self.sent.contains(&id)
    }

    /// Whether QEMU creates values of the type.
    pub(super) fn is_received(&self, id: Id) -> bool {
        self.received.contains(&id)
    }
}

/// These types, all types that they contain, and their bases.
fn contained(schema: &Schema, provenance: &Provenance, mut open: Vec<Id>) -> HashSet<Id> {
    let mut types = HashSet::new();
    while let Some(id) = open.pop() {
        if types.insert(id) {
            let definition = schema.get(id);
            open.extend(definition.kind.references());
            // Objects of merged schemas do not refer to their bases.
            let bases = provenance.bases(&definition.name).iter();
            open.extend(bases.filter_map(|base| schema.find(base)));
        }
    }
    types
}
