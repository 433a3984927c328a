//! The handle of a connection, and connecting.

use std::fmt;
use std::future::{Future, poll_fn};
use std::io;
#[cfg(all(unix, feature = "fd"))]
use std::os::fd::OwnedFd;
use std::process;
use std::sync::Arc;
use std::time::Duration;

use ::tokio::io::{AsyncRead, AsyncWrite};
use ::tokio::net::TcpStream;
#[cfg(unix)]
use ::tokio::net::UnixStream;
use ::tokio::time;

use crate::core::{Band, Session};
use crate::driver::address::Address;
use crate::driver::answer::{Search, read_answer, timed_out};
use crate::driver::builder::Options;
use crate::driver::connection::{Attachment, Connection, EventSource};
use crate::driver::deadline::Deadline;
use crate::driver::error::{Disconnect, Error};
use crate::{Command, Events, Greeting};

use super::child::Child;
use super::events::{EventStream, Wait};
use super::task::{self, Writer};
use super::until::until;

/// Names this driver in [`Builder`].
#[derive(Debug)]
pub enum Tokio {}

/// Configures a connection of the tokio driver.
pub type Builder = crate::driver::builder::Builder<Tokio>;

/// The interval between attempts to connect to a socket that does not exist yet.
const RETRY: Duration = Duration::from_millis(20);

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
/// #     const ALLOW_OOB: bool = false;
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
    handle: Arc<Handle>,
}

/// The state that all clones of a client share. Dropping it ends the connection.
pub(super) struct Handle {
    pub(super) connection: Arc<Connection>,
    task: Arc<dyn Writer>,
    /// Whether file descriptors can be sent.
    #[cfg(all(unix, feature = "fd"))]
    is_socket: bool,
    greeting: Arc<Greeting>,
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
    pub async fn execute<C: Command>(&self, command: C) -> Result<C::Return, Error>
    where
        C::Return: Send,
    {
        let timeout = self.handle.connection.options.command_timeout;
        self.execute_with(command, timeout).await
    }

    /// Like [`execute`](Self::execute), with its own deadline: a [`Duration`], a [`std::time::Instant`] or
    /// [`Deadline::NEVER`].
    ///
    /// # Errors
    ///
    /// Same as [`execute`](Self::execute).
    pub async fn execute_with<C: Command>(
        &self,
        command: C,
        deadline: impl Into<Deadline>,
    ) -> Result<C::Return, Error>
    where
        C::Return: Send,
    {
        self.run(command, Band::In, Attachment::new(), deadline.into())
            .await
    }

    /// Like [`execute`](Self::execute), but out of band: ahead of queued commands. The command must allow it
    /// ([`Command::ALLOW_OOB`]), and `oob` must be enabled: see [`Builder::capabilities`].
    ///
    /// # Errors
    ///
    /// Same as [`execute`](Self::execute), and [`Error::OobDisabled`].
    pub async fn execute_oob<C: Command>(&self, command: C) -> Result<C::Return, Error>
    where
        C::Return: Send,
    {
        let timeout = self.handle.connection.options.command_timeout;
        self.run(command, Band::Out, Attachment::new(), timeout.into())
            .await
    }

    /// Like [`execute`](Self::execute), and passes a file descriptor, such as for `getfd` and `add-fd`. The connection
    /// must use a Unix socket.
    ///
    /// # Errors
    ///
    /// Same as [`execute`](Self::execute), and [`Error::CannotSendFd`].
    #[cfg(all(unix, feature = "fd"))]
    pub async fn execute_with_fd<C: Command>(
        &self,
        command: C,
        fd: impl Into<OwnedFd>,
    ) -> Result<C::Return, Error>
    where
        C::Return: Send,
    {
        if !self.handle.is_socket {
            return Err(Error::CannotSendFd { command: C::NAME });
        }
        let timeout = self.handle.connection.options.command_timeout;
        self.run(command, Band::In, vec![fd.into()], timeout.into())
            .await
    }

    async fn run<C: Command>(
        &self,
        command: C,
        band: Band,
        attachment: Attachment,
        deadline: Deadline,
    ) -> Result<C::Return, Error>
    where
        C::Return: Send,
    {
        let connection = &self.handle.connection;
        let mut reply = connection.submit(command, band, attachment)?;
        self.handle.send();
        match until(deadline, &mut reply).await {
            Some(answer) => read_answer(C::NAME, &answer?, connection.options.max_depth),
            None => Err(timed_out(reply.command(), deadline, reply.give_up())),
        }
    }

    /// Starts listening for an event. Call it before the command that causes the event.
    ///
    /// `predicate` selects the event. It is called by [`Wait::within`] and [`Wait::wait`].
    pub fn wait_for<E, P>(&self, predicate: P) -> Wait<E, P>
    where
        E: Events + Send,
        P: FnMut(&E) -> bool,
    {
        Wait::new(Search::new(
            EventSource::new(&self.handle.connection),
            predicate,
        ))
    }

    /// Starts listening for all events. With [`Builder::events_from_start`], the first call returns those that arrived
    /// before, too.
    pub fn events<E: Events + Send>(&self) -> EventStream<E> {
        EventStream::new(EventSource::first(&self.handle.connection))
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

impl Handle {
    /// Starts the task of a connection.
    pub(super) fn start<S>(session: Session<Attachment>, options: Options, stream: S) -> Self
    where
        S: AsyncRead + AsyncWrite + Send + 'static,
    {
        let connection = Connection::new(session, options);
        #[cfg(all(unix, feature = "fd"))]
        let is_socket = super::fd::socket(&stream).is_some();
        let task = task::spawn(connection.clone(), stream);
        Self {
            connection,
            task,
            #[cfg(all(unix, feature = "fd"))]
            is_socket,
            greeting: Arc::default(),
        }
    }

    /// Sends a queued command.
    ///
    /// A single command is written here, which saves waking the task. If several are queued, the task writes all of
    /// them in one system call.
    pub(super) fn send(&self) {
        match self.connection.awaits_one() {
            true => self.task.write_now(),
            false => self.connection.wake_writer(),
        }
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

impl Builder {
    /// Connects to `unix:PATH` or `tcp:HOST:PORT`, and negotiates.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidAddress`]; [`Error::Connect`] if nothing listens there; [`Error::NotReady`] if no greeting comes
    /// within [`connect_timeout`](Self::connect_timeout), for example because another client is connected;
    /// [`Error::Disconnected`] and [`Error::Protocol`] if it is not a QMP server.
    pub async fn connect(self, address: &str) -> Result<Client, Error> {
        let deadline = Deadline::from(self.options.connect_timeout);
        let address: Address = address.parse()?;
        let name = address.to_string();
        match open(address, self.options.wait_for_socket, deadline).await? {
            #[cfg(unix)]
            Socket::Unix(stream) => self.negotiate(stream, &name, deadline).await,
            Socket::Tcp(stream) => self.negotiate(stream, &name, deadline).await,
        }
    }

    /// Negotiates over an existing stream, such as one end of a socket pair.
    ///
    /// # Errors
    ///
    /// Same as [`connect`](Self::connect).
    pub async fn connect_stream<S>(self, stream: S) -> Result<Client, Error>
    where
        S: AsyncRead + AsyncWrite + Send + 'static,
    {
        let deadline = Deadline::from(self.options.connect_timeout);
        self.negotiate(stream, "the stream", deadline).await
    }

    /// Starts QEMU as a child that speaks QMP on its standard input and output: the arguments of `command` must contain
    /// `-qmp stdio` or an equivalent.
    ///
    /// The child does not end with the connection; see [`Child`].
    ///
    /// # Errors
    ///
    /// [`Error::Connect`] if the program cannot be started, and those of [`connect`](Self::connect). The child is then
    /// killed.
    #[cfg(unix)]
    pub async fn spawn(self, command: &mut process::Command) -> Result<(Client, Child), Error> {
        let deadline = Deadline::from(self.options.connect_timeout);
        let address = command.get_program().to_string_lossy().into_owned();
        let mut start = || {
            let (stream, child) = crate::driver::child::Child::spawn(command)?;
            stream.set_nonblocking(true)?;
            Ok((UnixStream::from_std(stream)?, child))
        };
        let (stream, mut child) = start().map_err(|source| connect_error(&address, source))?;
        match self.negotiate(stream, &address, deadline).await {
            Ok(client) => Ok((client, Child::new(child))),
            Err(error) => {
                let _ = child.kill();
                Err(error)
            }
        }
    }

    pub(super) async fn negotiate<S>(
        self,
        stream: S,
        address: &str,
        deadline: Deadline,
    ) -> Result<Client, Error>
    where
        S: AsyncRead + AsyncWrite + Send + 'static,
    {
        let session = Session::qmp(self.options.capabilities.clone());
        // If it is dropped before the end, it closes the connection.
        let mut handle = Handle::start(session, self.options, stream);
        let ready = until(
            deadline,
            poll_fn(|context| handle.connection.poll_ready(context)),
        )
        .await;
        let greeting = handle.connection.greeting();
        match ready {
            Some(ready) => ready?,
            None => return Err(not_ready(address, deadline, greeting.is_some())),
        }
        handle.greeting = greeting.unwrap_or_default();
        Ok(Client {
            handle: Arc::new(handle),
        })
    }
}

pub(super) fn connect_error(address: &str, source: io::Error) -> Error {
    Error::Connect {
        address: address.to_owned(),
        source,
    }
}

fn not_ready(address: &str, deadline: Deadline, greeted: bool) -> Error {
    Error::NotReady {
        address: address.to_owned(),
        after: deadline.duration(),
        greeted,
    }
}

/// A stream that was opened.
pub(super) enum Socket {
    #[cfg(unix)]
    Unix(UnixStream),
    Tcp(TcpStream),
}

/// Opens a connection to an address.
pub(super) async fn open(
    address: Address,
    wait_for_socket: bool,
    deadline: Deadline,
) -> Result<Socket, Error> {
    let name = address.to_string();
    match address {
        #[cfg(unix)]
        Address::Unix(path) => {
            let open = || UnixStream::connect(&path);
            let stream = open_until(open, wait_for_socket, &name, deadline).await?;
            Ok(Socket::Unix(stream))
        }
        #[cfg(not(unix))]
        Address::Unix(_) => Err(connect_error(&name, io::ErrorKind::Unsupported.into())),
        Address::Tcp(host) => {
            let open = || TcpStream::connect(&host);
            let stream = open_until(open, wait_for_socket, &name, deadline).await?;
            stream
                .set_nodelay(true)
                .map_err(|source| connect_error(&name, source))?;
            Ok(Socket::Tcp(stream))
        }
    }
}

async fn open_until<S, F: Future<Output = io::Result<S>>>(
    open: impl Fn() -> F,
    wait_for_socket: bool,
    address: &str,
    deadline: Deadline,
) -> Result<S, Error> {
    let mut last = None;
    let attempts = async {
        loop {
            let error = match open().await {
                Ok(stream) => return Ok(stream),
                Err(error) => error,
            };
            match error.kind() {
                // The server does not accept, and its queue of connections is full.
                io::ErrorKind::WouldBlock => {}
                io::ErrorKind::NotFound | io::ErrorKind::ConnectionRefused if wait_for_socket => {
                    last = Some(error);
                }
                _ => return Err(connect_error(address, error)),
            }
            time::sleep(RETRY).await;
        }
    };
    match until(deadline, attempts).await {
        Some(opened) => opened,
        None => Err(match last {
            Some(error) => connect_error(address, error),
            None => not_ready(address, deadline, false),
        }),
    }
}
