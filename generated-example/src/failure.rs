//! Why the program ends early.

use std::io;

/// Why the program ends early.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The events cannot be read, for the reason that the message gives.
    Input(String),
    /// What is shown cannot be written.
    Output(io::Error),
}
