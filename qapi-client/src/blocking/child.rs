//! Waiting for a QEMU that this program has started.

use std::io;
use std::process::ExitStatus;
use std::thread;
use std::time::Instant;

use crate::driver::child::INTERVAL;
use crate::driver::deadline::Deadline;

use super::builder::Blocking;

/// A QEMU that was started with [`Client::spawn`](super::Client::spawn).
pub type Child = crate::driver::child::Child<Blocking>;

impl Child {
    /// Waits for the child to exit; `None` if it has not exited by the deadline.
    ///
    /// # Errors
    ///
    /// Same as [`std::process::Child::try_wait`].
    pub fn wait(&mut self, deadline: impl Into<Deadline>) -> io::Result<Option<ExitStatus>> {
        let deadline = deadline.into();
        loop {
            let status = self.try_wait()?;
            if status.is_some() || deadline.instant().is_some_and(|it| it <= Instant::now()) {
                return Ok(status);
            }
            thread::sleep(INTERVAL);
        }
    }
}
