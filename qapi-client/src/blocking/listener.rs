//! A listener for a QEMU that connects to this program.

use std::io;
use std::net::TcpListener;
#[cfg(unix)]
use std::os::unix::net::UnixListener;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use crate::driver::action::Action;
use crate::driver::address::{Address, Bound};
use crate::driver::builder::Options;
use crate::driver::deadline::Deadline;
use crate::driver::error::Error;

use super::builder::Builder;
use super::client::Client;
use super::stream::Stream;

/// The polling interval for new connections.
const INTERVAL: Duration = Duration::from_millis(5);

/// Waits for QEMU to connect to this program.
///
/// ```no_run
/// use qapi_client::blocking::Listener;
///
/// let listener = Listener::bind("unix:/run/vm1.sock")?;
/// // Start QEMU with `-qmp unix:/run/vm1.sock`.
/// let qemu = listener.accept()?;
/// # Ok::<(), qapi_client::Error>(())
/// ```
pub struct Listener {
    options: Options,
    address: Bound,
    socket: Socket,
}

enum Socket {
    #[cfg(unix)]
    Unix(UnixListener),
    Tcp(TcpListener),
}

impl Listener {
    /// Listens on `unix:PATH` or `tcp:HOST:PORT`, with the defaults of [`Client::builder`]. With port 0, the system
    /// chooses one.
    ///
    /// # Errors
    ///
    /// Same as [`Builder::listen`].
    pub fn bind(address: &str) -> Result<Self, Error> {
        Client::builder().listen(address)
    }

    pub(super) fn new(builder: Builder, address: Address) -> Result<Self, Error> {
        let (socket, address) = Socket::bind(&address)
            .map_err(|source| Error::connect(Action::Listen, &address.to_string(), source))?;
        Ok(Self {
            options: builder.options,
            address: Bound(address),
            socket,
        })
    }

    /// The address it listens on, with the port that was chosen.
    pub fn address(&self) -> String {
        self.address.0.to_string()
    }

    /// Waits for the next QEMU to connect, and negotiates. Together, these may take as long as
    /// [`connect_timeout`](Builder::connect_timeout).
    ///
    /// # Errors
    ///
    /// [`Error::Connect`] if none connects in time, and those of [`Builder::connect`].
    pub fn accept(&self) -> Result<Client, Error> {
        let deadline = Deadline::from(self.options.connect_timeout);
        let address = self.address.0.to_string();
        let stream = loop {
            match self.socket.accept() {
                Ok(stream) => break stream,
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                Err(error) => return Err(Error::connect(Action::Accept, &address, error)),
            }
            if deadline.instant().is_some_and(|it| it <= Instant::now()) {
                return Err(Error::connect(
                    Action::Accept,
                    &address,
                    io::ErrorKind::TimedOut.into(),
                ));
            }
            thread::sleep(INTERVAL);
        };
        let builder = Builder::with_options(self.options.clone());
        builder.negotiate(stream, &address, deadline)
    }
}

impl Builder {
    /// Listens on `unix:PATH` or `tcp:HOST:PORT` for a QEMU that connects, such as one started with `-qmp unix:PATH`,
    /// without `server`.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidAddress`], and [`Error::Connect`] if the address cannot be bound, for example because the path exists.
    pub fn listen(self, address: &str) -> Result<Listener, Error> {
        Listener::new(self, address.parse()?)
    }
}

impl Socket {
    fn bind(address: &Address) -> io::Result<(Self, Address)> {
        match address {
            #[cfg(unix)]
            Address::Unix(path) => {
                let listener = UnixListener::bind(path)?;
                listener.set_nonblocking(true)?;
                Ok((Self::Unix(listener), address.clone()))
            }
            #[cfg(not(unix))]
            Address::Unix(_) => Err(io::ErrorKind::Unsupported.into()),
            Address::Tcp(host) => {
                let listener = TcpListener::bind(host)?;
                listener.set_nonblocking(true)?;
                let address = Address::Tcp(listener.local_addr()?.to_string());
                Ok((Self::Tcp(listener), address))
            }
        }
    }

    fn accept(&self) -> io::Result<Arc<dyn Stream>> {
        // Whether the stream inherits the listener's mode depends on the system.
        match self {
            #[cfg(unix)]
            Self::Unix(listener) => {
                let (stream, _) = listener.accept()?;
                stream.set_nonblocking(false)?;
                Ok(Arc::new(stream))
            }
            Self::Tcp(listener) => {
                let (stream, _) = listener.accept()?;
                stream.set_nonblocking(false)?;
                stream.set_nodelay(true)?;
                Ok(Arc::new(stream))
            }
        }
    }
}
