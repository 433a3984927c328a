//! The result of a merge.

use std::collections::BTreeMap;

use qapi_parser::Schema;

use crate::merge::availability::Availability;
use crate::merge::provenance::Provenance;

/// A schema that fits several QEMUs.
#[derive(Debug)]
pub struct Merged {
    /// The schema: the items of the first one, followed by those that the others add. A member that not all of them require
    /// is optional.
    pub schema: Schema,
    /// The availability of items in the schemas.
    pub availability: Availability,
    /// The documentation and the bases of definitions in the schemas.
    pub provenance: Provenance,
    /// The names of types that other names replace, because the types became one.
    pub renamed: BTreeMap<String, String>,
}
