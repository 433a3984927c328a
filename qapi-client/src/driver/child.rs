//! A QEMU that this program has started.

use std::fmt;
use std::io;
use std::marker::PhantomData;
#[cfg(unix)]
use std::os::fd::OwnedFd;
#[cfg(unix)]
use std::os::unix::net::UnixStream;
#[cfg(unix)]
use std::process::Stdio;
use std::process::{self, ExitStatus};
use std::thread;
use std::time::Duration;

/// The polling interval for the end of a child: the standard library has no wait with a deadline.
pub(crate) const INTERVAL: Duration = Duration::from_millis(10);

/// A QEMU that was started as a child of this program.
///
/// The child survives the end of the connection and dropping this value: execute `quit`, or [`kill`](Self::kill) it. A
/// child that exits after this value was dropped leaves no zombie process, because a thread waits for it.
pub struct Child<Driver> {
    /// `None` once another thread waits for the child.
    child: Option<process::Child>,
    id: u32,
    /// Until the client is connected.
    kill_on_drop: bool,
    driver: PhantomData<fn() -> Driver>,
}

impl<Driver> Child<Driver> {
    /// Starts a program with one end of a socket pair as its standard input and output. Dropping the child kills it unless
    /// it is [kept](Self::keep).
    #[cfg(unix)]
    pub(crate) fn spawn(command: &mut process::Command) -> io::Result<(UnixStream, Self)> {
        let (ours, theirs) = UnixStream::pair()?;
        command.stdin(OwnedFd::from(theirs.try_clone()?));
        command.stdout(OwnedFd::from(theirs));
        let child = command.spawn();
        // The command holds the child's end of the socket; while it is open, the exit of the child would go unnoticed.
        command.stdin(Stdio::null()).stdout(Stdio::null());
        let child = child?;
        let child = Self {
            id: child.id(),
            child: Some(child),
            kill_on_drop: true,
            driver: PhantomData,
        };
        Ok((ours, child))
    }

    /// From now on, the child survives being dropped.
    #[cfg(unix)]
    pub(crate) fn keep(mut self) -> Self {
        self.kill_on_drop = false;
        self
    }

    /// The process ID.
    pub fn id(&self) -> u32 {
        self.id
    }

    /// Kills the child if it has not exited yet.
    ///
    /// # Errors
    ///
    /// Same as [`std::process::Child::kill`].
    pub fn kill(&mut self) -> io::Result<()> {
        self.child.as_mut().map_or(Ok(()), process::Child::kill)
    }

    /// The exit status of the child; `None` if it has not exited yet.
    ///
    /// # Errors
    ///
    /// Same as [`std::process::Child::try_wait`].
    pub fn try_wait(&mut self) -> io::Result<Option<ExitStatus>> {
        self.child
            .as_mut()
            .map_or(Ok(None), process::Child::try_wait)
    }
}

impl<Driver> Drop for Child<Driver> {
    fn drop(&mut self) {
        let Some(mut child) = self.child.take() else {
            return;
        };
        if self.kill_on_drop {
            let _ = child.kill();
        }
        if let Ok(None) = child.try_wait() {
            let thread = thread::Builder::new().name("qapi-reap".to_owned());
            let _ = thread.spawn(move || child.wait());
        }
    }
}

impl<Driver> fmt::Debug for Child<Driver> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Child").field("id", &self.id).finish()
    }
}
