//! From a connected stream to a session that is ready for commands.

use std::time::{Duration, Instant};

use crate::driver::connection::{ATTEMPT, Connection};
use crate::driver::deadline::Deadline;
use crate::driver::error::Error;

/// The interval between attempts to connect to a socket that does not exist yet.
pub(crate) const RETRY: Duration = Duration::from_millis(20);

/// A connection that is being established.
pub(crate) struct Opening<'a> {
    pub(crate) connection: &'a Connection,
    pub(crate) address: &'a str,
    pub(crate) deadline: Deadline,
}

impl Opening<'_> {
    /// Begins an attempt, and says when to call [`expired`](Self::expired) if the connection does not become ready.
    pub(crate) fn attempt(&self) -> Option<Instant> {
        let deadline = self.deadline.instant();
        if !self.connection.is_agent() {
            return deadline;
        }
        self.connection.synchronize();
        let end = Instant::now() + ATTEMPT;
        Some(deadline.map_or(end, |deadline| deadline.min(end)))
    }

    /// An error, or success if there is time for another attempt.
    pub(crate) fn expired(&self) -> Result<(), Error> {
        let now = Instant::now();
        if self.deadline.instant().is_none_or(|it| now < it) {
            return Ok(());
        }
        let (address, after) = (self.address.to_owned(), self.deadline.duration());
        Err(match self.connection.is_agent() {
            true => Error::AgentNotReady { address, after },
            false => Error::NotReady {
                address,
                after,
                greeted: self.connection.greeting().is_some(),
            },
        })
    }
}
