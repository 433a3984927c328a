//! Waiting for a QEMU that this program has started.

use std::io;
use std::process::ExitStatus;

use ::tokio::time;

use crate::driver::child::INTERVAL;
use crate::driver::deadline::Deadline;

use super::builder::Tokio;
use super::until::until;

/// A QEMU that was started with [`Client::spawn`](super::Client::spawn).
pub type Child = crate::driver::child::Child<Tokio>;

impl Child {
    /// Waits for the child to exit; `None` if it has not exited by the deadline.
    ///
    /// # Errors
    ///
    /// Same as [`std::process::Child::try_wait`].
    pub async fn wait(&mut self, deadline: impl Into<Deadline>) -> io::Result<Option<ExitStatus>> {
        let ended = async {
            loop {
                if let Some(status) = self.try_wait()? {
                    return Ok(status);
                }
                time::sleep(INTERVAL).await;
            }
        };
        until(deadline.into().instant(), ended).await.transpose()
    }
}
