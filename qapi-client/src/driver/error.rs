//! What can go wrong between a program and a server.

use std::fmt;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use crate::CommandError;
use crate::core::ProtocolError;

/// Why a command, a wait or a connection failed.
///
/// [`outcome`](Self::outcome) tells whether a command may have taken effect all the same.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The address has no known form.
    InvalidAddress {
        /// The address.
        address: String,
    },
    /// No connection to the address could be made, or none was accepted there.
    Connect {
        /// The address, or the program that was to be started.
        address: String,
        /// What the operating system says.
        source: io::Error,
    },
    /// The server did not get ready in time.
    NotReady {
        /// The address.
        address: String,
        /// How long it was waited for.
        after: Duration,
        /// Whether the server had greeted.
        greeted: bool,
    },
    /// The guest agent did not answer in time.
    AgentNotReady {
        /// The address.
        address: String,
        /// How long it was waited for.
        after: Duration,
    },
    /// The server executed the command and it failed, or refused to execute it.
    Refused {
        /// The name of the command.
        command: &'static str,
        /// The class and the description.
        error: CommandError,
    },
    /// A reply or an event does not fit its type. Was the schema that of another release?
    Undecodable {
        /// The name of the command, or `event`.
        what: &'static str,
        /// Where in the reply; empty if that is not known.
        path: String,
        /// What is wrong there.
        reason: String,
        /// The reply, shortened.
        text: String,
    },
    /// The command cannot be written as JSON. It was not sent.
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
    /// The stream is no Unix socket, so no file descriptor can be sent. The command was not sent.
    CannotSendFd {
        /// The name of the command.
        command: &'static str,
    },
    /// What was waited for did not come in time.
    TimedOut {
        /// The name of the command, or `None` for an event.
        command: Option<&'static str>,
        /// How long it was waited for.
        after: Duration,
        /// Whether the command may have taken effect.
        outcome: Outcome,
        /// What came instead and may be the reason.
        note: Option<String>,
    },
    /// The connection ended.
    Disconnected {
        /// The name of the command that was waited for, if any.
        command: Option<&'static str>,
        /// Whether it may have taken effect.
        outcome: Outcome,
        /// Why the connection ended.
        reason: Disconnect,
    },
    /// The server violated the protocol, and the connection was ended.
    Protocol {
        /// The name of the command that was waited for, if any.
        command: Option<&'static str>,
        /// Whether it may have taken effect.
        outcome: Outcome,
        /// What came, and what is wrong with it.
        source: ProtocolError,
    },
    /// Events came faster than they were taken, and the oldest of them were dropped.
    EventsLost {
        /// How many.
        count: u64,
    },
}

/// What is known of a command that gave no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outcome {
    /// It was not sent, and nothing has happened.
    NotSent,
    /// It may have been executed, or may yet be.
    Unknown,
    /// It failed, as the server says.
    Failed,
    /// It succeeded, but what it returned could not be read.
    Succeeded,
}

/// Why a connection ended.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Disconnect {
    /// This program closed it: by `close`, or since the last handle went.
    Closed,
    /// The server closed it.
    ByServer {
        /// The beginning of a message whose end did not come, shortened.
        incomplete: Option<String>,
    },
    /// Reading or writing failed.
    Io(Arc<io::Error>),
}

impl Error {
    /// What is known of the command; `None` if the error is not one of a command.
    pub fn outcome(&self) -> Option<Outcome> {
        match self {
            Self::Refused { .. } => Some(Outcome::Failed),
            Self::Undecodable { what: "event", .. } => None,
            Self::Undecodable { .. } => Some(Outcome::Succeeded),
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

    /// Whether a command may have taken effect in spite of the error. If so, ask the server before you repeat it: a
    /// second `blockdev-add` fails when the first one had succeeded.
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
            Self::Connect { address, source } => {
                write!(f, "cannot connect to {address}: {source}")?;
                match source.kind() {
                    io::ErrorKind::NotFound | io::ErrorKind::ConnectionRefused => f.write_str(
                        " (is QEMU running? `wait_for_socket` waits for one that is starting)",
                    ),
                    _ => Ok(()),
                }
            }
            Self::NotReady {
                address,
                after,
                greeted: false,
            } => write!(
                f,
                "no greeting from {address} within {after:?}: another client may be connected, since QEMU serves one \
                 at a time; or QEMU is stopped, or this is not a QMP socket"
            ),
            Self::NotReady { address, after, .. } => write!(
                f,
                "{address} greeted, but did not answer `qmp_capabilities` within {after:?}"
            ),
            Self::AgentNotReady { address, after } => write!(
                f,
                "no answer from the guest agent at {address} within {after:?}: the guest may not have started it, or \
                 another client may be connected"
            ),
            Self::Refused { command, error } => write!(f, "`{command}` failed: {error}"),
            Self::Undecodable {
                what,
                path,
                reason,
                text,
            } => {
                match *what {
                    "event" => f.write_str("an event does not fit its type")?,
                    command => write!(f, "the reply to `{command}` does not fit its type")?,
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
                "`{command}` was not sent: out-of-band execution is not enabled (ask for it with \
                 `capabilities([Capability::Oob])`; the server must offer it, see its greeting)"
            ),
            Self::CannotSendFd { command } => write!(
                f,
                "`{command}` was not sent: only a Unix socket passes file descriptors"
            ),
            Self::TimedOut {
                command,
                after,
                outcome,
                note,
            } => {
                match command {
                    Some(command) => write!(f, "no reply to `{command}` within {after:?}")?,
                    None => write!(f, "the event did not come within {after:?}")?,
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
                "{count} events were lost: they came faster than they were taken"
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
            "; `{command}` may have taken effect: ask the server before you repeat it"
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
