//! The direction of each type: arguments of commands are sent, return values and data of events are received.

use std::collections::HashSet;

use qapi_parser::{Id, Kind, Schema};

use super::references::references;

/// The types that are sent and those that are received, including all types that they contain.
pub(super) struct Directions {
    sent: HashSet<Id>,
    received: HashSet<Id>,
}

impl Directions {
    pub(super) fn new(schema: &Schema) -> Self {
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
            sent: contained(schema, sent),
            received: contained(schema, received),
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

/// These types and all types that they contain.
fn contained(schema: &Schema, mut open: Vec<Id>) -> HashSet<Id> {
    let mut types = HashSet::new();
    while let Some(id) = open.pop() {
        if types.insert(id) {
            open.extend(references(&schema.get(id).kind));
        }
    }
    types
}
