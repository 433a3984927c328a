//! The state that all clones of a client share.

use std::net::Shutdown;
use std::sync::Arc;

use crate::core::{Band, Session};
use crate::driver::action::Action;
use crate::driver::builder::Options;
use crate::driver::call::Call;
use crate::driver::connection::{Attachment, Connection};
use crate::driver::deadline::Deadline;
use crate::driver::error::{Disconnect, Error};
use crate::driver::opening::Opening;
use crate::{Command, Greeting};

use super::stream::Stream;
use super::{signal, threads};

/// A connection with its threads. Dropping it ends the connection.
pub(super) struct Handle {
    pub(super) connection: Arc<Connection>,
    pub(super) stream: Arc<dyn Stream>,
    pub(super) greeting: Arc<Greeting>,
}

impl Handle {
    /// Starts the threads of a connection, and waits until commands can be sent.
    pub(super) fn open(
        session: Session<Attachment>,
        options: Options,
        stream: Arc<dyn Stream>,
        address: &str,
        deadline: Deadline,
    ) -> Result<Arc<Self>, Error> {
        // If an error follows, dropping it closes the connection.
        let mut handle = Self {
            connection: Connection::new(session, options),
            stream,
            greeting: Arc::default(),
        };
        threads::start(&handle.connection, &handle.stream)
            .map_err(|source| Error::connect(Action::Connect, address, source))?;
        let opening = Opening {
            connection: &handle.connection,
            address,
            deadline,
        };
        loop {
            match signal::wait(opening.attempt(), |it| handle.connection.poll_ready(it)) {
                Some(ready) => break ready?,
                None => opening.expired()?,
            }
        }
        handle.greeting = handle.connection.greeting().unwrap_or_default();
        Ok(Arc::new(handle))
    }

    /// Executes a command.
    pub(super) fn run<C: Command<Return: Send>>(
        &self,
        command: C,
        band: Band,
        attachment: Attachment,
        deadline: Deadline,
    ) -> Result<C::Return, Error> {
        let mut call = Call::new(&self.connection, command, band, attachment, deadline)?;
        self.connection.wake_writer();
        loop {
            if let Some(result) = signal::wait(call.limit(), |it| call.poll(it)) {
                return result;
            }
            if let Some(result) = call.expired() {
                return result;
            }
        }
    }

    /// The deadline of a command that has none of its own.
    pub(super) fn command_timeout(&self) -> Deadline {
        self.connection.options.command_timeout.into()
    }

    pub(super) fn end(&self) {
        self.connection.end(Disconnect::Closed);
        let _ = self.stream.shutdown(Shutdown::Both);
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        self.end();
    }
}
