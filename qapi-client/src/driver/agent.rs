//! Errors that the guest agent reports in its own way.

use crate::driver::error::Error;

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
    fn disabled_and_unknown_commands_are_distinguished() {
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
