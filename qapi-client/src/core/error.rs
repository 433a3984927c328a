//! Violations of the protocol.

use std::error::Error;
use std::fmt;

use super::excerpt::excerpt;

/// The server sent something that the protocol does not allow. The connection cannot continue.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ProtocolError {
    /// The kind of violation.
    pub violation: Violation,
    /// The received text, shortened and with unprintable characters escaped.
    pub received: String,
}

/// The reason why a message is invalid.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Violation {
    /// The message is longer than the limit.
    TooLong {
        /// The limit in bytes.
        limit: usize,
    },
    /// The message is not UTF-8.
    NotUtf8,
    /// The message is not a JSON object.
    NotJson {
        /// The error of the JSON parser.
        reason: String,
    },
    /// The object is not a greeting, a response or an event, or is several of these.
    UnknownMessage,
    /// A greeting arrived after the session had started.
    SecondGreeting,
    /// The greeting cannot be decoded.
    Greeting {
        /// The reason.
        reason: String,
    },
    /// The server rejected `qmp_capabilities`, the first command of every session.
    NegotiationRefused,
}

impl ProtocolError {
    pub(super) fn new(violation: Violation, received: &[u8]) -> Self {
        Self {
            violation,
            received: excerpt(received),
        }
    }
}

impl fmt::Display for ProtocolError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.violation {
            Violation::TooLong { limit } => {
                write!(
                    f,
                    "a message is longer than {limit} bytes (raise the limit with `max_message_len`)"
                )?;
            }
            Violation::NotUtf8 => f.write_str("a message is not UTF-8")?,
            Violation::NotJson { reason } => {
                write!(f, "a message is not a JSON object: {reason}")?;
                if self.received.contains("QEMU") && self.received.contains("monitor") {
                    f.write_str(
                        " (this is QEMU's human monitor; connect to a QMP monitor instead)",
                    )?;
                }
            }
            Violation::UnknownMessage => {
                f.write_str("a message is not exactly one of greeting, response and event")?;
            }
            Violation::SecondGreeting => f.write_str("received a second greeting")?,
            Violation::Greeting { reason } => {
                write!(f, "the greeting cannot be decoded: {reason}")?;
            }
            Violation::NegotiationRefused => f.write_str("the server rejected the negotiation")?,
        }
        write!(f, "; received: {}", self.received)
    }
}

impl Error for ProtocolError {}
