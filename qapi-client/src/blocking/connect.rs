//! Connecting.

use std::io;
use std::net::{TcpStream, ToSocketAddrs as _};
#[cfg(unix)]
use std::os::unix::net::UnixStream;
#[cfg(unix)]
use std::process;
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::{Duration, Instant};

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
use super::stream::Stream;

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
        let stream = open(
            &address,
            self.options.wait_for_socket,
            deadline,
            Error::no_greeting,
        )?;
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
        let (stream, child) = Child::spawn(command)
            .map_err(|source| Error::connect(Action::Start, &address, source))?;
        let client = self.negotiate(Arc::new(stream), &address, deadline)?;
        Ok((client, child.keep()))
    }

    pub(super) fn negotiate(
        self,
        stream: Arc<dyn Stream>,
        address: &str,
        deadline: Deadline,
    ) -> Result<Client, Error> {
        let session = Session::qmp(self.options.capabilities.clone());
        let handle = Handle::open(session, self.options, stream, address, deadline)?;
        Ok(Client { handle })
    }
}

/// Opens a connection in a separate thread, because there is no time limit for a Unix socket whose server does not
/// accept, or for looking up a host. `late` is the error if it takes too long.
pub(super) fn open(
    address: &Address,
    wait_for_socket: bool,
    deadline: Deadline,
    late: Late,
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
        .map_err(|source| Error::connect(Action::Connect, &name, source))?;
    // The thread observes the deadline where possible, and its error has more information.
    let left = left(deadline.instant()).saturating_add(Duration::from_millis(100));
    match receiver.recv_timeout(left) {
        Ok(opened) => opened.map_err(|source| Error::connect(Action::Connect, &name, source)),
        Err(_) => Err(late(name, deadline.duration())),
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
