//! Errors between a client and a server.

use std::{error, fmt, io};

#[derive(Debug)]
pub enum Failure {
    /// A command or a connection failed.
    Client(qapi_client::Error),
    /// The display does not respond.
    Display(io::Error),
    /// The server executed the command, but not as expected.
    Unexpected(String),
}

impl Failure {
    /// An error about an unexpected value.
    pub fn unexpected(what: &str, value: &dyn fmt::Debug) -> Self {
        Self::Unexpected(format!("{what}: {value:?}"))
    }
}

impl From<qapi_client::Error> for Failure {
    fn from(error: qapi_client::Error) -> Self {
        Self::Client(error)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Client(error) => error.fmt(f),
            Self::Display(error) => write!(f, "VNC: {error}"),
            Self::Unexpected(what) => f.write_str(what),
        }
    }
}

impl error::Error for Failure {}

/// Fails unless `holds`.
pub fn expect(holds: bool, what: &str, value: &dyn fmt::Debug) -> Result<(), Failure> {
    match holds {
        true => Ok(()),
        false => Err(Failure::unexpected(what, value)),
    }
}
