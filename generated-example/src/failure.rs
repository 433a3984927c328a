//! The reasons for which the program ends early.

use std::io;

/// The reason for which the program ends early.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The events cannot be read. The message has the reason.
    Input(String),
    /// The output cannot be written.
    Output(io::Error),
}
