//! What clients give to QEMU: the arguments of commands, and all that they hold.

use std::collections::HashSet;

use qapi_parser::{Id, Kind, Schema};

use super::references::references;

/// The types that a client makes, and their bases, which is worth some convenience.
pub(super) struct Given {
    types: HashSet<Id>,
}

impl Given {
    pub(super) fn new(schema: &Schema) -> Self {
        let mut types = HashSet::new();
        let commands = schema.definitions().filter_map(|(_, it)| match &it.kind {
            Kind::Command(command) => command.arguments,
            _ => None,
        });
        let mut open: Vec<Id> = commands.collect();
        while let Some(id) = open.pop() {
            if types.insert(id) {
                open.extend(references(&schema.get(id).kind));
            }
        }
        Self { types }
    }

    pub(super) fn has(&self, id: Id) -> bool {
        self.types.contains(&id)
    }
}
