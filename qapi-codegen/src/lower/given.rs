//! What clients give to QEMU: the arguments of commands, and all that they hold.

use std::collections::HashSet;

use qapi_parser::{Id, Kind, Schema};

/// The types that a client makes, which is worth some convenience.
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
                open.extend(held_by(schema, id));
            }
        }
        Self { types }
    }

    pub(super) fn has(&self, id: Id) -> bool {
        self.types.contains(&id)
    }
}

fn held_by(schema: &Schema, id: Id) -> Vec<Id> {
    match &schema.get(id).kind {
        Kind::Array(element) => vec![*element],
        Kind::Object(object) => {
            let members = schema.members(id).into_iter().map(|(_, member)| member.ty);
            let branches = object.branches.iter().flat_map(|union| &union.branches);
            members.chain(branches.map(|branch| branch.ty)).collect()
        }
        Kind::Alternate(it) => it.alternatives.iter().map(|branch| branch.ty).collect(),
        _ => Vec::new(),
    }
}
