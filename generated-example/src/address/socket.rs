//! A connection of either kind.

use std::io::{self, BufReader, Read, Write};
use std::net::{Shutdown, TcpStream};
#[cfg(unix)]
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::time::Duration;

use crate::failure::Failure;

/// A connection of either kind.
pub(crate) enum Socket {
    #[cfg(unix)]
    Unix(UnixStream),
    Tcp(TcpStream),
}

/// Does the same with either kind.
macro_rules! either {
    ($socket:expr, $stream:ident => $action:expr) => {
        match $socket {
            #[cfg(unix)]
            Socket::Unix($stream) => $action,
            Socket::Tcp($stream) => $action,
        }
    };
}

impl Socket {
    #[cfg(unix)]
    pub(crate) fn unix(path: &Path) -> io::Result<Self> {
        UnixStream::connect(path).map(Self::Unix)
    }

    #[cfg(not(unix))]
    pub(crate) fn unix(_: &Path) -> io::Result<Self> {
        Err(io::Error::other("this system has no unix sockets"))
    }

    /// What comes from the peer.
    pub(crate) fn reader(&self) -> BufReader<&Self> {
        BufReader::new(self)
    }

    /// How long to wait for the peer; `None` is for ever.
    pub(crate) fn set_timeout(&self, timeout: Option<Duration>) -> io::Result<()> {
        either!(self, stream => {
            stream.set_read_timeout(timeout)?;
            stream.set_write_timeout(timeout)
        })
    }

    /// Lets Ctrl-C end the connection, as if the peer had, instead of the program. A second one ends the program.
    pub(crate) fn close_on_ctrl_c(&self) -> Result<(), Failure> {
        let failed = |reason: String| Failure::Input(format!("cannot wait for Ctrl-C: {reason}"));
        let socket = self
            .try_clone()
            .map_err(|error| failed(error.to_string()))?;
        let mut is_closed = false;
        let close = move || {
            if is_closed || either!(&socket, stream => stream.shutdown(Shutdown::Both)).is_err() {
                std::process::exit(130);
            }
            is_closed = true;
        };
        ctrlc::set_handler(close).map_err(|error| failed(error.to_string()))
    }

    fn try_clone(&self) -> io::Result<Self> {
        Ok(match self {
            #[cfg(unix)]
            Self::Unix(stream) => Self::Unix(stream.try_clone()?),
            Self::Tcp(stream) => Self::Tcp(stream.try_clone()?),
        })
    }
}

impl Read for &Socket {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        either!(self, stream => (&*stream).read(buffer))
    }
}

impl Write for &Socket {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        either!(self, stream => (&*stream).write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
