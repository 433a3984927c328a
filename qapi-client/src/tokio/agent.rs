//! The guest agent.

use std::fmt;
use std::sync::Arc;

use ::tokio::io::{AsyncRead, AsyncWrite};

use crate::Command;
use crate::core::{Band, Session};
use crate::driver::address::Address;
use crate::driver::connection::Attachment;
use crate::driver::deadline::Deadline;
use crate::driver::error::Error;

use super::builder::Builder;
use super::client::Client;
use super::connect::{Socket, open};
use super::handle::Handle;

/// A handle of a connection to a guest agent.
///
/// Handles are cheap to clone and can be used from many tasks at once. The agent executes one command at a time; the
/// others wait. After a command times out, the client synchronizes with the agent again, and late
/// replies are dropped. The connection ends when the last handle is dropped, or by [`close`](Self::close).
///
/// ```no_run
/// # use qapi_client::{Command, Empty};
/// # struct GuestPing {}
/// # impl GuestPing { fn new() -> Self { Self {} } }
/// # impl Command for GuestPing {
/// #     const NAME: &'static str = "guest-ping";
/// #     const HAS_ARGUMENTS: bool = false;
/// #     type Return = Empty;
/// # }
/// # impl serde::Serialize for GuestPing {
/// #     fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> { Empty::new().serialize(s) }
/// # }
/// use qapi_client::tokio::Agent;
///
/// # async fn ping() -> Result<(), qapi_client::Error> {
/// let agent = Agent::connect("unix:/run/qga.sock").await?;
/// agent.execute(GuestPing::new()).await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Agent {
    handle: Arc<Handle>,
}

impl Agent {
    /// Connects to `unix:PATH` or `tcp:HOST:PORT`, with the defaults of [`Client::builder`], and waits for an agent that
    /// is not running yet for as long as these allow. See [`Builder::connect_agent`].
    ///
    /// # Errors
    ///
    /// Same as [`Builder::connect_agent`].
    pub async fn connect(address: &str) -> Result<Self, Error> {
        let builder = Client::builder().wait_for_socket(true);
        builder.connect_agent(address).await
    }

    /// Executes a command and waits for its return value, at most for `command_timeout` (60 seconds by default).
    ///
    /// Some commands send no response on success, such as `guest-shutdown`. They are assumed to have succeeded if no error
    /// arrives within two seconds of being sent, or if the server closes the connection. Commands that wait behind them are sent as soon as the agent responds to
    /// a request to synchronize, which is repeated every second.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] if the command fails, among others. [`Error::is_command_disabled`] and
    /// [`Error::is_command_not_found`] give the reason if the agent did not execute it. After [`Error::TimedOut`] and
    /// [`Error::Disconnected`], the command may have taken effect; see [`Error::outcome`].
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
        let (attachment, deadline) = (Attachment::new(), deadline.into());
        self.handle
            .run(command, Band::In, attachment, deadline)
            .await
    }

    /// Closes the connection for all handles. Pending commands fail.
    pub fn close(&self) {
        self.handle.end();
    }
}

impl fmt::Debug for Agent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Agent").finish_non_exhaustive()
    }
}

impl Builder {
    /// Connects to the guest agent at `unix:PATH` or `tcp:HOST:PORT`, and synchronizes with it, because the channel may
    /// contain bytes of earlier clients. QEMU listens there before the guest has started its agent, so the request is
    /// repeated until the agent responds.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidAddress`]; [`Error::Connect`] if nothing listens there; [`Error::AgentNotReady`] if the agent does
    /// not respond within [`connect_timeout`](Self::connect_timeout); [`Error::Disconnected`].
    pub async fn connect_agent(self, address: &str) -> Result<Agent, Error> {
        let deadline = Deadline::from(self.options.connect_timeout);
        let address: Address = address.parse()?;
        let name = address.to_string();
        match open(
            address,
            self.options.wait_for_socket,
            deadline,
            Error::agent_not_ready,
        )
        .await?
        {
            #[cfg(unix)]
            Socket::Unix(stream) => self.synchronize(stream, &name, deadline).await,
            Socket::Tcp(stream) => self.synchronize(stream, &name, deadline).await,
        }
    }

    /// Synchronizes with a guest agent over an existing stream.
    ///
    /// # Errors
    ///
    /// Same as [`connect_agent`](Self::connect_agent).
    pub async fn connect_agent_stream<S>(self, stream: S) -> Result<Agent, Error>
    where
        S: AsyncRead + AsyncWrite + Send + 'static,
    {
        let deadline = Deadline::from(self.options.connect_timeout);
        self.synchronize(stream, "the stream", deadline).await
    }

    async fn synchronize<S>(
        self,
        stream: S,
        address: &str,
        deadline: Deadline,
    ) -> Result<Agent, Error>
    where
        S: AsyncRead + AsyncWrite + Send + 'static,
    {
        let handle =
            Handle::open(Session::agent(), self.options, stream, address, deadline).await?;
        Ok(Agent { handle })
    }
}
