//! The handle of a connection, and connecting.

use std::fmt;
#[cfg(all(unix, feature = "fd"))]
use std::os::fd::OwnedFd;
#[cfg(unix)]
use std::process;
use std::sync::Arc;

use crate::core::Band;
use crate::driver::connection::{Attachment, EventSource};
use crate::driver::deadline::Deadline;
use crate::driver::error::Error;
use crate::driver::events::{AllEvents, Search};
use crate::{Command, Events, Greeting};

use super::builder::Builder;
#[cfg(unix)]
use super::child::Child;
use super::events::{EventStream, Wait};
use super::handle::Handle;

/// A handle of a connection to QEMU.
///
/// Handles are cheap to clone and can be used from many tasks at once; commands are sent in the order in which their
/// futures are first polled. The connection ends when the last handle is dropped, or by [`close`](Self::close). The
/// client never reconnects; a lost connection is an error.
///
/// ```no_run
/// # use qapi_client::{Command, Empty};
/// # use serde_json::Value;
/// # #[derive(Default)]
/// # struct QueryStatus {}
/// # impl QueryStatus { fn new() -> Self { Self {} } }
/// # impl Command for QueryStatus {
/// #     const NAME: &'static str = "query-status";
/// #     const HAS_ARGUMENTS: bool = false;
/// #     type Return = Value;
/// # }
/// # impl serde::Serialize for QueryStatus {
/// #     fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> { Empty::new().serialize(s) }
/// # }
/// use qapi_client::tokio::Client;
///
/// # async fn status() -> Result<(), qapi_client::Error> {
/// let qemu = Client::connect("unix:/run/qmp.sock").await?;
/// let status = qemu.execute(QueryStatus::new()).await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Client {
    pub(super) handle: Arc<Handle>,
}

impl Client {
    /// Connects to `unix:PATH` or `tcp:HOST:PORT`, with the defaults of [`builder`](Self::builder).
    ///
    /// # Errors
    ///
    /// Same as [`Builder::connect`].
    pub async fn connect(address: &str) -> Result<Self, Error> {
        Self::builder().connect(address).await
    }

    /// Configures a connection.
    pub fn builder() -> Builder {
        Builder::new()
    }

    /// Starts QEMU as a child, with the defaults of [`builder`](Self::builder). See [`Builder::spawn`].
    ///
    /// # Errors
    ///
    /// Same as [`Builder::spawn`].
    #[cfg(unix)]
    pub async fn spawn(command: &mut process::Command) -> Result<(Self, Child), Error> {
        Self::builder().spawn(command).await
    }

    /// Executes a command and waits for its return value, at most for `command_timeout` (60 seconds by default).
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] if the command fails, among others. After [`Error::TimedOut`], [`Error::Disconnected`] and
    /// [`Error::Protocol`], the command may have taken effect; see [`Error::outcome`].
    pub async fn execute<C: Command<Return: Send>>(&self, command: C) -> Result<C::Return, Error> {
        let deadline = self.handle.command_timeout();
        self.execute_with(command, deadline).await
    }

    /// Like [`execute`](Self::execute), with its own deadline: a [`Duration`](std::time::Duration), an
    /// [`Instant`](std::time::Instant) or [`Deadline::NEVER`].
    ///
    /// # Errors
    ///
    /// Same as [`execute`](Self::execute).
    pub async fn execute_with<C: Command<Return: Send>>(
        &self,
        command: C,
        deadline: impl Into<Deadline>,
    ) -> Result<C::Return, Error> {
        let deadline = deadline.into();
        let attachment = Attachment::new();
        self.handle
            .run(command, Band::In, attachment, deadline)
            .await
    }

    /// Like [`execute`](Self::execute), but out of band: ahead of queued commands. The command must allow it
    /// ([`Command::ALLOW_OOB`]), and `oob` must be enabled: see [`Builder::capabilities`].
    ///
    /// # Errors
    ///
    /// Same as [`execute`](Self::execute), and [`Error::OobDisabled`].
    pub async fn execute_oob<C: Command<Return: Send>>(
        &self,
        command: C,
    ) -> Result<C::Return, Error> {
        let (attachment, deadline) = (Attachment::new(), self.handle.command_timeout());
        self.handle
            .run(command, Band::Out, attachment, deadline)
            .await
    }

    /// Like [`execute`](Self::execute), and passes a file descriptor, such as for `getfd` and `add-fd`. The connection
    /// must use a Unix socket.
    ///
    /// # Errors
    ///
    /// Same as [`execute`](Self::execute), and [`Error::CannotSendFd`].
    #[cfg(all(unix, feature = "fd"))]
    pub async fn execute_with_fd<C: Command<Return: Send>>(
        &self,
        command: C,
        fd: impl Into<OwnedFd>,
    ) -> Result<C::Return, Error> {
        if !self.handle.is_socket {
            return Err(Error::CannotSendFd { command: C::NAME });
        }
        let (attachment, deadline) = (vec![fd.into()], self.handle.command_timeout());
        self.handle
            .run(command, Band::In, attachment, deadline)
            .await
    }

    /// Starts listening for an event. Call it before the command that causes the event.
    ///
    /// Events are queued until [`Wait::within`] or [`Wait::wait`] is called, with the limits of [`EventStream`].
    ///
    /// `predicate` selects the event. It is called by these two.
    pub fn wait_for<E, P>(&self, predicate: P) -> Wait<E, P>
    where
        E: Events + Send,
        P: FnMut(&E) -> bool,
    {
        let source = EventSource::new(&self.handle.connection);
        Wait::new(Search::new(source, predicate))
    }

    /// Starts listening for all events. With [`Builder::events_from_start`], the first call returns those that arrived
    /// before, too.
    pub fn events<E: Events + Send>(&self) -> EventStream<E> {
        let source = EventSource::first(&self.handle.connection);
        EventStream::new(AllEvents::new(source))
    }

    /// The server's greeting, with its version and capabilities.
    pub fn greeting(&self) -> &Greeting {
        &self.handle.greeting
    }

    /// Closes the connection for all handles. Pending commands fail.
    pub fn close(&self) {
        self.handle.end();
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").finish_non_exhaustive()
    }
}
