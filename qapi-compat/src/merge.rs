//! Merges several schemas into one that fits them all.

mod apply;
mod availability;
mod draft;
mod fits;
mod join;
mod labels;
mod options;
mod pairs;

use std::path::Path;

use qapi_parser::{Diagnostics, Schema};

pub use availability::{Availability, Presence};
pub use options::Options;

/// A schema that fits several QEMUs.
#[derive(Debug)]
pub struct Merged {
    /// The schema: the items of the first one, followed by those that the others add. A member that not all of them require
    /// is optional.
    pub schema: Schema,
    /// The availability of items in the schemas.
    pub availability: Availability,
}

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
    let roots = std::iter::once(&first).chain(&others).map(|schema| {
        let root = schema.sources().iter().next();
        root.map_or(Path::new(""), |root| root.path())
    });
    let mut availability = Availability::new(labels::labels(&roots.collect::<Vec<_>>()));
    let mut merged = first;
    if others.len() >= availability::MAX_SCHEMAS {
        let message = format!(
            "at most {} schemas can be merged",
            availability::MAX_SCHEMAS
        );
        return Err(merged.diagnostics(draft::fault(&merged, message)));
    }
    draft::note(&mut availability, merged.definitions().map(|(_, it)| it), 0);
    for (index, schema) in others.into_iter().enumerate() {
        merged = apply::add(merged, schema, index + 1, &mut availability, options)?;
    }
    Ok(Merged {
        schema: merged,
        availability,
    })
}
