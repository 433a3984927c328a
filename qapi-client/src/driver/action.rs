//! The ways to a connection, which can fail.

use std::fmt;

/// What failed before there was a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Action {
    /// Connecting to an address.
    Connect,
    /// Listening on an address.
    Listen,
    /// Accepting a connection.
    Accept,
    /// Starting a program.
    Start,
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Connect => "connect to",
            Self::Listen => "listen on",
            Self::Accept => "accept a connection at",
            Self::Start => "start",
        })
    }
}
