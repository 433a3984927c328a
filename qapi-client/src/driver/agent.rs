//! What is particular to the guest agent: getting in step, commands without a reply, and two errors.

use std::hash::{BuildHasher as _, RandomState};
use std::time::{Duration, Instant};

use crate::Command;
use crate::driver::answer::timed_out;
use crate::driver::connection::{Connection, NoReply};
use crate::driver::deadline::Deadline;
use crate::driver::decode::decode;
use crate::driver::error::{Error, Outcome};

/// How long the agent has for an answer before it is asked again. It may not have been running, and what was sent may be
/// lost.
pub(crate) const ATTEMPT: Duration = Duration::from_secs(1);

/// How long an error is waited for from a command that is not answered when it succeeds.
const QUIET: Duration = Duration::from_secs(2);

/// A number that is in no answer to an earlier client. It has 53 bits, which a JSON number is sure to keep.
pub(crate) fn number() -> u64 {
    RandomState::new().hash_one(()) >> 11
}

/// Until when the reply to a command is waited for.
pub(crate) fn limit<C: Command>(deadline: Deadline) -> Option<Instant> {
    let deadline = deadline.instant();
    match C::SUCCESS_RESPONSE {
        true => deadline,
        false => {
            let quiet = Instant::now() + QUIET;
            Some(deadline.map_or(quiet, |deadline| deadline.min(quiet)))
        }
    }
}

/// What a command without a reply in time comes to. The agent is asked to get in step again.
pub(crate) fn unanswered<C: Command>(
    connection: &Connection,
    deadline: Deadline,
    no_reply: NoReply,
) -> Result<C::Return, Error>
where
    C::Return: Send,
{
    connection.resynchronize(ATTEMPT, number());
    match no_reply.outcome {
        Outcome::Unknown if !C::SUCCESS_RESPONSE => nothing::<C>(),
        _ => Err(timed_out(C::NAME, deadline, no_reply)),
    }
}

/// What a command whose connection ended comes to: a guest that shuts down takes the agent along.
pub(crate) fn disconnected<C: Command>(error: Error) -> Result<C::Return, Error>
where
    C::Return: Send,
{
    match (&error, error.outcome()) {
        (Error::Disconnected { .. }, Some(Outcome::Unknown)) if !C::SUCCESS_RESPONSE => {
            nothing::<C>()
        }
        _ => Err(error),
    }
}

/// The value of a command that returns nothing.
fn nothing<C: Command>() -> Result<C::Return, Error>
where
    C::Return: Send,
{
    decode("{}", C::NAME, 1)
}

impl Error {
    /// Whether the server does not have the command, as one of an older release.
    pub fn is_command_not_found(&self) -> bool {
        self.is_refused(|class, desc| class == "CommandNotFound" && !is_disabled(desc))
    }

    /// Whether the server has the command, but does not execute it: its configuration forbids it, or file systems are
    /// frozen.
    pub fn is_command_disabled(&self) -> bool {
        self.is_refused(|class, desc| class == "CommandDisabled" || is_disabled(desc))
    }

    fn is_refused(&self, is: impl Fn(&str, &str) -> bool) -> bool {
        match self {
            Self::Refused { error, .. } => is(&error.class, &error.desc),
            _ => false,
        }
    }
}

/// The agent has no class of its own for this.
fn is_disabled(desc: &str) -> bool {
    desc.contains("has been disabled")
}

#[cfg(test)]
mod tests {
    use super::Error;
    use crate::CommandError;

    #[test]
    fn a_command_that_is_disabled_is_told_from_one_that_does_not_exist() {
        for (class, desc, not_found, disabled) in [
            (
                "CommandNotFound",
                "The command guest-x has not been found",
                true,
                false,
            ),
            (
                "CommandNotFound",
                "Command guest-exec has been disabled",
                false,
                true,
            ),
            (
                "GenericError",
                "The command guest-exec has been disabled for this instance",
                false,
                true,
            ),
            ("GenericError", "no such file", false, false),
        ] {
            let error = Error::Refused {
                command: "guest-exec",
                error: CommandError::new(class, desc),
            };
            assert_eq!(error.is_command_not_found(), not_found, "{desc}");
            assert_eq!(error.is_command_disabled(), disabled, "{desc}");
        }
    }
}
