//! Streams of connections.

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpStream};
#[cfg(unix)]
use std::os::fd::{AsFd as _, BorrowedFd};
#[cfg(unix)]
use std::os::unix::net::UnixStream;

/// A stream of bytes in both directions, which one thread reads while another writes.
///
/// Implement it for streams of your own, such as one through a tunnel, to use them with
/// [`connect_stream`](super::Builder::connect_stream).
pub trait Stream: Send + Sync + 'static {
    /// Reads some bytes, waiting for the first; 0 at the end of the stream.
    ///
    /// # Errors
    ///
    /// As [`Read::read`].
    fn read(&self, buffer: &mut [u8]) -> io::Result<usize>;

    /// Writes some of the bytes.
    ///
    /// # Errors
    ///
    /// As [`Write::write`].
    fn write(&self, bytes: &[u8]) -> io::Result<usize>;

    /// Shuts down one or both directions: blocked calls return, and received data can still be read.
    ///
    /// # Errors
    ///
    /// As [`TcpStream::shutdown`]. Errors are ignored, because the stream is dropped soon.
    fn shutdown(&self, how: Shutdown) -> io::Result<()>;

    /// The stream as a Unix socket, if it is one, to pass file descriptors.
    #[cfg(unix)]
    fn as_socket(&self) -> Option<BorrowedFd<'_>> {
        None
    }
}

impl Stream for TcpStream {
    fn read(&self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut stream = self;
        Read::read(&mut stream, buffer)
    }

    fn write(&self, bytes: &[u8]) -> io::Result<usize> {
        let mut stream = self;
        Write::write(&mut stream, bytes)
    }

    fn shutdown(&self, how: Shutdown) -> io::Result<()> {
        TcpStream::shutdown(self, how)
    }
}

#[cfg(unix)]
impl Stream for UnixStream {
    fn read(&self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut stream = self;
        Read::read(&mut stream, buffer)
    }

    fn write(&self, bytes: &[u8]) -> io::Result<usize> {
        let mut stream = self;
        Write::write(&mut stream, bytes)
    }

    fn shutdown(&self, how: Shutdown) -> io::Result<()> {
        UnixStream::shutdown(self, how)
    }

    fn as_socket(&self) -> Option<BorrowedFd<'_>> {
        Some(self.as_fd())
    }
}
