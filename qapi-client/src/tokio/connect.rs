//! Connecting.

use std::future::Future;
use std::io;
#[cfg(unix)]
use std::process;

use ::tokio::io::{AsyncRead, AsyncWrite};
use ::tokio::net::TcpStream;
#[cfg(unix)]
use ::tokio::net::UnixStream;
use ::tokio::time;

use crate::core::Session;
use crate::driver::action::Action;
use crate::driver::address::Address;
use crate::driver::deadline::Deadline;
use crate::driver::error::{Error, Late};
use crate::driver::opening::RETRY;

use super::builder::Builder;
#[cfg(unix)]
use super::child::Child;
use super::client::Client;
use super::handle::Handle;
use super::until::until;

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
        match open(
            address,
            self.options.wait_for_socket,
            deadline,
            Error::no_greeting,
        )
        .await?
        {
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
    /// killed, as it is if this future is dropped.
    #[cfg(unix)]
    pub async fn spawn(self, command: &mut process::Command) -> Result<(Client, Child), Error> {
        let deadline = Deadline::from(self.options.connect_timeout);
        let address = command.get_program().to_string_lossy().into_owned();
        let mut start = || {
            let (stream, child) = Child::spawn(command)?;
            stream.set_nonblocking(true)?;
            Ok((UnixStream::from_std(stream)?, child))
        };
        let (stream, child) =
            start().map_err(|source| Error::connect(Action::Start, &address, source))?;
        let client = self.negotiate(stream, &address, deadline).await?;
        Ok((client, child.keep()))
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
        let handle = Handle::open(session, self.options, stream, address, deadline).await?;
        Ok(Client { handle })
    }
}

/// A stream that was opened.
pub(super) enum Socket {
    #[cfg(unix)]
    Unix(UnixStream),
    Tcp(TcpStream),
}

/// Opens a connection to an address; `late` is the error if it takes too long.
pub(super) async fn open(
    address: Address,
    wait_for_socket: bool,
    deadline: Deadline,
    late: Late,
) -> Result<Socket, Error> {
    let name = address.to_string();
    match address {
        #[cfg(unix)]
        Address::Unix(path) => {
            let open = || UnixStream::connect(&path);
            let stream = open_until(open, wait_for_socket, &name, deadline, late).await?;
            Ok(Socket::Unix(stream))
        }
        #[cfg(not(unix))]
        Address::Unix(_) => Err(Error::connect(
            Action::Connect,
            &name,
            io::ErrorKind::Unsupported.into(),
        )),
        Address::Tcp(host) => {
            let open = || TcpStream::connect(&host);
            let stream = open_until(open, wait_for_socket, &name, deadline, late).await?;
            stream
                .set_nodelay(true)
                .map_err(|source| Error::connect(Action::Connect, &name, source))?;
            Ok(Socket::Tcp(stream))
        }
    }
}

async fn open_until<S, F: Future<Output = io::Result<S>>>(
    open: impl Fn() -> F,
    wait_for_socket: bool,
    address: &str,
    deadline: Deadline,
    late: Late,
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
                _ => return Err(Error::connect(Action::Connect, address, error)),
            }
            time::sleep(RETRY).await;
        }
    };
    match until(deadline.instant(), attempts).await {
        Some(opened) => opened,
        None => Err(match last {
            Some(error) => Error::connect(Action::Connect, address, error),
            None => late(address.to_owned(), deadline.duration()),
        }),
    }
}
