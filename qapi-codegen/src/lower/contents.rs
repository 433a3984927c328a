//! What a schema has, by the files that it comes from.

use std::collections::HashMap;

use qapi_parser::{Entry, Id, Kind};

use super::Lowering;
use crate::model::{Command, Contents, Event};
use crate::names::Ident;

/// The names that commands and events have been given.
pub(super) struct Named<'a> {
    pub(super) commands: &'a [Command],
    pub(super) events: &'a [Event],
}

impl Lowering<'_> {
    /// One part for each of the schema's files that anything is generated from.
    pub(super) fn contents(&self, named: &Named<'_>) -> Vec<Contents> {
        if !self.options.docs {
            return Vec::new();
        }
        let commands = named.commands.iter().map(|it| &it.arguments);
        let events = named.events.iter().map(|it| &it.data);
        let items = commands
            .chain(events)
            .map(|it| (it.name.as_str(), &it.ident));
        let items: HashMap<&str, &Ident> = items.collect();
        let mut parts = Vec::new();
        for module in self.schema.modules() {
            let mut part = Contents {
                file: module.name.clone(),
                commands: Vec::new(),
                events: Vec::new(),
                types: Vec::new(),
            };
            for entry in &module.entries {
                if let Entry::Definition(id) = entry {
                    self.enter(*id, &items, &mut part);
                }
            }
            if !part.is_empty() {
                parts.push(part);
            }
        }
        parts
    }

    fn enter(&self, id: Id, items: &HashMap<&str, &Ident>, part: &mut Contents) {
        let definition = self.schema.get(id);
        let name = &definition.name;
        let item = items.get(name.as_str()).filter(|_| self.selection.has(id));
        let (list, ident) = match (&definition.kind, item, self.idents.get(&id)) {
            (Kind::Command(_), Some(ident), _) => (&mut part.commands, *ident),
            (Kind::Event(_), Some(ident), _) => (&mut part.events, *ident),
            (_, _, Some(ident)) if !definition.is_implicit => (&mut part.types, ident),
            _ => return,
        };
        list.push((name.clone(), ident.clone()));
    }
}
