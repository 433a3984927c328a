//! Selects edges of a graph whose removal breaks all cycles.

use super::graph::Graph;
use super::head;

/// The edges to break. Each of them is necessary.
pub(super) fn breaks(graph: &Graph) -> Vec<(usize, usize)> {
    let mut breaks = Vec::new();
    for nodes in components(graph) {
        let component = graph.part(&nodes);
        let mut walk = Walk::new(&component);
        walk.from(head::of(&component));
        let back = walk.back.iter();
        breaks.extend(back.map(|&(from, to)| (nodes[from], nodes[to])));
    }
    breaks
}

/// The strongly connected components, each in ascending order (Kosaraju's algorithm).
fn components(graph: &Graph) -> Vec<Vec<usize>> {
    let mut forward = Walk::new(graph);
    graph.nodes().for_each(|node| forward.from(node));
    let reversed = graph.reversed();
    let mut backward = Walk::new(&reversed);
    let mut components = Vec::new();
    for &node in forward.left.iter().rev() {
        let start = backward.left.len();
        backward.from(node);
        let mut nodes = backward.left[start..].to_vec();
        nodes.sort_unstable();
        components.push(nodes);
    }
    components.retain(|nodes| !nodes.is_empty());
    components
}

#[derive(Clone, Copy, PartialEq)]
enum Progress {
    Unseen,
    Open,
    Left,
}

/// A depth-first search with its own stack, because a schema may nest deeper than the call stack.
struct Walk<'a> {
    graph: &'a Graph,
    progress: Vec<Progress>,
    /// The nodes in postorder.
    left: Vec<usize>,
    /// The back edges, each of which closes a cycle.
    back: Vec<(usize, usize)>,
}

impl<'a> Walk<'a> {
    fn new(graph: &'a Graph) -> Self {
        Self {
            graph,
            progress: vec![Progress::Unseen; graph.nodes().len()],
            left: Vec::new(),
            back: Vec::new(),
        }
    }

    fn from(&mut self, root: usize) {
        let mut path = Vec::new();
        self.enter(root, &mut path);
        while let Some((node, next)) = path.last_mut() {
            let node = *node;
            let Some(&to) = next.next() else {
                self.progress[node] = Progress::Left;
                self.left.push(node);
                path.pop();
                continue;
            };
            match self.progress[to] {
                Progress::Open => self.back.push((node, to)),
                Progress::Unseen | Progress::Left => self.enter(to, &mut path),
            }
        }
    }

    fn enter(&mut self, node: usize, path: &mut Vec<(usize, std::slice::Iter<'a, usize>)>) {
        if self.progress[node] == Progress::Unseen {
            self.progress[node] = Progress::Open;
            path.push((node, self.graph.next(node).iter()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Random graphs, the same in every run.
    fn graphs() -> impl Iterator<Item = Graph> {
        let mut state = 1_u64;
        let mut random = move |below: u64| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            usize::try_from((state >> 33) % below).unwrap_or_default()
        };
        (0..20_000).map(move |_| {
            let nodes = 1 + random(9);
            let mut next = vec![Vec::new(); nodes];
            for _ in 0..random(3 * nodes as u64) {
                let (from, to) = (random(nodes as u64), random(nodes as u64));
                next[from].push(to);
            }
            Graph::new(next)
        })
    }

    fn has_cycle(graph: &Graph) -> bool {
        let mut walk = Walk::new(graph);
        graph.nodes().for_each(|node| walk.from(node));
        !walk.back.is_empty()
    }

    fn without(graph: &Graph, is_gone: impl Fn(usize, usize) -> bool) -> Graph {
        let next = graph.nodes().map(|from| {
            let next = graph.next(from).iter().copied();
            next.filter(|to| !is_gone(from, *to)).collect()
        });
        Graph::new(next.collect())
    }

    #[test]
    fn no_cycle_is_left_and_no_break_is_needless() {
        for graph in graphs() {
            let breaks = breaks(&graph);
            let left = |breaks: &[(usize, usize)]| {
                without(&graph, |from, to| breaks.contains(&(from, to)))
            };
            assert!(!has_cycle(&left(&breaks)), "{graph:?}: {breaks:?}");
            for index in 0..breaks.len() {
                let mut fewer = breaks.clone();
                let needless = fewer.remove(index);
                assert!(has_cycle(&left(&fewer)), "{graph:?}: {needless:?}");
            }
        }
    }

    #[test]
    fn other_types_do_not_affect_which_edges_are_broken() {
        for graph in graphs().take(2_000) {
            // A component from which this one is reachable, and one that is reachable from it.
            let next = graph.nodes().map(|node| graph.next(node).to_vec());
            let mut next: Vec<Vec<usize>> = next.collect();
            let (nodes, first) = (next.len(), next.len());
            next[0].push(first + 2);
            next.extend([vec![0, first + 1], vec![first], vec![first + 2]]);
            let mut found = breaks(&Graph::new(next));
            found.retain(|(from, to)| *from < nodes && *to < nodes);
            let mut expected = breaks(&graph);
            expected.sort_unstable();
            found.sort_unstable();
            assert_eq!(found, expected, "{graph:?}");
        }
    }

    #[test]
    fn where_one_node_is_on_all_cycles_only_edges_into_one_such_are_broken() {
        let mut found = 0;
        for graph in graphs() {
            for nodes in components(&graph) {
                let component = graph.part(&nodes);
                let on_all = |node: &usize| !has_cycle(&without(&component, |_, to| to == *node));
                let on_all: Vec<usize> = component.nodes().filter(on_all).collect();
                if !has_cycle(&component) || on_all.is_empty() {
                    continue;
                }
                found += 1;
                let into = |node: &usize| {
                    let from = component.nodes();
                    from.filter(|from| component.next(*from).contains(node))
                        .count()
                };
                let fewest = on_all.iter().map(into).min();
                let breaks = breaks(&component);
                let head = breaks[0].1;
                assert!(on_all.contains(&head), "{component:?}: {head}");
                assert!(breaks.iter().all(|(_, to)| *to == head), "{component:?}");
                assert_eq!(Some(breaks.len()), fewest, "{component:?}: {head}");
            }
        }
        assert!(found > 1_000, "{found} such components are too few");
    }
}
