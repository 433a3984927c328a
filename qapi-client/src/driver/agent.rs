//! Specifics of the guest agent: synchronization, commands without a reply, and two errors.

use std::hash::{BuildHasher as _, RandomState};
use std::time::{Duration, Instant};

use crate::Command;
use crate::driver::answer::timed_out;
use crate::driver::connection::{Connection, NoReply};
use crate::driver::deadline::Deadline;
use crate::driver::decode::decode;
use crate::driver::error::{Error, Outcome};

/// The interval between synchronization requests. The agent may not have been running, so earlier requests may be lost.
pub(crate) const ATTEMPT: Duration = Duration::from_secs(1);

/// The time to wait for an error from a command that sends no response on success.
const QUIET: Duration = Duration::from_secs(2);

/// A number that occurs in no reply to an earlier client. It has 53 bits, which every JSON parser preserves.
pub(crate) fn number() -> u64 {
    RandomState::new().hash_one(()) >> 11
}

/// The deadline for the reply to a command.
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

/// The result of a command without a timely reply. Synchronization with the agent is requested again.
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

/// The result of a command whose connection ended, since a guest that shuts down also ends the agent.
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
    /// Whether the server does not have the command, for example because it is an older release.
    pub fn is_command_not_found(&self) -> bool {
        self.is_refused(|class, desc| class == "CommandNotFound" && !is_disabled(desc))
    }

    /// Whether the server has the command, but does not execute it because its configuration forbids it or file systems are
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

/// The agent has no separate error class for this.
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
