//! Why code could not be generated.

use std::fmt;
use std::io;
use std::path::PathBuf;

use qapi_parser::Diagnostics;

/// Why code could not be generated or written.
#[derive(thiserror::Error)]
pub enum Error {
    /// The schema cannot be read, or breaks a rule of the language.
    #[error(transparent)]
    Schema(#[from] qapi_parser::Error),
    /// The schema is good, but has things that Rust cannot have as they are.
    #[error("{0}")]
    Rust(Diagnostics),
    /// The builder was told something that fits nothing in the schema, or is no Rust.
    #[error("{0}")]
    Option(String),
    /// The generated code is no Rust: a bug of this crate.
    #[error("the generated code does not parse, which is a bug of qapi-codegen: {0}")]
    Unparsable(#[from] syn::Error),
    /// The file could not be written.
    #[error("{}: error: can't write the generated file: {source}", path.display())]
    Unwritable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// There is no `OUT_DIR`.
    #[error("OUT_DIR is not set: write_to_out_dir is for build scripts, elsewhere use write_to")]
    NoOutDir,
}

/// The same as `Display`: a build script that returns the error has it printed by its `Debug` form.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
