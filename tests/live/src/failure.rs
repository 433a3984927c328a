//! What can go wrong between a client and a server.

use std::{error, fmt, io};

#[derive(Debug)]
pub enum Failure {
    /// The server does not do what it was asked to.
    Refused {
        command: &'static str,
        class: String,
        desc: String,
    },
    /// A message is not what the generated types say.
    Message {
        what: String,
        line: String,
        error: serde_json::Error,
    },
    /// The server does not answer.
    Connection { what: String, error: io::Error },
    /// The server did what it was asked to, but not as expected.
    Unexpected(String),
}

impl Failure {
    /// For [`Result::map_err`].
    pub fn connection(what: impl Into<String>) -> impl FnOnce(io::Error) -> Self {
        let what = what.into();
        |error| Self::Connection { what, error }
    }

    /// An error about a value that was not expected.
    pub fn unexpected(what: &str, value: &dyn fmt::Debug) -> Self {
        Self::Unexpected(format!("{what}: {value:?}"))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused {
                command,
                class,
                desc,
            } => write!(f, "{command} is refused: {class}: {desc}"),
            Self::Message { what, line, error } => write!(f, "{what}: {error}: {line}"),
            Self::Connection { what, error } => write!(f, "{what}: {error}"),
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
