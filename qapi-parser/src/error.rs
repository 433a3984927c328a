//! Why a schema could not be loaded.

use std::fmt;
use std::io;
use std::path::PathBuf;

use crate::diagnostic::Diagnostics;

/// Why a schema could not be loaded.
pub enum Error {
    /// The root file could not be read.
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The error of the operating system.
        source: io::Error,
    },
    /// The schema has errors. The findings include warnings.
    Rejected(Diagnostics),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { path, source } => {
                let path = path.display();
                write!(f, "{path}: error: can't read schema file: {source}")
            }
            Self::Rejected(findings) => findings.fmt(f),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Unreadable { source, .. } => Some(source),
            Self::Rejected(_) => None,
        }
    }
}

/// The same as `Display`, since a build script that returns an error prints its `Debug` form.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
