//! Findings in schemas, and how they are displayed.

mod finding;
mod findings;
mod kinds;
mod list;
mod place;
mod render;
mod suggest;

pub use finding::{Diagnostic, Label, Severity};
pub(crate) use findings::Findings;
pub use findings::Mode;
pub use list::Diagnostics;
pub use place::Place;
pub use render::Report;
pub use suggest::nearest;
