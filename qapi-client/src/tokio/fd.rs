//! File descriptors that are sent with a command.

use std::any::Any;
use std::io;
use std::os::fd::{AsFd as _, OwnedFd};
use std::task::{Context, Poll, ready};

use ::tokio::io::Interest;
use ::tokio::net::UnixStream;

use crate::driver::fd;

/// The Unix socket that a stream is, if it is one.
pub(super) fn socket<S: 'static>(stream: &S) -> Option<&UnixStream> {
    (stream as &dyn Any).downcast_ref()
}

/// Sends some of the bytes, and with them all descriptors.
pub(super) fn poll_send<S: 'static>(
    stream: &S,
    context: &mut Context<'_>,
    bytes: &[u8],
    fds: &[OwnedFd],
) -> Poll<io::Result<usize>> {
    let Some(socket) = socket(stream) else {
        return Poll::Ready(Err(io::ErrorKind::Unsupported.into()));
    };
    loop {
        ready!(socket.poll_write_ready(context))?;
        let send = || fd::send(socket.as_fd(), bytes, fds);
        match socket.try_io(Interest::WRITABLE, send) {
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            sent => return Poll::Ready(sent),
        }
    }
}
