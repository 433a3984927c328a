//! The errors of the client.

use std::fmt;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use crate::CommandError;
use crate::core::ProtocolError;
use crate::driver::action::Action;

/// An error of a command, a wait or a connection.
///
/// [`outcome`](Self::outcome) says whether a command may have taken effect despite the error.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The address is invalid.
    InvalidAddress {
        /// The address.
        address: String,
    },
    /// No connection was made. If QEMU is still starting,
    /// [`Builder::wait_for_socket`](crate::Builder::wait_for_socket) waits for it.
    Connect {
        /// What failed.
        action: Action,
        /// The address, or the program to start.
        address: String,
        /// The error of the operating system.
        source: io::Error,
    },
    /// The server did not become ready in time.
    NotReady {
        /// The address.
        address: String,
        /// The time waited.
        after: Duration,
        /// Whether the server had sent its greeting.
        greeted: bool,
    },
    /// The guest agent did not respond in time.
    AgentNotReady {
        /// The address.
        address: String,
        /// The time waited.
        after: Duration,
    },
    /// The command failed, or the server refused to execute it.
    Refused {
        /// The name of the command.
        command: &'static str,
        /// The class and the description.
        error: CommandError,
    },
    /// A reply or an event cannot be decoded, possibly because the schema is from another release.
    Undecodable {
        /// The name of the command, or `event`.
        what: &'static str,
        /// The outcome of the command; `None` for an event.
        outcome: Option<Outcome>,
        /// The path to the invalid value; empty if unknown.
        path: String,
        /// The reason.
        reason: String,
        /// The reply, shortened.
        text: String,
    },
    /// The command cannot be encoded as JSON. It was not sent.
    Unencodable {
        /// The name of the command.
        command: &'static str,
        /// What is wrong.
        source: serde_json::Error,
    },
    /// Out-of-band execution is not enabled. The command was not sent.
    OobDisabled {
        /// The name of the command.
        command: &'static str,
    },
    /// File descriptors can only be sent over a Unix socket. The command was not sent.
    CannotSendFd {
        /// The name of the command.
        command: &'static str,
    },
    /// A reply or an event did not arrive in time.
    TimedOut {
        /// The name of the command, or `None` for an event.
        command: Option<&'static str>,
        /// The time waited.
        after: Duration,
        /// Whether the command may have taken effect.
        outcome: Outcome,
        /// An earlier error that may be the reason.
        note: Option<String>,
    },
    /// The connection ended.
    Disconnected {
        /// The name of the pending command, if any.
        command: Option<&'static str>,
        /// Whether it may have taken effect.
        outcome: Outcome,
        /// Why the connection ended.
        reason: Disconnect,
    },
    /// The server violated the protocol, and the connection was closed.
    Protocol {
        /// The name of the pending command, if any.
        command: Option<&'static str>,
        /// Whether it may have taken effect.
        outcome: Outcome,
        /// The violation.
        source: ProtocolError,
    },
    /// Events arrived faster than they were consumed, and the oldest were dropped.
    EventsLost {
        /// The number of lost events.
        count: u64,
    },
}

/// Creates the error of a server that is not ready in time, from its address and the time waited.
pub(crate) type Late = fn(String, Duration) -> Error;

/// The outcome of a command that returned an error, if known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outcome {
    /// It was not sent, so it had no effect.
    NotSent,
    /// It may have been executed, or may still be.
    Unknown,
    /// The server reported that it failed.
    Failed,
    /// It succeeded, but its return value could not be decoded.
    Succeeded,
}

/// Why a connection ended.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Disconnect {
    /// This program closed it, by `close` or by dropping the last handle.
    Closed,
    /// The server closed it.
    ByServer {
        /// The beginning of an incomplete message, shortened.
        incomplete: Option<String>,
    },
    /// Reading or writing failed.
    Io(Arc<io::Error>),
}

impl Error {
    pub(crate) fn connect(action: Action, address: &str, source: io::Error) -> Self {
        Self::Connect {
            action,
            address: address.to_owned(),
            source,
        }
    }

    /// No connection was made in time.
    pub(crate) fn no_greeting(address: String, after: Duration) -> Self {
        Self::NotReady {
            address,
            after,
            greeted: false,
        }
    }

    /// The same for a guest agent.
    pub(crate) fn agent_not_ready(address: String, after: Duration) -> Self {
        Self::AgentNotReady { address, after }
    }

    /// The outcome of the command, if known; `None` if the error is not that of a command.
    pub fn outcome(&self) -> Option<Outcome> {
        match self {
            Self::Refused { .. } => Some(Outcome::Failed),
            Self::Undecodable { outcome, .. } => *outcome,
            Self::Unencodable { .. } | Self::OobDisabled { .. } | Self::CannotSendFd { .. } => {
                Some(Outcome::NotSent)
            }
            Self::TimedOut {
                command, outcome, ..
            }
            | Self::Disconnected {
                command, outcome, ..
            }
            | Self::Protocol {
                command, outcome, ..
            } => command.map(|_| *outcome),
            Self::InvalidAddress { .. }
            | Self::Connect { .. }
            | Self::NotReady { .. }
            | Self::AgentNotReady { .. }
            | Self::EventsLost { .. } => None,
        }
    }

    /// Whether a command may have taken effect despite the error. If so, query the server before you repeat it: a second
    /// `blockdev-add` fails if the first one succeeded.
    pub fn may_have_taken_effect(&self) -> bool {
        matches!(self.outcome(), Some(Outcome::Unknown | Outcome::Succeeded))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InvalidAddress { address } => write!(
                f,
                "invalid address `{address}`: expected `unix:PATH` or `tcp:HOST:PORT`"
            ),
            Self::Connect {
                action,
                address,
                source,
            } => {
                write!(f, "cannot {action} {address}: {source}")?;
                match (action, source.kind()) {
                    (
                        Action::Connect,
                        io::ErrorKind::NotFound | io::ErrorKind::ConnectionRefused,
                    ) => f.write_str("; is QEMU running?"),
                    _ => Ok(()),
                }
            }
            Self::NotReady {
                address,
                after,
                greeted: false,
            } => write!(
                f,
                "no greeting from {address} within {after:?}: another client may be connected (QEMU serves one at a \
                 time), QEMU may be stopped, or this is not a QMP socket"
            ),
            Self::NotReady { address, after, .. } => write!(
                f,
                "{address} sent a greeting, but did not respond to `qmp_capabilities` within {after:?}"
            ),
            Self::AgentNotReady { address, after } => write!(
                f,
                "no response from the guest agent at {address} within {after:?}: the guest may not have started it, or \
                 another client may be connected"
            ),
            Self::Refused { command, error } => write!(f, "`{command}` failed: {error}"),
            Self::Undecodable {
                what,
                outcome,
                path,
                reason,
                text,
            } => {
                match (*what, outcome) {
                    (_, None) => f.write_str("an event does not match its type")?,
                    (command, Some(Outcome::Failed)) => {
                        write!(
                            f,
                            "`{command}` failed, and its error does not match the type of errors"
                        )?;
                    }
                    (command, Some(_)) => {
                        write!(f, "the reply to `{command}` does not match its type")?
                    }
                }
                match path.is_empty() {
                    true => write!(f, ": {reason}; received: {text}"),
                    false => write!(f, ": {path}: {reason}; received: {text}"),
                }
            }
            Self::Unencodable { command, source } => {
                write!(f, "`{command}` cannot be encoded: {source}")
            }
            Self::OobDisabled { command } => write!(
                f,
                "`{command}` was not sent: out-of-band execution is not enabled (request it with \
                 `capabilities([Capability::Oob])`; the server's greeting must offer it)"
            ),
            Self::CannotSendFd { command } => write!(
                f,
                "`{command}` was not sent: file descriptors require a Unix socket"
            ),
            Self::TimedOut {
                command,
                after,
                outcome,
                note,
            } => {
                match command {
                    Some(command) => write!(f, "no reply to `{command}` within {after:?}")?,
                    None => write!(f, "the event did not arrive within {after:?}")?,
                }
                tell_outcome(f, *command, *outcome)?;
                match note {
                    Some(note) => write!(f, "; {note}"),
                    None => Ok(()),
                }
            }
            Self::Disconnected {
                command,
                outcome,
                reason,
            } => {
                reason.fmt(f)?;
                tell_outcome(f, *command, *outcome)
            }
            Self::Protocol {
                command,
                outcome,
                source,
            } => {
                write!(f, "the server violated the protocol: {source}")?;
                tell_outcome(f, *command, *outcome)
            }
            Self::EventsLost { count } => write!(
                f,
                "{count} events were lost: they arrived faster than they were consumed"
            ),
        }
    }
}

fn tell_outcome(
    f: &mut fmt::Formatter<'_>,
    command: Option<&str>,
    outcome: Outcome,
) -> fmt::Result {
    match (command, outcome) {
        (None, _) => Ok(()),
        (Some(command), Outcome::NotSent) => write!(f, "; `{command}` was not sent"),
        (Some(command), Outcome::Unknown) => write!(
            f,
            "; `{command}` may have taken effect: query the server before you repeat it"
        ),
        (Some(command), Outcome::Failed) => write!(f, "; `{command}` failed"),
        (Some(command), Outcome::Succeeded) => write!(f, "; `{command}` succeeded"),
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Connect { source, .. } => Some(source),
            Self::Refused { error, .. } => Some(error),
            Self::Unencodable { source, .. } => Some(source),
            Self::Protocol { source, .. } => Some(source),
            Self::Disconnected {
                reason: Disconnect::Io(source),
                ..
            } => Some(source),
            _ => None,
        }
    }
}

impl fmt::Display for Disconnect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Closed => f.write_str("the connection was closed by this program"),
            Self::ByServer { incomplete: None } => f.write_str("the server closed the connection"),
            Self::ByServer {
                incomplete: Some(text),
            } => write!(
                f,
                "the server closed the connection in the middle of a message: {text}"
            ),
            Self::Io(error) => write!(f, "the connection failed: {error}"),
        }
    }
}
