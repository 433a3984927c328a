//! Turns a schema into the model. All decisions about generated code are made here.

mod aliases;
mod alternates;
mod boxing;
mod commands;
mod conditions;
mod contents;
mod context;
mod conversions;
mod data;
mod derives;
mod described;
mod directions;
mod docs;
mod enums;
mod events;
mod objects;
mod options;
mod scope;
mod selection;
#[cfg(test)]
mod tests;
mod types;
mod unions;

use std::collections::HashMap;
use std::path::Path;

use qapi_compat::merge::{Availability, Provenance};
use qapi_parser::{Kind, Schema};

use crate::error::OptionError;
use crate::model::{Command, Event, File, Item};
use crate::names::{self, Style};
use boxing::Boxing;
use conditions::Conditions;
use context::{Lowering, is_command, is_event, is_item, is_union};
use conversions::Conversions;
use derives::Derives;
use described::Described;
use directions::Directions;
pub(crate) use options::{Fault, Options};
use selection::Selection;

/// Lowers a schema according to `options`, and reports all errors. If the schema is merged from several,
/// `availability` records which of them have which definitions, and `provenance` what these are made of.
pub(crate) fn lower(
    schema: &Schema,
    availability: Option<&Availability>,
    provenance: &Provenance,
    options: &Options,
) -> Result<File, Fault> {
    let conditions = Conditions::new(&options.config);
    let selection = Selection::new(schema, options, &conditions);
    let errors = options.check_items(schema, &conditions, |id| selection.has(id));
    if !errors.is_empty() {
        return Err(Fault::Options(errors));
    }
    let boxing = Boxing::new(schema, options, &conditions);
    let mut lowering = Lowering {
        schema,
        availability,
        provenance,
        options,
        selection,
        idents: HashMap::new(),
        branch_idents: HashMap::new(),
        derives: Derives::new(schema, options, &conditions, &boxing),
        conversions: Conversions::new(schema, options, &conditions),
        boxing,
        directions: Directions::new(schema, provenance),
        described: Described::new(schema),
        conditions,
        faults: Vec::new(),
    };
    lowering.name_items();
    lowering.check_unions();
    let types = lowering.types();
    let commands = lowering.commands();
    let events = lowering.events();
    if !lowering.faults.is_empty() {
        return Err(Fault::Schema(lowering.faults));
    }
    let errors = lowering.derive_errors(&types, &commands, &events);
    if !errors.is_empty() {
        return Err(Fault::Options(errors));
    }
    let event_ids = lowering.chosen(is_event).into_iter().map(|(id, _)| id);
    let event_ids: Vec<_> = event_ids.collect();
    let contents = lowering.contents();
    let mut sources = schema.sources().iter();
    let root = sources.next().and_then(|root| root.path().file_name());
    Ok(File {
        schema: Path::new(root.unwrap_or_default()).display().to_string(),
        client: options.client.clone(),
        event_extras: lowering.derives.event_extras(&event_ids),
        unknown_extras: lowering.derives.unknown_extras(),
        contents,
        types,
        commands,
        events,
    })
}

impl<'a> Lowering<'a> {
    /// Names all items before lowering, so that they can refer to each other.
    fn name_items(&mut self) {
        let types = self.chosen(is_item);
        let names = types.iter().map(|(_, it)| {
            // An implicit type is named after its owner.
            let name = it.name.strip_prefix("q_obj_").unwrap_or(&it.name);
            (name, it.span)
        });
        // The enum of branches is named after its union.
        let unions = types
            .iter()
            .filter(|(id, it)| is_union(&it.kind) && !self.is_foreign(*id));
        let unions: Vec<_> = unions.collect();
        let branches = unions
            .iter()
            .map(|(_, it)| (names::branch_type(&it.name), it.span));
        let branches: Vec<_> = branches.collect();
        let branches = branches.iter().map(|(name, span)| (name.as_str(), *span));
        let names: Vec<_> = names.chain(branches).collect();
        let mut idents = scope::assign(&names, Style::Type, &mut self.faults).into_iter();
        let type_ids = types.iter().map(|(id, _)| *id);
        self.idents.extend(type_ids.zip(idents.by_ref()));
        self.branch_idents = unions.iter().map(|(id, _)| *id).zip(idents).collect();
        for is_kind in [is_command, is_event] {
            let items = self.chosen(is_kind);
            let names = items.iter().map(|(_, it)| (it.name.as_str(), it.span));
            let names: Vec<_> = names.collect();
            let idents = scope::assign(&names, Style::Item, &mut self.faults);
            self.idents
                .extend(items.iter().map(|(id, _)| *id).zip(idents));
        }
    }

    /// Errors about derives that were requested for single definitions.
    fn derive_errors(
        &self,
        types: &[Item],
        commands: &[Command],
        events: &[Event],
    ) -> Vec<OptionError> {
        let types = types.iter().filter_map(|item| match item {
            Item::Enum(it) => Some((&it.name, &it.extras)),
            Item::Struct(it) => Some((&it.name, &it.extras)),
            Item::Alternate(it) => Some((&it.name, &it.extras)),
            Item::Alias(_) => None,
        });
        let commands = commands.iter().map(|it| &it.arguments);
        let structs = commands.chain(events.iter().map(|it| &it.data));
        let all = types.chain(structs.map(|it| (&it.name, &it.extras)));
        let errors = all.filter_map(|(name, extras)| {
            let id = self.schema.find(name)?;
            Some(self.derives.errors(id, name, &extras.derives))
        });
        errors.flatten().collect()
    }

    fn types(&mut self) -> Vec<Item> {
        let mut items = Vec::new();
        for (id, definition, ident) in self.named(is_item) {
            if let Some(path) = self.options.extern_types.get(&definition.name) {
                items.push(Item::Alias(self.alias(ident, definition, path)));
                continue;
            }
            items.push(match &definition.kind {
                Kind::Enum(it) => Item::Enum(self.enumeration(ident, definition, it)),
                Kind::Alternate(it) => Item::Alternate(self.alternate(ident, id, definition, it)),
                _ => Item::Struct(Box::new(self.structure(ident, id, definition))),
            });
        }
        items
    }
}
