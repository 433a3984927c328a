//! Recursive types, which must be boxed in Rust.

use foldhash::{HashMap, HashSet, HashSetExt as _};
use qapi_parser::{Id, Kind, Schema};

/// The objects and alternates that contain themselves, directly or through others. Lists do not count, because they store
/// their elements on the heap.
pub(super) fn recursive(schema: &Schema) -> HashSet<Id> {
    let holds = |id: Id| held(&schema.get(id).kind);
    let types = schema.definitions().map(|(id, _)| id);
    // Kosaraju's algorithm: two passes, the second one against the direction of the first and in its reverse order.
    let order = finished(types, holds);
    let mut holders: HashMap<Id, Vec<Id>> = HashMap::default();
    for &id in &order {
        for held in holds(id) {
            holders.entry(held).or_default().push(id);
        }
    }
    let mut recursive = HashSet::new();
    let mut seen = HashSet::new();
    for &id in order.iter().rev() {
        let mut component = Vec::new();
        let mut open = vec![id];
        while let Some(id) = open.pop() {
            if seen.insert(id) {
                component.push(id);
                open.extend(holders.get(&id).into_iter().flatten());
            }
        }
        if component.len() > 1 || holds(id).contains(&id) {
            recursive.extend(component);
        }
    }
    recursive
}

/// All types in the order in which a depth-first search leaves them.
fn finished(types: impl Iterator<Item = Id>, holds: impl Fn(Id) -> Vec<Id>) -> Vec<Id> {
    let (mut seen, mut order) = (HashSet::new(), Vec::new());
    for root in types {
        if !seen.insert(root) {
            continue;
        }
        let mut open = vec![(root, holds(root))];
        while let Some((id, rest)) = open.last_mut() {
            match rest.pop() {
                Some(next) if seen.insert(next) => open.push((next, holds(next))),
                Some(_) => {}
                None => {
                    order.push(*id);
                    open.pop();
                }
            }
        }
    }
    order
}

fn held(kind: &Kind) -> Vec<Id> {
    match kind {
        Kind::Object(_) | Kind::Alternate(_) => kind.references(),
        _ => Vec::new(),
    }
}
