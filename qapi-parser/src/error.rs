//! Why a schema could not be loaded.

use std::fmt;
use std::io;
use std::path::PathBuf;

use crate::diagnostic::Diagnostics;

/// Why a schema could not be loaded.
#[derive(thiserror::Error)]
pub enum Error {
    /// The root file could not be read.
    #[error("{}: error: can't read schema file: {source}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The schema has errors; warnings are among the findings.
    #[error("{0}")]
    Rejected(Diagnostics),
}

/// The same as `Display`: a build script that returns the error has it printed by its `Debug` form.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
