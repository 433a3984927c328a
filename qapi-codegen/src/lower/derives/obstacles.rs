//! Obstacles that prevent types from having a derive, in the types or in their contents.

use std::collections::{HashMap, VecDeque};

use qapi_parser::{Builtin, Definition, Id, Kind, Schema};

use super::standard::Derive;
use crate::lower::boxing::Boxing;
use crate::lower::conditions::Conditions;
use crate::lower::options::Options;

/// The definitions that cannot have one derive.
pub(super) struct Obstacles {
    obstacles: HashMap<Id, Obstacle>,
}

/// Why a definition cannot have the derive.
enum Obstacle {
    /// Because of its own kind.
    Own(&'static str),
    /// Because of a member with this name and type.
    Member(String, Id),
}

/// Facts about all types.
pub(super) struct Types<'a> {
    pub(super) schema: &'a Schema,
    pub(super) options: &'a Options,
    pub(super) conditions: &'a Conditions<'a>,
    pub(super) boxing: &'a Boxing,
}

impl Obstacles {
    pub(super) fn new(derive: Derive, types: &Types<'_>) -> Self {
        // From each definition to those that contain it, which is how obstacles spread.
        let mut holders: HashMap<Id, Vec<(Id, String)>> = HashMap::new();
        let mut obstacles = HashMap::new();
        let mut open = VecDeque::new();
        for (id, definition) in types.schema.definitions() {
            if let Some(reason) = types.own_obstacle(derive, id, definition) {
                obstacles.insert(id, Obstacle::Own(reason));
                open.push_back(id);
            }
            for (name, held) in types.members(id) {
                holders.entry(held).or_default().push((id, name));
            }
        }
        while let Some(id) = open.pop_front() {
            for (holder, name) in holders.remove(&id).unwrap_or_default() {
                obstacles.entry(holder).or_insert_with(|| {
                    open.push_back(holder);
                    Obstacle::Member(name, id)
                });
            }
        }
        Self { obstacles }
    }

    /// Whether a definition cannot have the derive.
    pub(super) fn has(&self, id: Id) -> bool {
        self.obstacles.contains_key(&id)
    }

    /// The reason, with the path to the obstacle.
    pub(super) fn reason(&self, mut id: Id) -> Option<String> {
        let mut path = String::new();
        loop {
            match self.obstacles.get(&id)? {
                Obstacle::Own(reason) if path.is_empty() => return Some(format!("it {reason}")),
                Obstacle::Own(reason) => return Some(format!("'{path}' {reason}")),
                Obstacle::Member(name, ty) => {
                    if !path.is_empty() && name != ELEMENT {
                        path.push('.');
                    }
                    path += name;
                    id = *ty;
                }
            }
        }
    }
}

/// An element of a list in a path.
const ELEMENT: &str = "[]";

impl Types<'_> {
    /// The obstacle in a definition itself, regardless of its members.
    fn own_obstacle(
        &self,
        derive: Derive,
        id: Id,
        definition: &Definition,
    ) -> Option<&'static str> {
        use Derive::{Copy, Eq, Hash, Ord, PartialEq, PartialOrd};
        if self.options.is_foreign(&definition.name) {
            let reason = "is an external type, which may not implement it";
            return (derive != PartialEq).then_some(reason);
        }
        let reason = match (&definition.kind, derive) {
            (Kind::Builtin(Builtin::Number), Eq | Hash | Ord) => "is a floating-point number",
            (Kind::Builtin(Builtin::Str), Copy) => "is a string",
            (Kind::Builtin(Builtin::Any), Copy | PartialOrd | Ord) => "is any JSON value",
            (Kind::Array(_), Copy) => "is a list",
            (Kind::Enum(_), Copy) => "keeps values that are not defined in the schema as text",
            (Kind::Alternate(_), Copy | PartialOrd | Ord) => "keeps values of other types as JSON",
            (Kind::Object(it), Copy | PartialOrd | Ord) if it.branches.is_some() => {
                "keeps branches that are not defined in the schema as JSON"
            }
            (Kind::Command(it), Copy | PartialOrd | Ord) if !it.gen_code => {
                "keeps arguments that are not described by the schema as JSON"
            }
            (Kind::Enum(_), PartialEq | Eq | Hash) => return None,
            (Kind::Enum(_) | Kind::Object(_) | Kind::Alternate(_), _)
                if !self.options.asks(definition, derive) =>
            {
                "does not derive it"
            }
            (Kind::Object(_), Copy) if self.has_box(id) => "is recursive, and has a box",
            _ => return None,
        };
        Some(reason)
    }

    fn has_box(&self, id: Id) -> bool {
        let mut members = self.members(id).into_iter();
        members.any(|(_, held)| self.boxing.is_boxed(id, held))
    }

    /// The names and types of the parts of a definition.
    fn members(&self, id: Id) -> Vec<(String, Id)> {
        let definition = self.schema.get(id);
        match &definition.kind {
            _ if self.options.is_foreign(&definition.name) => Vec::new(),
            Kind::Array(element) => vec![(ELEMENT.to_owned(), *element)],
            Kind::Object(_) => self.members_of_object(id),
            Kind::Alternate(it) => {
                let exists = self.conditions;
                let alternatives = it.alternatives.iter();
                let alternatives = alternatives.filter(|it| exists.allows(it.condition.as_ref()));
                alternatives
                    .map(|it| (it.name.value.clone(), it.ty))
                    .collect()
            }
            Kind::Command(it) => it
                .arguments
                .map_or(Vec::new(), |id| self.members_of_data(id)),
            Kind::Event(it) => it.data.map_or(Vec::new(), |id| self.members_of_data(id)),
            Kind::Builtin(_) | Kind::Enum(_) | Kind::Extern => Vec::new(),
        }
    }

    /// Arguments of commands and data of events.
    fn members_of_data(&self, id: Id) -> Vec<(String, Id)> {
        match self.schema.object(id) {
            Some(_) => self.members_of_object(id),
            None => vec![("value".to_owned(), id)],
        }
    }

    fn members_of_object(&self, id: Id) -> Vec<(String, Id)> {
        let union = self.schema.object(id).and_then(|it| it.branches.as_ref());
        let discriminator = union.map(|it| it.discriminator.value.as_str());
        let members = self.schema.members(id).into_iter();
        let members = members.map(|(_, member)| member).filter(|member| {
            discriminator != Some(member.name.value.as_str())
                && self.conditions.allows(member.condition.as_ref())
        });
        let mut members: Vec<_> = members
            .map(|member| (member.name.value.clone(), member.ty))
            .collect();
        for branch in union
            .iter()
            .flat_map(|it| self.conditions.branches(self.schema, it))
        {
            let name = &branch.name.value;
            match self.schema.get(branch.ty).is_implicit {
                true => {
                    let wrapped = self.schema.members(branch.ty).into_iter();
                    members.extend(wrapped.map(|(_, member)| (name.clone(), member.ty)));
                }
                false => members.push((name.clone(), branch.ty)),
            }
        }
        members
    }
}
