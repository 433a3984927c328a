//! A QEMU that this program has started.

use std::io;
use std::process::ExitStatus;

use ::tokio::time;

use crate::driver::child::{self, INTERVAL};
use crate::driver::deadline::Deadline;

use super::until::until;

/// A QEMU that was started as a child of this program.
///
/// Neither the end of the connection nor dropping this ends the child: have it execute `quit`, or [`kill`](Self::kill)
/// it. A child that ends after this was dropped leaves no zombie: a thread waits for it.
#[derive(Debug)]
pub struct Child {
    child: child::Child,
}

impl Child {
    #[cfg(unix)]
    pub(super) fn new(child: child::Child) -> Self {
        Self { child }
    }

    /// The process id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Kills the child, if it has not ended yet.
    ///
    /// # Errors
    ///
    /// As [`std::process::Child::kill`].
    pub fn kill(&mut self) -> io::Result<()> {
        self.child.kill()
    }

    /// How the child ended; `None` if it has not ended yet.
    ///
    /// # Errors
    ///
    /// As [`std::process::Child::try_wait`].
    pub fn try_wait(&mut self) -> io::Result<Option<ExitStatus>> {
        self.child.try_wait()
    }

    /// Waits until the child ends; `None` if it has not until the deadline.
    ///
    /// # Errors
    ///
    /// As [`std::process::Child::try_wait`].
    pub async fn wait(&mut self, deadline: impl Into<Deadline>) -> io::Result<Option<ExitStatus>> {
        let ended = async {
            loop {
                if let Some(status) = self.child.try_wait()? {
                    return Ok(status);
                }
                time::sleep(INTERVAL).await;
            }
        };
        until(deadline.into(), ended).await.transpose()
    }
}
