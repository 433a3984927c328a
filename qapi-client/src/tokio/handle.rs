//! The state that all clones of a client share.

use std::future::poll_fn;
use std::sync::Arc;

use ::tokio::io::{AsyncRead, AsyncWrite};

use crate::core::{Band, Session};
use crate::driver::builder::Options;
use crate::driver::call::Call;
use crate::driver::connection::{Attachment, Connection};
use crate::driver::deadline::Deadline;
use crate::driver::error::{Disconnect, Error};
use crate::driver::opening::Opening;
use crate::{Command, Greeting};

use super::task::{self, Writer};
use super::until::until;

/// A connection with its task. Dropping it ends the connection.
pub(super) struct Handle {
    pub(super) connection: Arc<Connection>,
    task: Arc<dyn Writer>,
    /// Whether file descriptors can be sent.
    #[cfg(all(unix, feature = "fd"))]
    pub(super) is_socket: bool,
    pub(super) greeting: Arc<Greeting>,
}

impl Handle {
    /// Starts the task of a connection, and waits until commands can be sent.
    pub(super) async fn open<S>(
        session: Session<Attachment>,
        options: Options,
        stream: S,
        address: &str,
        deadline: Deadline,
    ) -> Result<Arc<Self>, Error>
    where
        S: AsyncRead + AsyncWrite + Send + 'static,
    {
        let connection = Connection::new(session, options);
        #[cfg(all(unix, feature = "fd"))]
        let is_socket = super::fd::socket(&stream).is_some();
        // If an error follows, dropping it closes the connection.
        let mut handle = Self {
            task: task::spawn(connection.clone(), stream),
            connection,
            #[cfg(all(unix, feature = "fd"))]
            is_socket,
            greeting: Arc::default(),
        };
        let opening = Opening {
            connection: &handle.connection,
            address,
            deadline,
        };
        loop {
            let ready = poll_fn(|context| handle.connection.poll_ready(context));
            match until(opening.attempt(), ready).await {
                Some(ready) => break ready?,
                None => opening.expired()?,
            }
        }
        handle.greeting = handle.connection.greeting().unwrap_or_default();
        Ok(Arc::new(handle))
    }

    /// Executes a command.
    pub(super) async fn run<C: Command<Return: Send>>(
        &self,
        command: C,
        band: Band,
        attachment: Attachment,
        deadline: Deadline,
    ) -> Result<C::Return, Error> {
        let mut call = Call::new(&self.connection, command, band, attachment, deadline)?;
        self.send();
        loop {
            let limit = call.limit();
            if let Some(result) = until(limit, poll_fn(|context| call.poll(context))).await {
                return result;
            }
            if let Some(result) = call.expired() {
                return result;
            }
        }
    }

    /// Sends a queued command.
    ///
    /// A single command is written here, which saves waking the task. If several are queued, the task writes all of
    /// them in one system call.
    fn send(&self) {
        match self.connection.awaits_one() {
            true => self.task.write_now(),
            false => self.connection.wake_writer(),
        }
    }

    /// The deadline of a command that has none of its own.
    pub(super) fn command_timeout(&self) -> Deadline {
        self.connection.options.command_timeout.into()
    }

    pub(super) fn end(&self) {
        self.connection.end(Disconnect::Closed);
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        self.end();
    }
}
