//! Selects where to break a component: at a node on all of its cycles, if there is one.

use std::cmp::Reverse;

use super::graph::Graph;

/// The node of a component at which to break it.
///
/// Among the nodes on all cycles, it is the one with the fewest incoming edges; if there is none, the node that most
/// paths of two edges go through. Ties go to the first.
pub(super) fn of(component: &Graph) -> usize {
    let mut into = vec![0; component.nodes().len()];
    for node in component.nodes() {
        component.next(node).iter().for_each(|to| into[*to] += 1);
    }
    let on_all = on_all_cycles(component).into_iter();
    let best = on_all.min_by_key(|node| (into[*node], *node));
    best.unwrap_or_else(|| {
        let paths = |node: usize| into[node] * component.next(node).len();
        let key = |node: &usize| (Reverse(paths(*node)), into[*node], *node);
        component.nodes().min_by_key(key).unwrap_or_default()
    })
}

/// The nodes without which the component has no cycle.
///
/// They are on any single cycle, the ring. A path that leaves the ring and returns to it skips some of the ring's
/// nodes, and is part of a cycle without them; a node that no path skips is on all cycles.
fn on_all_cycles(component: &Graph) -> Vec<usize> {
    let ring = Ring::any(component);
    let Some(aside) = ring.aside(component) else {
        return Vec::new();
    };
    let reach = ring.reach(component, &aside);
    let from = ring.furthest_source(component, &aside);
    // Paths across the end of the ring skip the nodes before their target and after their
    // source.
    let wraps = |position: &usize| reach[*position].is_some_and(|reach| reach.least <= *position);
    let last = ring.positions().find(wraps);
    let is_wrapped = |position: &usize| from[*position].is_some_and(|from| from >= *position);
    let first = ring.positions().rfind(is_wrapped);
    let mut furthest = 0;
    let mut on_all = Vec::new();
    for position in ring.positions() {
        let is_skipped = position < furthest;
        if !is_skipped && first <= Some(position) && last.is_none_or(|last| position <= last) {
            on_all.push(ring.nodes[position]);
        }
        furthest = furthest.max(reach[position].map_or(0, |reach| reach.most));
    }
    on_all
}

/// A cycle.
struct Ring {
    nodes: Vec<usize>,
    /// The position on the ring of each node of the component.
    position: Vec<Option<usize>>,
}

/// The first and the last position that paths outside the ring reach.
#[derive(Clone, Copy)]
struct Reach {
    least: usize,
    most: usize,
}

impl Ring {
    /// Finds a cycle. In a component, every node has an outgoing edge.
    fn any(component: &Graph) -> Self {
        let mut position = vec![None; component.nodes().len()];
        let mut nodes: Vec<usize> = Vec::new();
        let mut next = component.nodes().next();
        let mut start = 0;
        while let Some(node) = next {
            if let Some(position) = position[node] {
                start = position;
                break;
            }
            position[node] = Some(nodes.len());
            nodes.push(node);
            next = component.next(node).first().copied();
        }
        let nodes = nodes.split_off(start);
        position.fill(None);
        for (number, node) in nodes.iter().enumerate() {
            position[*node] = Some(number);
        }
        Self { nodes, position }
    }

    fn positions(&self) -> std::ops::Range<usize> {
        0..self.nodes.len()
    }

    /// The nodes outside the ring in topological order; `None` if they have a cycle.
    fn aside(&self, component: &Graph) -> Option<Vec<usize>> {
        let is_aside = |node: &usize| self.position[*node].is_none();
        let mut into = vec![0; component.nodes().len()];
        for node in component.nodes().filter(is_aside) {
            component.next(node).iter().for_each(|to| into[*to] += 1);
        }
        let mut order: Vec<usize> = component.nodes().filter(is_aside).collect();
        let all = order.len();
        order.retain(|node| into[*node] == 0);
        let mut done = 0;
        while let Some(&node) = order.get(done) {
            for &to in component.next(node) {
                into[to] -= 1;
                if into[to] == 0 && is_aside(&to) {
                    order.push(to);
                }
            }
            done += 1;
        }
        (order.len() == all).then_some(order)
    }

    /// The positions that paths from each position reach.
    fn reach(&self, component: &Graph, aside: &[usize]) -> Vec<Option<Reach>> {
        let mut reach: Vec<Option<Reach>> = vec![None; component.nodes().len()];
        let joined = |reach: &[Option<Reach>], node: usize| {
            let next = component.next(node).iter();
            let next = next.filter_map(|to| match self.position[*to] {
                Some(at) => Some(Reach {
                    least: at,
                    most: at,
                }),
                None => reach[*to],
            });
            next.reduce(|one, other| Reach {
                least: one.least.min(other.least),
                most: one.most.max(other.most),
            })
        };
        for &node in aside.iter().rev() {
            reach[node] = joined(&reach, node);
        }
        let nodes = self.nodes.iter();
        nodes.map(|node| joined(&reach, *node)).collect()
    }

    /// The last position from which paths reach each.
    fn furthest_source(&self, component: &Graph, aside: &[usize]) -> Vec<Option<usize>> {
        let mut from: Vec<Option<usize>> = vec![None; component.nodes().len()];
        for &node in self.nodes.iter().chain(aside) {
            // Paths end at the ring.
            let source = self.position[node].or(from[node]);
            for &to in component.next(node) {
                from[to] = from[to].max(source);
            }
        }
        let nodes = self.nodes.iter();
        nodes.map(|node| from[*node]).collect()
    }
}
