//! The task of a connection, and writing in its place.

use std::future::poll_fn;
use std::io;
use std::ops::ControlFlow;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker, ready};

use ::tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use ::tokio::task::yield_now;

use crate::driver::connection::{Batch, Connection};
use crate::driver::error::Disconnect;

/// The task reads at most this many times before others get a turn: those that wait for events have to take them before
/// their queue is full.
const READS_PER_TURN: usize = 4;

/// Starts the task, which reads and writes until the connection ends.
pub(super) fn spawn<S>(connection: Arc<Connection>, stream: S) -> Arc<dyn Writer>
where
    S: AsyncRead + AsyncWrite + Send + 'static,
{
    let shared = Arc::new(Shared {
        connection,
        task: Mutex::new(Task {
            stream: Some(Box::pin(stream)),
            waker: None,
            batch: None,
            written: 0,
            cannot_write: false,
        }),
    });
    ::tokio::spawn(run(EndOnDrop(shared.clone())));
    shared
}

async fn run<S: AsyncRead + AsyncWrite + 'static>(end: EndOnDrop<S>) {
    let mut buffer = vec![0; 16 * 1024];
    while poll_fn(|context| end.0.poll_turn(&mut buffer, context))
        .await
        .is_continue()
    {
        yield_now().await;
    }
}

/// Writes in the place of the task.
pub(super) trait Writer: Send + Sync {
    /// Writes what is queued, as far as the stream takes it at once; the task does the rest.
    fn write_now(&self);
}

struct Shared<S> {
    connection: Arc<Connection>,
    task: Mutex<Task<S>>,
}

struct Task<S> {
    /// `None` when the connection has ended.
    stream: Option<Pin<Box<S>>>,
    /// Wakes the task, even if another future polls the stream.
    waker: Option<Waker>,
    /// The bytes being written, and how many were written.
    batch: Option<Batch>,
    written: usize,
    cannot_write: bool,
}

impl<S> Shared<S> {
    fn lock(&self) -> MutexGuard<'_, Task<S>> {
        self.task.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<S: AsyncRead + AsyncWrite + 'static> Shared<S> {
    /// Reads and writes for one turn; breaks at the end of the connection.
    fn poll_turn(&self, buffer: &mut [u8], context: &mut Context<'_>) -> Poll<ControlFlow<()>> {
        // Replies are handed out without this lock, so that their receivers can write.
        let mut buffer = ReadBuf::new(buffer);
        let mut has_outgoing = true;
        self.lock().set_waker(context);
        for _ in 0..READS_PER_TURN {
            buffer.clear();
            let read = {
                let mut task = self.lock();
                // A full pipe in one direction does not stop the other.
                if has_outgoing && task.poll_write(&self.connection, context).is_ready() {
                    return Poll::Ready(ControlFlow::Break(()));
                }
                task.poll_read(&mut buffer, context)
            };
            has_outgoing = false;
            match read {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(Err(error)) => self.connection.read_failed(error),
                Poll::Ready(Ok(())) if buffer.filled().is_empty() => {
                    self.connection.end_of_stream();
                }
                Poll::Ready(Ok(())) => has_outgoing = self.connection.receive(buffer.filled()),
            }
            if self.connection.has_ended() {
                return Poll::Ready(ControlFlow::Break(()));
            }
        }
        Poll::Ready(ControlFlow::Continue(()))
    }
}

impl<S: AsyncRead + AsyncWrite + Send + 'static> Writer for Shared<S> {
    fn write_now(&self) {
        let Ok(mut task) = self.task.try_lock() else {
            // The holder of the lock may have checked the queue already.
            self.connection.wake_writer();
            return;
        };
        // Before its first turn and after its last one, the task has no waker and needs no help.
        let Some(waker) = task.waker.take() else {
            return;
        };
        let has_ended = task
            .poll_write(&self.connection, &mut Context::from_waker(&waker))
            .is_ready();
        let needs_task = has_ended || task.cannot_write;
        if needs_task {
            waker.wake_by_ref();
        }
        task.waker = Some(waker);
    }
}

impl<S: AsyncRead + AsyncWrite + 'static> Task<S> {
    /// Ready at the end of the connection.
    fn poll_write(&mut self, connection: &Connection, context: &mut Context<'_>) -> Poll<()> {
        let Some(stream) = &mut self.stream else {
            return Poll::Ready(());
        };
        while !self.cannot_write {
            let batch = match &mut self.batch {
                Some(batch) => batch,
                none => {
                    let Some(batch) = ready!(connection.poll_batch(context)) else {
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
            let failure = match written {
                Poll::Pending => break,
                Poll::Ready(Ok(0)) => io::ErrorKind::WriteZero.into(),
                Poll::Ready(Ok(length)) => {
                    self.written += length;
                    if self.written == batch.bytes.len() {
                        self.batch = None;
                    }
                    continue;
                }
                Poll::Ready(Err(error)) => error,
            };
            connection.write_failed(failure);
            self.cannot_write = true;
        }
        connection.poll_end(context)
    }

    fn set_waker(&mut self, context: &Context<'_>) {
        match &mut self.waker {
            Some(waker) => waker.clone_from(context.waker()),
            none => *none = Some(context.waker().clone()),
        }
    }

    fn poll_read(
        &mut self,
        buffer: &mut ReadBuf<'_>,
        context: &mut Context<'_>,
    ) -> Poll<io::Result<()>> {
        let Some(stream) = &mut self.stream else {
            return Poll::Ready(Ok(()));
        };
        match stream.as_mut().poll_read(context, buffer) {
            // After a failure to write, only data that the server had already sent is read.
            Poll::Pending if self.cannot_write => Poll::Ready(Ok(())),
            read => read,
        }
    }
}

/// Ends the connection and closes the stream: also when a runtime that shuts down drops its tasks.
struct EndOnDrop<S>(Arc<Shared<S>>);

impl<S> Drop for EndOnDrop<S> {
    fn drop(&mut self) {
        self.0.connection.end(Disconnect::Closed);
        let mut task = self.0.lock();
        let left = (task.stream.take(), task.waker.take());
        drop(task);
        drop(left);
    }
}
