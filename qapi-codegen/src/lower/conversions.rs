//! What converts into which type.
//!
//! A type converts from others by `From` impls, and functions take `impl Into` of a type that anything converts into.
//! Two impls must never overlap, whatever the schema, and none may overlap with Rust's own `impl From<T> for T`:
//!
//! - A union's enum of branches converts from the type of each branch that no other branch has, also through a struct
//!   whose only member is required, as the wrappers of simple unions are.
//! - A union without other required members converts from all that its enum of branches converts from.
//! - A struct whose only member is required converts from all that the member converts from.
//! - An alternate converts from each alternative, and from all that the one that is an object converts from.
//!
//! "All that" is a generic impl. It is replaced by an impl for the exact type if another impl could overlap with it,
//! which happens if types contain each other. External types have no conversions, since two of them may be the same.

use std::collections::{HashMap, HashSet};

use qapi_parser::{Builtin, Id, Kind, Schema};

use super::conditions::Conditions;
use super::options::Options;

/// A type as Rust sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Node {
    /// An object or an alternate.
    Item(Id),
    /// An enum of values.
    Enum(Id),
    /// The enum of branches of a union.
    Branch(Id),
    /// A type of the standard library or of `serde_json`; all lists count as one type.
    Std(&'static str),
    /// An external type.
    Foreign,
}

/// The maximum length of a chain of conversions. rustc limits the depth of generic impls.
const MAX_STEPS: usize = 8;

/// The analysis of a schema.
pub(super) struct Conversions {
    /// The types that convert from all that converts into another one.
    generic: HashMap<Node, Node>,
    /// The further types that each converts from.
    exact: HashMap<Node, HashSet<Node>>,
}

impl Conversions {
    pub(super) fn new(schema: &Schema, options: &Options, conditions: &Conditions<'_>) -> Self {
        let types = Types {
            schema,
            options,
            conditions,
        };
        let mut it = Self {
            generic: HashMap::new(),
            exact: HashMap::new(),
        };
        for (id, definition) in schema.definitions() {
            if options.is_foreign(&definition.name) {
                continue;
            }
            match &definition.kind {
                Kind::Object(object) if object.branches.is_some() => {
                    let branch = Node::Branch(id);
                    it.exact.insert(branch, once(types.sources_of_branches(id)));
                    if types
                        .members(id)
                        .iter()
                        .all(|(_, need)| *need != Need::Required)
                    {
                        it.generic.insert(Node::Item(id), branch);
                    }
                }
                Kind::Object(_) => match types.wrapped(id).map(|ty| types.node(ty)) {
                    Some(source @ Node::Std("String" | "Value")) => {
                        it.generic.insert(Node::Item(id), source);
                    }
                    source => it.add(Node::Item(id), source),
                },
                Kind::Alternate(alternate) => {
                    let alternatives = alternate.alternatives.iter();
                    let alternatives =
                        alternatives.filter(|it| conditions.allows(it.condition.as_ref()));
                    let sources = alternatives.map(|it| types.node(it.ty)).collect();
                    it.add(Node::Item(id), once(sources));
                }
                _ => {}
            }
        }
        it.make_distinct();
        it
    }

    /// Adds the sources of `node`. If only one has conversions of its own, it is added by a generic impl.
    fn add(&mut self, node: Node, sources: impl IntoIterator<Item = Node>) {
        let exact = self.exact.entry(node).or_default();
        for source in sources {
            match source {
                Node::Foreign => {}
                Node::Item(_) if !self.generic.contains_key(&node) => {
                    self.generic.insert(node, source);
                }
                source => {
                    exact.insert(source);
                }
            }
        }
    }

    /// Replaces generic impls that may overlap with others.
    fn make_distinct(&mut self) {
        loop {
            let overlapping = self.generic.iter().filter(|&(&node, &through)| {
                let exact = self.exact.get(&node).into_iter().flatten();
                let mut others = exact.copied().chain([node]);
                others.any(|other| self.converts(other, through))
            });
            let overlapping: Vec<Node> = overlapping.map(|(node, _)| *node).collect();
            if overlapping.is_empty() {
                return;
            }
            for node in overlapping {
                if let Some(through) = self.generic.remove(&node).filter(|it| *it != node) {
                    self.exact.entry(node).or_default().insert(through);
                }
            }
        }
    }

    /// Whether a type converts into another one, or Rust assumes that it may.
    fn converts(&self, from: Node, mut into: Node) -> bool {
        let is_ours = |node| !matches!(node, Node::Std(_) | Node::Foreign);
        for _ in 0..MAX_STEPS {
            if from == into || from == Node::Foreign || into == Node::Foreign {
                return true;
            }
            if !is_ours(into) {
                // Only this crate can have impls for its own types.
                return !is_ours(from);
            }
            if self.is_exact(into, from) {
                return true;
            }
            match self.generic.get(&into) {
                Some(&through) => into = through,
                None => return false,
            }
        }
        // A cycle, or a chain that is too long.
        true
    }

    /// Whether `node` converts from all that `source` converts from.
    pub(super) fn is_generic(&self, node: Node, source: Node) -> bool {
        self.generic.get(&node) == Some(&source)
    }

    /// Whether `node` converts from `source`.
    pub(super) fn is_exact(&self, node: Node, source: Node) -> bool {
        self.exact.get(&node).is_some_and(|it| it.contains(&source))
    }

    /// Whether anything converts into the type of a definition.
    pub(super) fn has_any(&self, id: Id) -> bool {
        let node = Node::Item(id);
        let has_exact = self.exact.get(&node).is_some_and(|it| !it.is_empty());
        has_exact || self.generic.contains_key(&node)
    }
}

/// The items that occur only once.
fn once(nodes: Vec<Node>) -> HashSet<Node> {
    let mut counts: HashMap<Node, usize> = HashMap::new();
    for node in nodes {
        *counts.entry(node).or_default() += 1;
    }
    let single = counts.into_iter().filter(|(_, count)| *count == 1);
    single.map(|(node, _)| node).collect()
}

/// Whether functions called `new` take a member.
#[derive(Clone, Copy, PartialEq)]
enum Need {
    Required,
    Optional,
    /// Depends on whether clients or QEMU send the type.
    Unclear,
}

/// Facts about all types.
pub(super) struct Types<'a> {
    pub(super) schema: &'a Schema,
    pub(super) options: &'a Options,
    pub(super) conditions: &'a Conditions<'a>,
}

impl Types<'_> {
    /// The Rust type of a definition.
    pub(super) fn node(&self, id: Id) -> Node {
        let definition = self.schema.get(id);
        match &definition.kind {
            _ if self.options.is_foreign(&definition.name) => Node::Foreign,
            Kind::Builtin(builtin) => Node::Std(match builtin {
                Builtin::Str => "String",
                Builtin::Any => "Value",
                Builtin::Null => "()",
                Builtin::Bool => "bool",
                Builtin::Number => "f64",
                Builtin::Int | Builtin::Int64 => "i64",
                Builtin::Int8 => "i8",
                Builtin::Int16 => "i16",
                Builtin::Int32 => "i32",
                Builtin::Uint8 => "u8",
                Builtin::Uint16 => "u16",
                Builtin::Uint32 => "u32",
                Builtin::Uint64 | Builtin::Size => "u64",
            }),
            Kind::Array(element) => match self.node(*element) {
                Node::Foreign => Node::Foreign,
                _ => Node::Std("Vec"),
            },
            Kind::Enum(_) => Node::Enum(id),
            _ => Node::Item(id),
        }
    }

    /// The types of an object's members except the discriminator, and whether `new` takes them.
    fn members(&self, id: Id) -> Vec<(Id, Need)> {
        let union = self.schema.object(id).and_then(|it| it.branches.as_ref());
        let discriminator = union.map(|it| it.discriminator.value.as_str());
        let members = self
            .schema
            .members(id)
            .into_iter()
            .map(|(_, member)| member);
        let members = members.filter(|member| {
            discriminator != Some(member.name.value.as_str())
                && self.conditions.allows(member.condition.as_ref())
        });
        let members = members.map(|member| {
            let is_open = self.conditions.is_open(member.condition.as_ref());
            // QEMU may omit these, and then `new` need not take them.
            let features = member.features.iter().map(|it| it.name.value.as_str());
            let is_hideable = features
                .into_iter()
                .any(|it| ["deprecated", "unstable"].contains(&it));
            match member.optional || is_open {
                true => (member.ty, Need::Optional),
                false if is_hideable => (member.ty, Need::Unclear),
                false => (member.ty, Need::Required),
            }
        });
        members.collect()
    }

    /// The only member of an object, if it is required.
    pub(super) fn wrapped(&self, id: Id) -> Option<Id> {
        match self.members(id)[..] {
            [(ty, Need::Required)] if !self.is_union(id) => Some(ty),
            _ => None,
        }
    }

    fn is_union(&self, id: Id) -> bool {
        let object = self.schema.object(id);
        object.is_some_and(|object| object.branches.is_some())
    }

    /// The type of each branch that is an object, and the object in it if it is a wrapper.
    fn sources_of_branches(&self, id: Id) -> Vec<Node> {
        let union = self.schema.object(id).and_then(|it| it.branches.as_ref());
        let branches = union.map(|it| self.conditions.branches(self.schema, it));
        let mut sources = Vec::new();
        for branch in branches.into_iter().flatten() {
            let ty = match self.schema.get(branch.ty).is_implicit {
                true => self.schema.members(branch.ty).first().map(|(_, it)| it.ty),
                false => Some(branch.ty),
            };
            let Some(ty) = ty.filter(|ty| self.is_object(*ty)) else {
                continue;
            };
            sources.push(self.node(ty));
            let wrapped = self.wrapped(ty).filter(|it| self.is_object(*it));
            sources.extend(wrapped.map(|it| self.node(it)));
        }
        sources
    }

    /// Whether a type is a generated object.
    pub(super) fn is_object(&self, id: Id) -> bool {
        let is_object = matches!(self.schema.get(id).kind, Kind::Object(_));
        is_object && self.node(id) != Node::Foreign
    }
}
