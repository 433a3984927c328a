//! The handle of a connection, and connecting.

use std::fmt;
use std::future::Future;
use std::io;
use std::net::{Shutdown, TcpStream, ToSocketAddrs as _};
#[cfg(all(unix, feature = "fd"))]
use std::os::fd::OwnedFd;
#[cfg(unix)]
use std::os::unix::net::UnixStream;
use std::pin::pin;
use std::process;
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use crate::core::{Band, Session};
use crate::driver::address::Address;
use crate::driver::answer::{Search, read_answer, timed_out};
use crate::driver::builder::Options;
use crate::driver::connection::{Attachment, Connection, EventSource};
use crate::driver::deadline::Deadline;
use crate::driver::error::{Disconnect, Error};
use crate::{Command, Events, Greeting};

use super::child::Child;
use super::events::{EventIter, Wait};
use super::stream::Stream;
use super::{signal, threads};

/// Names this driver in [`Builder`].
#[derive(Debug)]
pub enum Blocking {}

/// Configures a connection of the blocking driver.
pub type Builder = crate::driver::builder::Builder<Blocking>;

/// The interval between attempts to connect to a socket that does not exist yet.
const RETRY: Duration = Duration::from_millis(20);

/// A handle of a connection to QEMU.
///
/// Handles are cheap to clone and can be used from many threads at once; commands are sent in the order of the calls.
/// The connection ends when the last handle is dropped, or by [`close`](Self::close). The client never reconnects; a
/// lost connection is an error.
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
/// use qapi_client::blocking::Client;
///
/// let qemu = Client::connect("unix:/run/qmp.sock")?;
/// let status = qemu.execute(QueryStatus::new())?;
/// # Ok::<(), qapi_client::Error>(())
/// ```
#[derive(Clone)]
pub struct Client {
    handle: Arc<Handle>,
}

/// The state that all clones of a client share. Dropping it ends the connection.
pub(super) struct Handle {
    pub(super) connection: Arc<Connection>,
    stream: Arc<dyn Stream>,
    greeting: Arc<Greeting>,
}

impl Client {
    /// Connects to `unix:PATH` or `tcp:HOST:PORT`, with the defaults of [`builder`](Self::builder).
    ///
    /// # Errors
    ///
    /// Same as [`Builder::connect`].
    pub fn connect(address: &str) -> Result<Self, Error> {
        Self::builder().connect(address)
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
    pub fn spawn(command: &mut process::Command) -> Result<(Self, Child), Error> {
        Self::builder().spawn(command)
    }

    /// Executes a command and waits for its return value, at most for `command_timeout` (60 seconds by default).
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] if the command fails, among others. After [`Error::TimedOut`], [`Error::Disconnected`] and
    /// [`Error::Protocol`], the command may have taken effect; see [`Error::outcome`].
    pub fn execute<C: Command>(&self, command: C) -> Result<C::Return, Error>
    where
        C::Return: Send,
    {
        let timeout = self.handle.connection.options.command_timeout;
        self.execute_with(command, timeout)
    }

    /// Like [`execute`](Self::execute), with its own deadline: a [`Duration`], an [`Instant`] or
    /// [`Deadline::NEVER`].
    ///
    /// # Errors
    ///
    /// Same as [`execute`](Self::execute).
    pub fn execute_with<C: Command>(
        &self,
        command: C,
        deadline: impl Into<Deadline>,
    ) -> Result<C::Return, Error>
    where
        C::Return: Send,
    {
        self.run(command, Band::In, Attachment::new(), deadline.into())
    }

    /// Like [`execute`](Self::execute), but out of band: ahead of queued commands. The command must allow it
    /// ([`Command::ALLOW_OOB`]), and `oob` must be enabled: see [`Builder::capabilities`].
    ///
    /// # Errors
    ///
    /// Same as [`execute`](Self::execute), and [`Error::OobDisabled`].
    pub fn execute_oob<C: Command>(&self, command: C) -> Result<C::Return, Error>
    where
        C::Return: Send,
    {
        let timeout = self.handle.connection.options.command_timeout;
        self.run(command, Band::Out, Attachment::new(), timeout.into())
    }

    /// Like [`execute`](Self::execute), and passes a file descriptor, such as for `getfd` and `add-fd`. The connection
    /// must use a Unix socket.
    ///
    /// # Errors
    ///
    /// Same as [`execute`](Self::execute), and [`Error::CannotSendFd`].
    #[cfg(all(unix, feature = "fd"))]
    pub fn execute_with_fd<C: Command>(
        &self,
        command: C,
        fd: impl Into<OwnedFd>,
    ) -> Result<C::Return, Error>
    where
        C::Return: Send,
    {
        if self.handle.stream.as_socket().is_none() {
            return Err(Error::CannotSendFd { command: C::NAME });
        }
        let timeout = self.handle.connection.options.command_timeout;
        self.run(command, Band::In, vec![fd.into()], timeout.into())
    }

    fn run<C: Command>(
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
        connection.wake_writer();
        let answer = signal::wait(deadline.instant(), |it| pin!(&mut reply).poll(it));
        match answer {
            Some(answer) => read_answer(C::NAME, &answer?, connection.options.max_depth),
            None => Err(timed_out(reply.command(), deadline, reply.give_up())),
        }
    }

    /// Starts listening for an event. Call it before the command that causes the event.
    ///
    /// `predicate` selects the event. It is called by [`Wait::within`] and [`Wait::wait`], in their
    /// thread.
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
    pub fn events<E: Events + Send>(&self) -> EventIter<E> {
        EventIter::new(EventSource::first(&self.handle.connection))
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
    /// Starts the threads of a connection.
    pub(super) fn start(
        session: Session<Attachment>,
        options: Options,
        stream: Arc<dyn Stream>,
        address: &str,
    ) -> Result<Self, Error> {
        let handle = Self {
            connection: Connection::new(session, options),
            stream,
            greeting: Arc::default(),
        };
        threads::start(&handle.connection, &handle.stream)
            .map_err(|source| connect_error(address, source))?;
        Ok(handle)
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

impl Builder {
    /// Connects to `unix:PATH` or `tcp:HOST:PORT`, and negotiates.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidAddress`]; [`Error::Connect`] if nothing listens there; [`Error::NotReady`] if no greeting comes
    /// within [`connect_timeout`](Self::connect_timeout), for example because another client is connected;
    /// [`Error::Disconnected`] and [`Error::Protocol`] if it is not a QMP server.
    pub fn connect(self, address: &str) -> Result<Client, Error> {
        let deadline = Deadline::from(self.options.connect_timeout);
        let address: Address = address.parse()?;
        let stream = open(&address, self.options.wait_for_socket, deadline)?;
        self.negotiate(stream, &address.to_string(), deadline)
    }

    /// Negotiates over an existing stream, such as one end of a socket pair.
    ///
    /// # Errors
    ///
    /// Same as [`connect`](Self::connect).
    pub fn connect_stream(self, stream: impl Stream) -> Result<Client, Error> {
        let deadline = Deadline::from(self.options.connect_timeout);
        self.negotiate(Arc::new(stream), "the stream", deadline)
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
    pub fn spawn(self, command: &mut process::Command) -> Result<(Client, Child), Error> {
        let deadline = Deadline::from(self.options.connect_timeout);
        let address = command.get_program().to_string_lossy().into_owned();
        let (stream, mut child) = crate::driver::child::Child::spawn(command)
            .map_err(|source| connect_error(&address, source))?;
        match self.negotiate(Arc::new(stream), &address, deadline) {
            Ok(client) => Ok((client, Child::new(child))),
            Err(error) => {
                let _ = child.kill();
                Err(error)
            }
        }
    }

    pub(super) fn negotiate(
        self,
        stream: Arc<dyn Stream>,
        address: &str,
        deadline: Deadline,
    ) -> Result<Client, Error> {
        let session = Session::qmp(self.options.capabilities.clone());
        // If it is dropped before the end, it closes the connection.
        let mut handle = Handle::start(session, self.options, stream, address)?;
        let ready = signal::wait(deadline.instant(), |it| handle.connection.poll_ready(it));
        let greeting = handle.connection.greeting();
        match ready {
            Some(ready) => ready?,
            None => {
                return Err(Error::NotReady {
                    address: address.to_owned(),
                    after: deadline.duration(),
                    greeted: greeting.is_some(),
                });
            }
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

/// Opens a connection in a separate thread, because there is no time limit for a Unix socket whose server does not
/// accept, or for looking up a host.
pub(super) fn open(
    address: &Address,
    wait_for_socket: bool,
    deadline: Deadline,
) -> Result<Arc<dyn Stream>, Error> {
    let (sender, receiver) = mpsc::sync_channel(1);
    let name = address.to_string();
    let open = {
        let address = address.clone();
        move || {
            // If nobody waits any more, the stream is dropped.
            let _ = sender.send(open_until(&address, wait_for_socket, deadline.instant()));
        }
    };
    thread::Builder::new()
        .name("qapi-connect".to_owned())
        .spawn(open)
        .map_err(|source| connect_error(&name, source))?;
    // The thread observes the deadline where possible, and its error has more information.
    let left = left(deadline.instant()).saturating_add(Duration::from_millis(100));
    match receiver.recv_timeout(left) {
        Ok(opened) => opened.map_err(|source| connect_error(&name, source)),
        Err(_) => Err(Error::NotReady {
            address: name,
            after: deadline.duration(),
            greeted: false,
        }),
    }
}

fn open_until(
    address: &Address,
    wait_for_socket: bool,
    deadline: Option<Instant>,
) -> io::Result<Arc<dyn Stream>> {
    loop {
        let error = match open_once(address, deadline) {
            Ok(stream) => return Ok(stream),
            Err(error) => error,
        };
        let is_early = matches!(
            error.kind(),
            io::ErrorKind::NotFound | io::ErrorKind::ConnectionRefused
        );
        let left = left(deadline);
        if !wait_for_socket || !is_early || left.is_zero() {
            return Err(error);
        }
        thread::sleep(left.min(RETRY));
    }
}

fn open_once(address: &Address, deadline: Option<Instant>) -> io::Result<Arc<dyn Stream>> {
    match address {
        #[cfg(unix)]
        Address::Unix(path) => Ok(Arc::new(UnixStream::connect(path)?)),
        #[cfg(not(unix))]
        Address::Unix(_) => Err(io::ErrorKind::Unsupported.into()),
        Address::Tcp(address) => {
            let mut last = io::Error::from(io::ErrorKind::NotFound);
            for address in address.to_socket_addrs()? {
                // A timeout of zero is not allowed.
                let left = left(deadline).max(Duration::from_millis(1));
                match TcpStream::connect_timeout(&address, left) {
                    Ok(stream) => {
                        stream.set_nodelay(true)?;
                        return Ok(Arc::new(stream));
                    }
                    Err(error) => last = error,
                }
            }
            Err(last)
        }
    }
}

fn left(deadline: Option<Instant>) -> Duration {
    deadline.map_or(Duration::MAX, |it| {
        it.saturating_duration_since(Instant::now())
    })
}
