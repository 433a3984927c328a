//! Merges several schemas into one that fits them all.

mod alternates;
mod availability;
mod contents;
mod docs;
mod facts;
mod faults;
mod fields;
mod graph;
mod homes;
mod input;
mod join;
mod labels;
mod losses;
mod merged;
mod numbers;
mod objects;
mod options;
mod output;
mod parts;
mod provenance;
mod roots;
mod types;
mod written;

use std::path::Path;

use foldhash::{HashSet, HashSetExt as _};
use qapi_parser::{Diagnostic, Diagnostics, Schema, Span};

use availability::MAX_SCHEMAS;
use graph::Graph;
use homes::Homes;
use input::Input;
use output::Output;

pub use availability::{Availability, Presence};
pub use merged::Merged;
pub use options::Options;
pub use provenance::Provenance;

/// Merges schemas, of which the first gives names, types and documentation.
///
/// # Errors
///
/// Findings in the merged schemas: members, arguments and return values whose types have no common type. They are errors
/// unless `options` excludes them.
///
/// # Example
///
/// ```
/// use qapi_compat::merge::{Options, merge};
/// use qapi_parser::Loader;
///
/// let load = |path: &str, text: &'static str| {
///     Loader::new().read_with(move |_| Ok(text.into())).load(path)
/// };
/// let new = load("qemu-10.0.json", "{ 'event': 'TICK', 'data': { 'time': 'size' } }")?;
/// let old = load("qemu-7.2.json", "{ 'event': 'TICK', 'data': { '*count': 'int' } }")?;
/// let merged = merge(new, vec![old], Options::default())?;
/// let tick = merged.schema.find("q_obj_TICK-arg").unwrap();
/// let members = merged.schema.members(tick);
/// assert!(members.iter().all(|(_, member)| member.optional));
/// let time = merged.availability.of_part("q_obj_TICK-arg", "time");
/// assert_eq!(time.as_deref(), Some("Only in QEMU's qemu-10.0 schema."));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn merge(
    first: Schema,
    others: Vec<Schema>,
    options: Options<'_>,
) -> Result<Merged, Diagnostics> {
    let paths = std::iter::once(&first).chain(&others).map(|schema| {
        let root = schema.sources().iter().next();
        root.map_or(Path::new(""), |root| root.path())
    });
    let labels = labels::labels(&paths.collect::<Vec<_>>());
    if labels.len() > MAX_SCHEMAS {
        let message = format!("at most {MAX_SCHEMAS} schemas can be merged");
        // The first schema may be empty.
        let start = first.sources().iter().next().map(|root| Span {
            source: root.id(),
            start: 0,
            end: 0,
        });
        let finding = start.map(|start| Diagnostic::error(start, message));
        return Err(first.diagnostics(finding.into_iter().collect()));
    }
    let input = Input::new(first, others, &labels, options);
    let roots = roots::roots(&input);
    let mut apart = HashSet::new();
    let written = loop {
        let graph = Graph::new(&input, &roots, &apart);
        let separate = graph.to_separate();
        if !separate.is_empty() && !graph.is_too_large() {
            apart.extend(separate);
            continue;
        }
        let faults = faults::faults(&graph, &roots);
        if !faults.is_empty() {
            drop(graph);
            return Err(Schema::from_parts(input.parts).diagnostics(faults));
        }
        let homes = Homes::new(&graph, &roots);
        break Output::new(&graph, &homes).write(&roots);
    };
    Ok(written.finish(input.parts, labels))
}
