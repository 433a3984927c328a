//! Which members and branches are boxed: those that lead back to a type that holds them.

use std::collections::{HashMap, HashSet};

use qapi_parser::{Id, Kind, Schema};

/// The pairs of a type and one that it holds in a box.
pub(super) struct Boxing {
    boxed: HashSet<(Id, Id)>,
}

impl Boxing {
    pub(super) fn new(schema: &Schema) -> Self {
        let mut search = Search {
            schema,
            progress: HashMap::new(),
            boxed: HashSet::new(),
        };
        for (id, _) in schema.definitions() {
            search.from(id);
        }
        Self {
            boxed: search.boxed,
        }
    }

    pub(super) fn is_boxed(&self, owner: Id, held: Id) -> bool {
        self.boxed.contains(&(owner, held))
    }
}

#[derive(PartialEq)]
enum Progress {
    Open,
    Done,
}

/// A depth-first search in which an edge to a type that is still open closes a cycle.
struct Search<'a> {
    schema: &'a Schema,
    progress: HashMap<Id, Progress>,
    boxed: HashSet<(Id, Id)>,
}

impl Search<'_> {
    /// Kept on a list of our own: a schema may nest deeper than the stack.
    fn from(&mut self, root: Id) {
        if self.progress.contains_key(&root) {
            return;
        }
        self.progress.insert(root, Progress::Open);
        let mut path = vec![(root, held_by(self.schema, root).into_iter())];
        while let Some((id, held)) = path.last_mut() {
            let id = *id;
            let Some(next) = held.next() else {
                self.progress.insert(id, Progress::Done);
                path.pop();
                continue;
            };
            match self.progress.get(&next) {
                Some(Progress::Open) => {
                    self.boxed.insert((id, next));
                }
                Some(Progress::Done) => {}
                None => {
                    self.progress.insert(next, Progress::Open);
                    path.push((next, held_by(self.schema, next).into_iter()));
                }
            }
        }
    }
}

/// The types that a type has within itself; lists are elsewhere in memory.
fn held_by(schema: &Schema, id: Id) -> Vec<Id> {
    let held: Vec<Id> = match &schema.get(id).kind {
        Kind::Object(object) => {
            let members = schema.members(id).into_iter().map(|(_, member)| member.ty);
            let branches = object.branches.iter().flat_map(|union| &union.branches);
            let branches = branches.flat_map(|branch| match schema.get(branch.ty).is_implicit {
                true => schema
                    .members(branch.ty)
                    .iter()
                    .map(|(_, m)| m.ty)
                    .collect(),
                false => vec![branch.ty],
            });
            members.chain(branches).collect()
        }
        Kind::Alternate(alternate) => alternate.alternatives.iter().map(|a| a.ty).collect(),
        _ => Vec::new(),
    };
    let is_held = |id: &Id| matches!(schema.get(*id).kind, Kind::Object(_) | Kind::Alternate(_));
    held.into_iter().filter(is_held).collect()
}
