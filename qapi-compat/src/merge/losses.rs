//! What types lose where they become one.

use foldhash::{HashSet, HashSetExt as _};
use qapi_parser::Id;

use crate::merge::contents::Contents;
use crate::merge::graph::{Graph, Node, Sort, Type, lead, sort};
use crate::merge::objects::loses_branches;
use crate::merge::types::Types;

impl Graph<'_, '_> {
    /// The names of types that have to stay apart, so that nothing is lost that could be kept.
    pub(super) fn to_separate(&self) -> HashSet<String> {
        let mut names = HashSet::new();
        for (index, node) in self.nodes.iter().enumerate() {
            if node.places.len() > 1 && self.is_worse(node) {
                names.insert(self.input.get(node.lead).name.clone());
            }
            if !self.conflicts(node).is_empty() {
                names.extend(self.mixed_above(index));
            }
            let of_union = node.contents.names().collect();
            for branch in self.branches(node) {
                if self.clashes(&of_union, branch) {
                    names.extend(self.mixed_above(branch));
                }
            }
        }
        names
    }

    fn branches(&self, node: &Node) -> impl Iterator<Item = usize> {
        let union = match &node.contents {
            Contents::Object(it) => it.union.as_ref(),
            _ => None,
        };
        let branches = union.into_iter().flat_map(|it| &it.branches);
        branches.filter_map(|it| match self.get(&it.types, &it.without) {
            Some(Type::Node(node)) => Some(*node),
            _ => None,
        })
    }

    /// Whether a branch, or a branch of it, has a member that the union also has.
    fn clashes(&self, of_union: &HashSet<&str>, branch: usize) -> bool {
        let mut seen = HashSet::new();
        let mut open = vec![branch];
        while let Some(index) = open.pop() {
            if seen.insert(index) {
                let node = &self.nodes[index];
                if node.contents.names().any(|name| of_union.contains(name)) {
                    return true;
                }
                open.extend(self.branches(node));
            }
        }
        false
    }

    /// Whether a node can take the place of a branch, whose members its unions do not have.
    pub(super) fn fits_unions_of(&self, node: usize, branch: &Node) -> bool {
        branch.parents.iter().all(|union| {
            let of_union = self.nodes[*union].contents.names().collect();
            !self.clashes(&of_union, node)
        })
    }

    /// Whether a node is less than the types at one of its places would be on their own.
    fn is_worse(&self, node: &Node) -> bool {
        let is_lossy = |types: &Types| self.loses(node, types);
        is_lossy(&node.types) && !node.places.iter().all(is_lossy)
    }

    /// Whether a node is a struct although some of its types have branches, or no wrapper although it is in place of one.
    pub(super) fn is_lossy(&self, node: &Node) -> bool {
        self.loses(node, &node.types)
    }

    fn loses(&self, node: &Node, types: &Types) -> bool {
        sort(self.input, node.lead) == Sort::Object
            && (loses_branches(self.input, types) || node.is_branch && self.loses_wrapper(types))
    }

    /// Whether the implied branch of a simple union would no longer be a wrapper.
    fn loses_wrapper(&self, types: &Types) -> bool {
        let is_implicit = self.input.get(lead(self.input, types)).is_implicit;
        is_implicit && !Contents::new(self.input, types, &[]).is_wrapper()
    }

    /// The nodes on the way to a node that hold more than the types of any place: the node itself, or the nearest ones.
    fn mixed_above(&self, index: usize) -> Vec<String> {
        let mut names = Vec::new();
        let mut seen = HashSet::new();
        let mut open = vec![index];
        while let Some(index) = open.pop() {
            if !seen.insert(index) {
                continue;
            }
            let node = &self.nodes[index];
            match node.places.contains(&node.types) {
                true => open.extend(&node.parents),
                false => names.push(self.input.get(node.lead).name.clone()),
            }
        }
        names
    }

    /// The parts of a node that have no type.
    pub(super) fn conflicts<'n>(&self, node: &'n Node) -> Vec<Conflict<'n>> {
        let parts: Vec<(&'n str, &Types)> = match &node.contents {
            Contents::Enum(_) => Vec::new(),
            // What is in a branch in some schema may become any value.
            Contents::Object(it) => {
                let fields = it.fields.iter().filter(|it| !it.is_from_branch);
                let fields = fields.map(|it| (it.member.name.value.as_str(), &it.types));
                fields.collect()
            }
            Contents::Alternate(it) => {
                let parts = it.iter();
                let parts = parts.map(|it| (it.alternative.name.value.as_str(), &it.types));
                parts.collect()
            }
        };
        let conflicts = parts
            .into_iter()
            .filter_map(|(part, types)| match self.get(types, &[]) {
                Some(&Type::Conflict(one, other)) => Some(Conflict { part, one, other }),
                _ => None,
            });
        conflicts.collect()
    }
}

/// A member or an alternative that has no type, since no type holds the values of these two.
pub(super) struct Conflict<'n> {
    pub(super) part: &'n str,
    pub(super) one: Id,
    pub(super) other: Id,
}
