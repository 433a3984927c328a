//! How a server can violate the protocol.

use std::error::Error;
use std::fmt;

use super::excerpt::excerpt;

/// The server sent something that the protocol does not allow. The connection cannot go on after it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ProtocolError {
    /// What is wrong.
    pub violation: Violation,
    /// What came, shortened and with unprintable characters escaped.
    pub received: String,
}

/// What is wrong with a message.
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
    /// The line is not one JSON object.
    NotJson {
        /// What the JSON parser says.
        reason: String,
    },
    /// The object is not a greeting, a response or an event, or is several of these.
    UnknownMessage,
    /// A greeting came when the session had already begun.
    SecondGreeting,
    /// The greeting cannot be decoded.
    Greeting {
        /// What is wrong with it.
        reason: String,
    },
    /// The server refused `qmp_capabilities`, with which every session begins.
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
                write!(f, "a line is not a JSON object: {reason}")?;
                if self.received.contains("QEMU") && self.received.contains("monitor") {
                    f.write_str(" (this is QEMU's human monitor; connect to a QMP monitor)")?;
                } else if self.received == "{" {
                    f.write_str(" (QEMU may be set to `pretty=on`, which is not supported)")?;
                }
            }
            Violation::UnknownMessage => {
                f.write_str("a message is not exactly one of greeting, response and event")?;
            }
            Violation::SecondGreeting => f.write_str("a second greeting came")?,
            Violation::Greeting { reason } => {
                write!(f, "the greeting cannot be decoded: {reason}")?;
            }
            Violation::NegotiationRefused => f.write_str("the negotiation was refused")?,
        }
        write!(f, "; received: {}", self.received)
    }
}

impl Error for ProtocolError {}
