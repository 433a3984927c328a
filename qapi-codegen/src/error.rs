//! The errors of code generation.

mod option;

use std::fmt;
use std::io;
use std::path::PathBuf;

use qapi_parser::Diagnostics;

pub(crate) use option::Argument;
pub use option::OptionError;

/// An error of generating or writing code.
pub enum Error {
    /// The schema cannot be read, or violates a rule of the language.
    Schema(qapi_parser::Error),
    /// The schemas have members whose types have no common type.
    Merge(Diagnostics),
    /// The schema is valid, but uses something that cannot be expressed in Rust.
    Rust(Diagnostics),
    /// Options of the builder that name something the schema does not have, or that are not valid Rust.
    Option(Vec<OptionError>),
    /// The generated code is not valid Rust: a bug in this crate.
    Unparsable(syn::Error),
    /// The generated file could not be written.
    Unwritable {
        /// The file.
        path: PathBuf,
        /// The error of the operating system.
        source: io::Error,
    },
    /// `OUT_DIR` is not set.
    NoOutDir,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Schema(error) => error.fmt(f),
            Self::Rust(findings) | Self::Merge(findings) => findings.fmt(f),
            Self::Option(errors) => {
                for (index, error) in errors.iter().enumerate() {
                    let separator = if index > 0 { "\n" } else { "" };
                    write!(f, "{separator}{error}")?;
                }
                Ok(())
            }
            Self::Unparsable(error) => write!(
                f,
                "the generated code does not parse, which is a bug in qapi-codegen: {error}"
            ),
            Self::Unwritable { path, source } => write!(
                f,
                "{}: error: cannot write the generated file: {source}",
                path.display()
            ),
            Self::NoOutDir => f.write_str(
                "OUT_DIR is not set: write_to_out_dir is for build scripts, use write_to elsewhere",
            ),
        }
    }
}

/// The same as `Display`, because a build script that returns the error prints it with `Debug`.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Unwritable { source, .. } => Some(source),
            Self::Schema(error) => error.source(),
            Self::Unparsable(_)
            | Self::Rust(_)
            | Self::Merge(_)
            | Self::Option(_)
            | Self::NoOutDir => None,
        }
    }
}

impl From<qapi_parser::Error> for Error {
    fn from(error: qapi_parser::Error) -> Self {
        Self::Schema(error)
    }
}

impl From<syn::Error> for Error {
    fn from(error: syn::Error) -> Self {
        Self::Unparsable(error)
    }
}
