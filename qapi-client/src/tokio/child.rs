//! A QEMU that this program has started.

use std::io;
use std::process::ExitStatus;

use ::tokio::time;

use crate::driver::child::{self, INTERVAL};
use crate::driver::deadline::Deadline;

use super::until::until;

/// A QEMU that was started as a child of this program.
///
/// The child survives the end of the connection and dropping this value: execute `quit`, or [`kill`](Self::kill) it. A
/// child that exits after this value was dropped leaves no zombie process, because a thread waits for it.
#[derive(Debug)]
pub struct Child {
    child: child::Child,
}

impl Child {
    #[cfg(unix)]
    pub(super) fn new(child: child::Child) -> Self {
        Self { child }
    }

    /// The process ID.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Kills the child if it has not exited yet.
    ///
    /// # Errors
    ///
    /// Same as [`std::process::Child::kill`].
    pub fn kill(&mut self) -> io::Result<()> {
        self.child.kill()
    }

    /// The exit status of the child; `None` if it has not exited yet.
    ///
    /// # Errors
    ///
    /// Same as [`std::process::Child::try_wait`].
    pub fn try_wait(&mut self) -> io::Result<Option<ExitStatus>> {
        self.child.try_wait()
    }

    /// Waits for the child to exit; `None` if it has not exited by the deadline.
    ///
    /// # Errors
    ///
    /// Same as [`std::process::Child::try_wait`].
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
