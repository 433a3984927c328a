//! Which definitions are generated.

use std::collections::HashSet;

use qapi_parser::{Definition, Id, Kind, Schema};

use super::conditions::Conditions;
use super::options::Options;

/// The selected definitions, and those that they need.
pub(super) struct Selection {
    chosen: HashSet<Id>,
}

impl Selection {
    pub(super) fn new(schema: &Schema, options: &Options, conditions: &Conditions<'_>) -> Self {
        let mut walk = Walk {
            schema,
            options,
            conditions,
            chosen: HashSet::new(),
            open: Vec::new(),
        };
        for (id, definition) in schema.definitions() {
            let only = options.only.as_ref();
            let is_asked_for = only.is_none_or(|only| only.contains(&definition.name));
            if !definition.is_implicit
                && is_asked_for
                && !walk.is_foreign(definition)
                && conditions.allows(definition.condition.as_ref())
            {
                walk.choose(id);
            }
        }
        while let Some(id) = walk.open.pop() {
            walk.needs_of(id);
        }
        Self {
            chosen: walk.chosen,
        }
    }

    pub(super) fn has(&self, id: Id) -> bool {
        self.chosen.contains(&id)
    }
}

struct Walk<'a> {
    schema: &'a Schema,
    options: &'a Options,
    conditions: &'a Conditions<'a>,
    chosen: HashSet<Id>,
    open: Vec<Id>,
}

impl Walk<'_> {
    fn choose(&mut self, id: Id) {
        let definition = self.schema.get(id);
        match definition.kind {
            Kind::Array(element) => self.choose(element),
            Kind::Builtin(_) if !self.is_foreign(definition) => {}
            _ => {
                let is_new = self.chosen.insert(id);
                if is_new && !self.is_foreign(definition) {
                    self.open.push(id);
                }
            }
        }
    }

    /// Whether it is an external type. Only an alias is generated for it, and only if it is used.
    fn is_foreign(&self, definition: &Definition) -> bool {
        self.options.is_foreign(&definition.name)
    }

    fn needs_of(&mut self, id: Id) {
        match &self.schema.get(id).kind {
            Kind::Object(_) => self.needs_of_object(id),
            Kind::Alternate(it) => {
                for alternative in &it.alternatives {
                    if self.conditions.allows(alternative.condition.as_ref()) {
                        self.choose(alternative.ty);
                    }
                }
            }
            Kind::Command(it) => {
                it.arguments
                    .into_iter()
                    .for_each(|id| self.needs_of_data(id));
                it.returns.into_iter().for_each(|id| self.choose(id));
            }
            Kind::Event(it) => it.data.into_iter().for_each(|id| self.needs_of_data(id)),
            Kind::Builtin(_) | Kind::Enum(_) | Kind::Array(_) | Kind::Extern => {}
        }
    }

    /// Inline members become part of the command or the event itself. So do those of a named type, which is generated as well
    /// unless it is external.
    fn needs_of_data(&mut self, id: Id) {
        let definition = self.schema.get(id);
        let is_object = matches!(definition.kind, Kind::Object(_));
        match is_object && (definition.is_implicit || self.is_foreign(definition)) {
            true => self.needs_of_object(id),
            false => self.choose(id),
        }
    }

    fn needs_of_object(&mut self, id: Id) {
        for (_, member) in self.schema.members(id) {
            if self.conditions.allows(member.condition.as_ref()) {
                self.choose(member.ty);
            }
        }
        let union = self
            .schema
            .object(id)
            .and_then(|object| object.branches.as_ref());
        // If the discriminator is a string, no member has the type of its values.
        union.iter().for_each(|union| self.choose(union.tag));
        let branches = union.map(|union| self.conditions.branches(self.schema, union));
        for branch in branches.into_iter().flatten() {
            match self.schema.get(branch.ty).is_implicit {
                // A wrapper or an empty object becomes part of the branch.
                true => self.needs_of_object(branch.ty),
                false => self.choose(branch.ty),
            }
        }
    }
}
