//! The contents of a schema by file.

use qapi_parser::{Entry, Id, Kind};

use super::context::Lowering;
use crate::model::Contents;

impl Lowering<'_> {
    /// One part for each file that anything is generated from.
    pub(super) fn contents(&self) -> Vec<Contents> {
        if !self.options.docs {
            return Vec::new();
        }
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
                    self.enter(*id, &mut part);
                }
            }
            if !part.is_empty() {
                parts.push(part);
            }
        }
        parts
    }

    fn enter(&self, id: Id, part: &mut Contents) {
        let Some(ident) = self.idents.get(&id) else {
            return;
        };
        let definition = self.schema.get(id);
        let list = match &definition.kind {
            Kind::Command(_) => &mut part.commands,
            Kind::Event(_) => &mut part.events,
            _ if definition.is_implicit => return,
            _ => &mut part.types,
        };
        list.push((definition.name.clone(), ident.clone()));
    }
}
