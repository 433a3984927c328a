//! A listener for a QEMU that connects to this program.

use std::io;

use ::tokio::net::TcpListener;
#[cfg(unix)]
use ::tokio::net::UnixListener;

use crate::driver::action::Action;
use crate::driver::address::{Address, Bound};
use crate::driver::builder::Options;
use crate::driver::deadline::Deadline;
use crate::driver::error::Error;

use super::builder::Builder;
use super::client::Client;
use super::until::until;

/// Waits for QEMU to connect to this program.
///
/// ```no_run
/// use qapi_client::tokio::Listener;
///
/// # async fn listen() -> Result<(), qapi_client::Error> {
/// let listener = Listener::bind("unix:/run/vm1.sock").await?;
/// // Start QEMU with `-qmp unix:/run/vm1.sock`.
/// let qemu = listener.accept().await?;
/// # Ok(())
/// # }
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
    pub async fn bind(address: &str) -> Result<Self, Error> {
        Client::builder().listen(address).await
    }

    pub(super) async fn new(builder: Builder, address: Address) -> Result<Self, Error> {
        let bound = Socket::bind(&address).await;
        let (socket, address) =
            bound.map_err(|source| Error::connect(Action::Listen, &address.to_string(), source))?;
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
    pub async fn accept(&self) -> Result<Client, Error> {
        let deadline = Deadline::from(self.options.connect_timeout);
        let address = self.address.0.to_string();
        let builder = Builder::with_options(self.options.clone());
        let failed = |error: Option<io::Error>| {
            let error = error.unwrap_or_else(|| io::ErrorKind::TimedOut.into());
            Error::connect(Action::Accept, &address, error)
        };
        match &self.socket {
            #[cfg(unix)]
            Socket::Unix(listener) => match until(deadline.instant(), listener.accept()).await {
                Some(Ok((stream, _))) => builder.negotiate(stream, &address, deadline).await,
                other => Err(failed(other.and_then(Result::err))),
            },
            Socket::Tcp(listener) => match until(deadline.instant(), listener.accept()).await {
                Some(Ok((stream, _))) => {
                    stream.set_nodelay(true).map_err(|it| failed(Some(it)))?;
                    builder.negotiate(stream, &address, deadline).await
                }
                other => Err(failed(other.and_then(Result::err))),
            },
        }
    }
}

impl Builder {
    /// Listens on `unix:PATH` or `tcp:HOST:PORT` for a QEMU that connects, such as one started with `-qmp unix:PATH`,
    /// without `server`.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidAddress`], and [`Error::Connect`] if the address cannot be bound, for example because the path exists.
    pub async fn listen(self, address: &str) -> Result<Listener, Error> {
        Listener::new(self, address.parse()?).await
    }
}

impl Socket {
    async fn bind(address: &Address) -> io::Result<(Self, Address)> {
        match address {
            #[cfg(unix)]
            Address::Unix(path) => {
                let listener = UnixListener::bind(path)?;
                Ok((Self::Unix(listener), address.clone()))
            }
            #[cfg(not(unix))]
            Address::Unix(_) => Err(io::ErrorKind::Unsupported.into()),
            Address::Tcp(host) => {
                let listener = TcpListener::bind(host).await?;
                let address = Address::Tcp(listener.local_addr()?.to_string());
                Ok((Self::Tcp(listener), address))
            }
        }
    }
}
