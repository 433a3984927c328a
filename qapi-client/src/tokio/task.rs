//! The task of a connection.

use std::future::poll_fn;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use ::tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use crate::driver::connection::{Batch, Connection};
use crate::driver::error::Disconnect;

/// Reads and writes until the connection ends.
pub(super) async fn run<S: AsyncRead + AsyncWrite + 'static>(
    connection: Arc<Connection>,
    stream: S,
) {
    let mut task = Task {
        // A runtime that shuts down drops its tasks.
        end: EndOnDrop(connection),
        buffer: vec![0; 16 * 1024].into_boxed_slice(),
        batch: None,
        written: 0,
        cannot_write: false,
    };
    let mut stream = Box::pin(stream);
    poll_fn(|context| task.poll(stream.as_mut(), context)).await;
}

struct Task {
    end: EndOnDrop,
    buffer: Box<[u8]>,
    /// The bytes being written, and how many were written.
    batch: Option<Batch>,
    written: usize,
    cannot_write: bool,
}

impl Task {
    fn poll<S: AsyncRead + AsyncWrite + 'static>(
        &mut self,
        mut stream: Pin<&mut S>,
        context: &mut Context<'_>,
    ) -> Poll<()> {
        // A full pipe in one direction does not stop the other.
        if let Poll::Ready(()) = self.poll_write(stream.as_mut(), context) {
            return Poll::Ready(());
        }
        self.poll_read(stream, context)
    }

    /// Ready at the end of the connection.
    fn poll_write<S: AsyncWrite + 'static>(
        &mut self,
        mut stream: Pin<&mut S>,
        context: &mut Context<'_>,
    ) -> Poll<()> {
        while !self.cannot_write {
            let batch = match &mut self.batch {
                Some(batch) => batch,
                none => {
                    let Some(batch) = ready!(self.end.0.poll_batch(context)) else {
                        return Poll::Ready(());
                    };
                    self.written = 0;
                    none.insert(batch)
                }
            };
            let rest = &batch.bytes[self.written..];
            #[cfg(all(unix, feature = "fd"))]
            let written = match self.written == 0 && !batch.attachment.is_empty() {
                true => {
                    let stream = stream.as_ref().get_ref();
                    super::fd::poll_send(stream, context, rest, &batch.attachment)
                }
                false => stream.as_mut().poll_write(context, rest),
            };
            #[cfg(not(all(unix, feature = "fd")))]
            let written = stream.as_mut().poll_write(context, rest);
            match written {
                Poll::Pending => break,
                Poll::Ready(Ok(0)) => self.fail(io::ErrorKind::WriteZero.into()),
                Poll::Ready(Ok(length)) => {
                    self.written += length;
                    if self.written == batch.bytes.len() {
                        self.batch = None;
                    }
                }
                Poll::Ready(Err(error)) => self.fail(error),
            }
        }
        self.end.0.poll_end(context)
    }

    fn fail(&mut self, error: io::Error) {
        self.end.0.write_failed(error);
        self.cannot_write = true;
    }

    /// Ready at the end of the connection.
    fn poll_read<S: AsyncRead>(
        &mut self,
        mut stream: Pin<&mut S>,
        context: &mut Context<'_>,
    ) -> Poll<()> {
        let connection = &self.end.0;
        loop {
            let mut buffer = ReadBuf::new(&mut self.buffer);
            match stream.as_mut().poll_read(context, &mut buffer) {
                // After a failure to write, only data that the server had already sent is read.
                Poll::Pending if self.cannot_write => connection.end_of_stream(),
                Poll::Pending => return Poll::Pending,
                Poll::Ready(Err(error)) => connection.read_failed(error),
                Poll::Ready(Ok(())) if buffer.filled().is_empty() => connection.end_of_stream(),
                Poll::Ready(Ok(())) => connection.receive(buffer.filled()),
            }
            if connection.has_ended() {
                return Poll::Ready(());
            }
        }
    }
}

struct EndOnDrop(Arc<Connection>);

impl Drop for EndOnDrop {
    fn drop(&mut self) {
        self.0.end(Disconnect::Closed);
    }
}
