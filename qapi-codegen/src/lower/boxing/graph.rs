//! A graph whose nodes are numbers.

use std::collections::HashMap;

/// The successors of each node, in ascending order.
#[derive(Debug)]
pub(super) struct Graph {
    next: Vec<Vec<usize>>,
}

impl Graph {
    pub(super) fn new(mut next: Vec<Vec<usize>>) -> Self {
        for next in &mut next {
            next.sort_unstable();
            next.dedup();
        }
        Self { next }
    }

    pub(super) fn nodes(&self) -> std::ops::Range<usize> {
        0..self.next.len()
    }

    pub(super) fn next(&self, node: usize) -> &[usize] {
        &self.next[node]
    }

    pub(super) fn reversed(&self) -> Self {
        let mut reversed = vec![Vec::new(); self.next.len()];
        for node in self.nodes() {
            for &next in self.next(node) {
                reversed[next].push(node);
            }
        }
        Self { next: reversed }
    }

    /// The nodes and the edges between them, renumbered in the same order.
    pub(super) fn part(&self, nodes: &[usize]) -> Self {
        let numbers = nodes
            .iter()
            .enumerate()
            .map(|(number, node)| (*node, number));
        let numbers: HashMap<usize, usize> = numbers.collect();
        let next = nodes.iter().map(|node| {
            let next = self.next(*node).iter();
            next.filter_map(|node| numbers.get(node).copied()).collect()
        });
        Self {
            next: next.collect(),
        }
    }
}
