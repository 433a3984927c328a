//! Boxes for recursive types.
//!
//! Types that contain each other, directly or through others, form a component. The boxes in it do not depend on the
//! rest of the schema, nor on the order of definitions. If one type is on all cycles of its component, only the fields of
//! that type are boxed.

mod cycles;
mod graph;
mod head;

use std::collections::{HashMap, HashSet};

use qapi_parser::{Id, Kind, Schema};

use super::conditions::Conditions;
use super::options::Options;
use graph::Graph;

/// Pairs of a type and a type that it contains in a box.
pub(super) struct Boxing {
    boxed: HashSet<(Id, Id)>,
}

impl Boxing {
    pub(super) fn new(schema: &Schema, options: &Options, conditions: &Conditions<'_>) -> Self {
        let holding = Holding {
            schema,
            options,
            conditions,
        };
        let types = schema.definitions().map(|(id, _)| id);
        let mut types: Vec<Id> = types.filter(|id| holding.is_holder(*id)).collect();
        // Sorted, so that the order of definitions does not matter.
        types.sort_unstable_by_key(|id| &schema.get(*id).name);
        let numbers = types.iter().enumerate().map(|(number, id)| (*id, number));
        let numbers: HashMap<Id, usize> = numbers.collect();
        let held = types.iter().map(|id| {
            let held = holding.held_by(*id).into_iter();
            held.filter_map(|id| numbers.get(&id).copied()).collect()
        });
        let breaks = cycles::breaks(&Graph::new(held.collect()));
        let boxed = breaks.iter().map(|&(from, to)| (types[from], types[to]));
        Self {
            boxed: boxed.collect(),
        }
    }

    pub(super) fn is_boxed(&self, owner: Id, held: Id) -> bool {
        self.boxed.contains(&(owner, held))
    }
}

/// Which types contain which.
struct Holding<'a> {
    schema: &'a Schema,
    options: &'a Options,
    conditions: &'a Conditions<'a>,
}

impl Holding<'_> {
    /// Whether a type can contain others. The contents of external types are not known.
    fn is_holder(&self, id: Id) -> bool {
        let definition = self.schema.get(id);
        matches!(definition.kind, Kind::Object(_) | Kind::Alternate(_))
            && !self.options.is_foreign(&definition.name)
    }

    /// The types that a type contains directly; lists are allocated separately.
    fn held_by(&self, id: Id) -> Vec<Id> {
        let schema = self.schema;
        let mut held = self.members_of(id);
        match &schema.get(id).kind {
            Kind::Object(it) => {
                let branches = it.branches.iter();
                for branch in branches.flat_map(|it| self.conditions.branches(schema, it)) {
                    match schema.get(branch.ty).is_implicit {
                        // Its members become fields of the branch.
                        true => held.extend(self.members_of(branch.ty)),
                        false => held.push(branch.ty),
                    }
                }
            }
            Kind::Alternate(it) => {
                let alternatives = it.alternatives.iter();
                let alternatives =
                    alternatives.filter(|it| self.conditions.allows(it.condition.as_ref()));
                held.extend(alternatives.map(|it| it.ty));
            }
            _ => {}
        }
        held
    }

    fn members_of(&self, id: Id) -> Vec<Id> {
        let members = self.schema.members(id).into_iter();
        let members = members.filter(|(_, it)| self.conditions.allows(it.condition.as_ref()));
        members.map(|(_, member)| member.ty).collect()
    }
}
