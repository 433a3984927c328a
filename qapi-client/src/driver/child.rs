//! A QEMU that this program has started.

use std::fmt;
use std::io;
#[cfg(unix)]
use std::os::fd::OwnedFd;
#[cfg(unix)]
use std::os::unix::net::UnixStream;
use std::process::{self, ExitStatus, Stdio};
use std::thread;
use std::time::Duration;

/// The polling interval for the end of a child: the standard library has no wait with a deadline.
pub(crate) const INTERVAL: Duration = Duration::from_millis(10);

/// A child process. If it exits after this value was dropped, it leaves no zombie process, because a thread waits for it.
pub(crate) struct Child {
    /// `None` once another thread waits for the child.
    child: Option<process::Child>,
    id: u32,
}

impl Child {
    /// Starts a program with one end of a socket pair as its standard input and output.
    #[cfg(unix)]
    pub(crate) fn spawn(command: &mut process::Command) -> io::Result<(UnixStream, Self)> {
        let (ours, theirs) = UnixStream::pair()?;
        command.stdin(OwnedFd::from(theirs.try_clone()?));
        command.stdout(OwnedFd::from(theirs));
        let child = command.spawn();
        // The command holds the child's end of the socket; while it is open, the exit of the child would go unnoticed.
        command.stdin(Stdio::null()).stdout(Stdio::null());
        let child = child?;
        let id = child.id();
        let child = Some(child);
        Ok((ours, Self { child, id }))
    }

    /// The process ID.
    pub(crate) fn id(&self) -> u32 {
        self.id
    }

    /// Kills the child if it has not exited yet.
    pub(crate) fn kill(&mut self) -> io::Result<()> {
        self.child.as_mut().map_or(Ok(()), process::Child::kill)
    }

    /// The exit status of the child; `None` if it has not exited yet.
    pub(crate) fn try_wait(&mut self) -> io::Result<Option<ExitStatus>> {
        self.child
            .as_mut()
            .map_or(Ok(None), process::Child::try_wait)
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        let Some(mut child) = self.child.take() else {
            return;
        };
        if let Ok(None) = child.try_wait() {
            let thread = thread::Builder::new().name("qapi-reap".to_owned());
            let _ = thread.spawn(move || child.wait());
        }
    }
}

impl fmt::Debug for Child {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Child").field("id", &self.id).finish()
    }
}
