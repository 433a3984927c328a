//! The merged types, and which of them refers to which.

use foldhash::{HashMap, HashMapExt as _, HashSet, HashSetExt as _};
use qapi_parser::{Id, Kind};

use crate::merge::contents::Contents;
use crate::merge::input::Input;
use crate::merge::join::{Joined, alternatives, element, join};
use crate::merge::roots::{Root, named};
use crate::merge::types::Types;

/// The merged type at a place.
#[derive(Clone)]
pub(super) enum Type {
    /// A built-in type, or one that the caller provides.
    Fixed(Id),
    /// A list; the id is that of one of the lists.
    List(Id, Box<Type>),
    Node(usize),
    /// No type holds the values of these two.
    Conflict(Id, Id),
}

/// A merged enum, object or alternate.
pub(super) struct Node {
    /// The type that gives its name.
    pub(super) lead: Id,
    /// The types whose values it holds.
    pub(super) types: Types,
    /// The members that it does not have, because the union that it is a branch of has them.
    pub(super) without: Vec<String>,
    pub(super) contents: Contents,
    pub(super) is_branch: bool,
    is_open: bool,
    /// The types of each place.
    pub(super) places: Vec<Types>,
    /// The nodes that refer to it.
    pub(super) parents: HashSet<usize>,
}

/// Types with the same name become one, unless they have to stay apart.
#[derive(PartialEq, Eq, Hash)]
enum Key {
    Name(String, Sort, Vec<String>),
    Types(Types, Vec<String>),
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Sort {
    Enum,
    Object,
    Alternate,
}

pub(super) struct Graph<'i, 'o> {
    pub(super) input: &'i Input<'o>,
    apart: &'i HashSet<String>,
    pub(super) nodes: Vec<Node>,
    /// The named types that no command and no event uses.
    pub(super) unused: Vec<Type>,
    /// The types that the caller provides.
    pub(super) externs: HashSet<Id>,
    known: HashMap<Types, HashMap<Vec<String>, Type>>,
    keys: HashMap<Key, usize>,
    open: Vec<usize>,
    /// The types in nodes.
    met: HashSet<Id>,
}

/// The limit of nodes. Types that stay apart multiply if schemas have little in common.
const MAX_NODES_PER_DEFINITION: usize = 8;

impl<'i, 'o> Graph<'i, 'o> {
    /// Follows the commands and events of all schemas at once. Types with a name in `apart` only become one where they are at the same place.
    pub(super) fn new(input: &'i Input<'o>, roots: &[Root], apart: &'i HashSet<String>) -> Self {
        let mut graph = Self {
            input,
            apart,
            nodes: Vec::new(),
            unused: Vec::new(),
            externs: HashSet::new(),
            known: HashMap::new(),
            keys: HashMap::new(),
            open: Vec::new(),
            met: HashSet::new(),
        };
        for root in roots {
            for types in root.arguments.iter().chain(&root.returns) {
                graph.resolve(types, &[], None);
            }
        }
        graph.run();
        for id in named(input) {
            if !graph.met.contains(&id) {
                let ty = graph.resolve(&Types::from_iter([id]), &[], None);
                graph.unused.push(ty);
                graph.run();
            }
        }
        graph
    }

    pub(super) fn is_too_large(&self) -> bool {
        self.nodes.len() > self.input.parts.definitions.len() * MAX_NODES_PER_DEFINITION
    }

    /// The type that types at the same place became.
    pub(super) fn get(&self, types: &Types, without: &[String]) -> Option<&Type> {
        self.known.get(types)?.get(without)
    }

    fn run(&mut self) {
        while let Some(index) = self.open.pop() {
            if self.is_too_large() {
                return;
            }
            let node = &mut self.nodes[index];
            node.is_open = false;
            let contents = Contents::new(self.input, &node.types, &node.without);
            for (types, without) in contents.parts() {
                self.resolve(types, without, Some(index));
            }
            if let Contents::Object(it) = &contents {
                for branch in it.union.iter().flat_map(|it| &it.branches) {
                    if let Some(&Type::Node(node)) = self.get(&branch.types, &branch.without) {
                        self.nodes[node].is_branch = true;
                    }
                }
            }
            self.nodes[index].contents = contents;
        }
    }

    fn resolve(&mut self, types: &Types, without: &[String], parent: Option<usize>) -> Type {
        let known = self.get(types, without).cloned();
        let ty = known.unwrap_or_else(|| {
            let ty = self.add(types, without, parent);
            let of_types = self.known.entry(types.clone()).or_default();
            of_types.insert(without.to_vec(), ty.clone());
            ty
        });
        let mut inner = &ty;
        while let Type::List(_, element) = inner {
            inner = element;
        }
        if let (Type::Node(node), Some(parent)) = (inner, parent) {
            self.nodes[*node].parents.insert(parent);
        }
        ty
    }

    fn add(&mut self, types: &Types, without: &[String], parent: Option<usize>) -> Type {
        match join(self.input, types) {
            Joined::Fixed(id) => {
                if self.input.is_extern(id) && self.externs.insert(id) {
                    self.keep(id);
                }
                Type::Fixed(id)
            }
            Joined::Conflict(one, other) => Type::Conflict(one.min(other), one.max(other)),
            Joined::List(elements) => match self.resolve(&elements, &[], parent) {
                Type::Conflict(one, other) => {
                    let list = |of: Id| {
                        let mut lists = types.iter();
                        lists.find(|id| element(self.input, **id) == Some(of))
                    };
                    let list = |of| list(of).copied().unwrap_or(types[0]);
                    Type::Conflict(list(one), list(other))
                }
                element => Type::List(types[0], Box::new(element)),
            },
            Joined::Contents(types) => Type::Node(self.node(types, without)),
        }
    }

    /// What the types refer to that the caller provides.
    pub(super) fn of_externs(&self) -> impl Iterator<Item = &Type> {
        let externs = self.externs.iter();
        let types = externs.flat_map(|id| references(self.input, *id));
        types.filter_map(|id| self.get(&Types::from_iter([id]), &[]))
    }

    /// Resolves what a type refers to that is not merged, because the caller provides it.
    fn keep(&mut self, id: Id) {
        for id in references(self.input, id) {
            self.resolve(&Types::from_iter([id]), &[], None);
        }
    }

    fn node(&mut self, types: Types, without: &[String]) -> usize {
        self.met.extend(types.iter());
        let lead = lead(self.input, &types);
        let name = &self.input.get(lead).name;
        let without = without.to_vec();
        let key = match self.apart.contains(name) {
            true => Key::Types(types.clone(), without.clone()),
            false => Key::Name(name.clone(), sort(self.input, lead), without.clone()),
        };
        let index = *self.keys.entry(key).or_insert(self.nodes.len());
        let Some(node) = self.nodes.get_mut(index) else {
            self.nodes.push(Node {
                lead,
                types: types.clone(),
                without,
                contents: Contents::Enum(Vec::new()),
                is_branch: false,
                is_open: true,
                places: vec![types],
                parents: HashSet::new(),
            });
            self.open.push(index);
            return index;
        };
        node.lead = node.lead.min(lead);
        if node.types.extend(&types) && !node.is_open {
            node.is_open = true;
            self.open.push(index);
        }
        node.places.push(types);
        index
    }
}

/// The type among several that gives the merged type its name: the first that has any contents of its kind.
pub(super) fn lead(input: &Input<'_>, types: &Types) -> Id {
    let is_alternate = |id: &&Id| matches!(input.kind(**id), Kind::Alternate(_));
    let is_filled = |id: &&Id| !input.is_empty(**id);
    let is_defined = |id: &&Id| input.get(**id).span.is_some();
    let mut types = types.iter();
    let lead = types.clone().find(is_alternate);
    let lead = lead.or_else(|| types.clone().find(is_filled));
    let lead = lead.or_else(|| types.clone().find(is_defined));
    lead.or(types.next()).copied().unwrap_or(Id::new(0))
}

pub(super) fn sort(input: &Input<'_>, id: Id) -> Sort {
    match input.kind(id) {
        Kind::Alternate(_) => Sort::Alternate,
        Kind::Enum(_) => Sort::Enum,
        _ => Sort::Object,
    }
}

/// The types that the definition of a type refers to.
fn references(input: &Input<'_>, id: Id) -> Vec<Id> {
    let alternatives = alternatives(input, id).iter().map(|it| it.ty);
    let members = input.members(id).into_iter().map(|(_, it)| it.ty);
    let union = input.object(id).and_then(|it| it.branches.as_ref());
    let branches = union.into_iter().flat_map(|it| &it.branches);
    let branches = branches.map(|it| it.ty).chain(union.map(|it| it.tag));
    alternatives.chain(members).chain(branches).collect()
}
