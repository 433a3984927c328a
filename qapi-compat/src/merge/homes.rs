//! Which merged types are generated, and the definitions that they replace.

use foldhash::{HashMap, HashMapExt as _, HashSet, HashSetExt as _};
use qapi_parser::Id;

use crate::merge::graph::{Graph, Node, Sort, Type, sort};
use crate::merge::roots::Root;

/// For each merged type that is generated, where it is.
pub(super) struct Homes {
    /// For each node, the node that takes its place, which may be itself.
    stand_ins: Vec<usize>,
    /// The generated nodes, in the order of the schemas.
    pub(super) nodes: Vec<usize>,
    /// The definitions that they replace; others get a new one.
    pub(super) claimed: HashMap<usize, Id>,
}

impl Homes {
    pub(super) fn new(graph: &Graph<'_, '_>, roots: &[Root]) -> Self {
        let mut homes = Self {
            stand_ins: stand_ins(graph),
            nodes: Vec::new(),
            claimed: HashMap::new(),
        };
        homes.reach(graph, roots);
        homes.claim(graph);
        homes
    }

    pub(super) fn of(&self, node: usize) -> usize {
        self.stand_ins[node]
    }

    fn reach(&mut self, graph: &Graph<'_, '_>, roots: &[Root]) {
        let mut seen = HashSet::new();
        let of_roots = roots
            .iter()
            .flat_map(|it| it.arguments.iter().chain(&it.returns));
        let of_roots = of_roots.filter_map(|types| graph.get(types, &[]));
        let mut open: Vec<&Type> = of_roots
            .chain(&graph.unused)
            .chain(graph.of_externs())
            .collect();
        while let Some(ty) = open.pop() {
            match ty {
                Type::List(_, element) => open.push(element),
                Type::Node(node) => {
                    let node = self.of(*node);
                    if seen.insert(node) {
                        let parts = graph.nodes[node].contents.parts();
                        let types = parts.into_iter();
                        open.extend(types.filter_map(|(types, without)| graph.get(types, without)));
                    }
                }
                Type::Fixed(_) | Type::Conflict(..) => {}
            }
        }
        self.nodes = seen.into_iter().collect();
    }

    fn claim(&mut self, graph: &Graph<'_, '_>) {
        // Where several could have a name, it goes to the one that lost nothing and holds most.
        self.nodes.sort_unstable_by_key(|&index| {
            let node = &graph.nodes[index];
            let size = std::cmp::Reverse(node.types.len());
            (
                node.lead,
                !node.without.is_empty(),
                graph.is_lossy(node),
                size,
                index,
            )
        });
        let mut taken: HashSet<Id> = HashSet::new();
        for &index in &self.nodes {
            let lead = graph.nodes[index].lead;
            if taken.insert(lead) {
                self.claimed.insert(index, lead);
            }
        }
        for &index in &self.nodes {
            if self.claimed.contains_key(&index) {
                continue;
            }
            let node = &graph.nodes[index];
            let mut others = node.types.iter().copied().filter(|&id| {
                let is_alike = sort(graph.input, id) == sort(graph.input, node.lead);
                is_alike && graph.input.get(id).span.is_some() && !taken.contains(&id)
            });
            if let Some(id) = others.next() {
                taken.insert(id);
                self.claimed.insert(index, id);
            }
        }
    }
}

/// For each node, one that holds the same and more without losing anything.
fn stand_ins(graph: &Graph<'_, '_>) -> Vec<usize> {
    let mut by_type: HashMap<Id, Vec<usize>> = HashMap::new();
    for (index, node) in graph.nodes.iter().enumerate() {
        for &id in node.types.iter() {
            by_type.entry(id).or_default().push(index);
        }
    }
    let larger = graph.nodes.iter().enumerate().map(|(index, node)| {
        let of_first = by_type.get(&node.lead);
        let others = of_first.into_iter().flatten();
        let others = others.filter(|other| holds(graph, **other, node));
        let best = others.min_by_key(|other| (graph.nodes[**other].lead != node.lead, **other));
        best.copied().unwrap_or(index)
    });
    let larger: Vec<usize> = larger.collect();
    let last = |mut index: usize| {
        // Each holds more than the one before.
        while larger[index] != index {
            index = larger[index];
        }
        index
    };
    (0..larger.len()).map(last).collect()
}

/// Whether one node holds all that another one holds, and more.
fn holds(graph: &Graph<'_, '_>, index: usize, other: &Node) -> bool {
    let (input, node) = (graph.input, &graph.nodes[index]);
    let sort_of = |node: &Node| -> Sort { sort(input, node.lead) };
    let is_named = |node: &Node| !input.get(node.lead).is_implicit;
    node.types.len() > other.types.len()
        && other.types.is_within(&node.types)
        && node.without == other.without
        && sort_of(node) == sort_of(other)
        && (is_named(node) || !is_named(other))
        && (!graph.is_lossy(node) || graph.is_lossy(other))
        && (!other.is_branch || graph.fits_unions_of(index, other))
}
