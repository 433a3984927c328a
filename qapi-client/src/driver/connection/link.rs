//! The state shared by the handles, the reader and the writer of a connection.

use std::collections::HashMap;
use std::hash::{BuildHasher as _, RandomState};
use std::io;
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

use crate::Greeting;
use crate::core::{Answer, Forgotten, Incoming, Outgoing, ProtocolError, Session, excerpt};
use crate::driver::builder::Options;
use crate::driver::error::{Disconnect, Error, Outcome};
use crate::driver::trace::Trace;

use super::mailbox::Mailbox;

/// The data sent along with a request.
#[cfg(unix)]
pub(crate) type Attachment = Vec<std::os::fd::OwnedFd>;
#[cfg(not(unix))]
pub(crate) type Attachment = Vec<std::convert::Infallible>;

/// The interval between synchronization requests to a guest agent. It may not have been running, so earlier requests may be
/// lost.
pub(crate) const ATTEMPT: Duration = Duration::from_secs(1);

/// The writer takes several messages at once, up to about this many bytes.
const BATCH: usize = 64 * 1024;

pub(crate) struct Connection {
    pub(crate) options: Options,
    pub(super) next_id: AtomicU64,
    is_agent: bool,
    state: Mutex<State>,
}

pub(super) struct State {
    pub(super) session: Session<Attachment>,
    greeting: Option<Arc<Greeting>>,
    pub(super) waits: HashMap<u64, Waiting>,
    pub(super) mailboxes: Vec<(u64, Mailbox)>,
    /// The mailbox that has all events of the connection, until a listener takes it.
    pub(super) first_mailbox: Option<u64>,
    /// Wait for the session to be ready.
    beginners: Vec<Waker>,
    pub(super) writer: Option<Waker>,
    /// A message that is sent separately, because data is sent along with it.
    held: Option<Outgoing<Attachment>>,
    /// Writing failed; what the server sent before is still read.
    write_error: Option<Arc<io::Error>>,
    /// When the last command was sent.
    pub(super) sent_at: Option<Instant>,
    /// When a guest agent was last asked to synchronize.
    synchronized_at: Option<Instant>,
    pub(super) end: Option<End>,
}

/// A waiter for a reply.
#[derive(Default)]
pub(super) struct Waiting {
    pub(super) waker: Option<Waker>,
    pub(super) answer: Option<Answer>,
    /// The last error without an `id` that arrived while the command was in flight.
    pub(super) unattributed: Option<String>,
}

/// Why the connection ended.
#[derive(Clone, Debug)]
pub(crate) enum End {
    Disconnect(Disconnect),
    Protocol(ProtocolError),
}

/// Bytes to write, and the data sent along with the first of them.
pub(crate) struct Batch {
    pub(crate) bytes: Vec<u8>,
    pub(crate) attachment: Attachment,
}

impl Connection {
    pub(crate) fn new(mut session: Session<Attachment>, options: Options) -> Arc<Self> {
        session.set_max_message_len(options.max_message_len);
        // Replies to an earlier client of the same socket must not match requests of this one.
        let first_id = RandomState::new().hash_one(()) >> 32 | 1;
        let first_mailbox = options.events_from_start.then_some(0);
        let mailboxes = first_mailbox.map(|key| (key, Mailbox::default()));
        Arc::new(Self {
            options,
            next_id: AtomicU64::new(first_id),
            is_agent: session.is_agent(),
            state: Mutex::new(State {
                session,
                greeting: None,
                waits: HashMap::new(),
                mailboxes: mailboxes.into_iter().collect(),
                first_mailbox,
                beginners: Vec::new(),
                writer: None,
                held: None,
                write_error: None,
                sent_at: None,
                synchronized_at: None,
                end: None,
            }),
        })
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        // While the state is locked, no waker is woken and nothing is traced: these call code that may use the connection.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes bytes that were read, and tells whether there is something to write now: a reply may have made room for
    /// the next request. The writer is not woken, since the caller may be the writer.
    #[must_use]
    pub(crate) fn receive(&self, bytes: &[u8]) -> bool {
        let mut wakers = Vec::new();
        let mut trace = Trace::new();
        let mut state = self.state();
        state.session.receive(bytes);
        loop {
            match state.session.next_incoming() {
                Ok(Some(incoming)) => {
                    trace.received(&incoming);
                    state.take(incoming, &mut wakers);
                }
                Ok(None) => break,
                Err(error) => {
                    state.end(End::Protocol(error), &mut wakers);
                    break;
                }
            }
        }
        let has_outgoing = state.has_outgoing();
        drop(state);
        trace.emit();
        wakers.into_iter().for_each(Waker::wake);
        has_outgoing
    }

    /// Wakes the writer if it waits.
    pub(crate) fn wake_writer(&self) {
        let writer = self.state().writer.take();
        wake(writer);
    }

    /// The server has closed its side.
    pub(crate) fn end_of_stream(&self) {
        let mut wakers = Vec::new();
        let mut state = self.state();
        let incomplete = state.session.incomplete();
        let incomplete = (!incomplete.is_empty()).then(|| excerpt(incomplete));
        let reason = match state.write_error.take() {
            Some(error) => Disconnect::Io(error),
            None => Disconnect::ByServer { incomplete },
        };
        state.end(End::Disconnect(reason), &mut wakers);
        drop(state);
        wakers.into_iter().for_each(Waker::wake);
    }

    /// Reading has failed.
    pub(crate) fn read_failed(&self, error: io::Error) {
        self.end(Disconnect::Io(Arc::new(error)));
    }

    /// Writing has failed. The connection ends once everything that the server had sent is read.
    pub(crate) fn write_failed(&self, error: io::Error) {
        self.state().write_error = Some(Arc::new(error));
    }

    /// Ends the connection, unless it has ended already.
    pub(crate) fn end(&self, reason: Disconnect) {
        let mut wakers = Vec::new();
        self.state().end(End::Disconnect(reason), &mut wakers);
        wakers.into_iter().for_each(Waker::wake);
    }

    pub(crate) fn has_ended(&self) -> bool {
        self.state().end.is_some()
    }

    /// Waits for something to write; `None` when the connection has ended.
    pub(crate) fn poll_batch(&self, context: &mut Context<'_>) -> Poll<Option<Batch>> {
        let mut trace = Trace::new();
        let mut state = self.state();
        if state.end.is_some() {
            return Poll::Ready(None);
        }
        let Some(batch) = state.next_batch(|bytes| trace.sent(bytes, &self.options)) else {
            state.set_writer(context);
            return Poll::Pending;
        };
        drop(state);
        trace.emit();
        Poll::Ready(Some(batch))
    }

    /// Whether one reply is awaited, and no other.
    #[cfg(feature = "tokio")]
    pub(crate) fn awaits_one(&self) -> bool {
        self.state().waits.len() == 1
    }

    /// Waits for the end of the connection, in place of the writer.
    #[cfg(feature = "tokio")]
    pub(crate) fn poll_end(&self, context: &mut Context<'_>) -> Poll<()> {
        let mut state = self.state();
        if state.end.is_some() {
            return Poll::Ready(());
        }
        state.set_writer(context);
        Poll::Pending
    }

    /// Waits until commands are sent.
    pub(crate) fn poll_ready(&self, context: &mut Context<'_>) -> Poll<Result<(), Error>> {
        let mut state = self.state();
        // Even if the connection has ended since: otherwise, the result would depend on timing.
        if state.session.is_ready() {
            return Poll::Ready(Ok(()));
        }
        if let Some(end) = &state.end {
            return Poll::Ready(Err(end.error(None, Outcome::NotSent)));
        }
        state.beginners.push(context.waker().clone());
        Poll::Pending
    }

    /// Whether the server is a guest agent.
    pub(crate) fn is_agent(&self) -> bool {
        self.is_agent
    }

    pub(crate) fn greeting(&self) -> Option<Arc<Greeting>> {
        self.state().greeting.clone()
    }

    /// Asks a guest agent to synchronize.
    pub(crate) fn synchronize(&self) {
        let writer = {
            let mut state = self.state();
            // It occurs in no reply to an earlier client. It has 52 bits, because every JSON parser preserves 53, and each
            // repeated request counts up.
            let number = RandomState::new().hash_one(()) >> 12;
            state.session.synchronize(number);
            state.synchronized_at = Some(Instant::now());
            state.writer.take()
        };
        wake(writer);
    }

    /// The same if no command can be executed before: an agent does not answer, and was not asked within the last second.
    pub(crate) fn resynchronize(&self) {
        let is_due = {
            let state = self.state();
            let is_recent = state
                .synchronized_at
                .is_some_and(|at| at.elapsed() < ATTEMPT);
            state.session.is_stuck() && (state.session.is_ready() || !is_recent)
        };
        if is_due {
            self.synchronize();
        }
    }
}

impl State {
    fn take(&mut self, incoming: Incoming, wakers: &mut Vec<Waker>) {
        match incoming {
            Incoming::Greeting(greeting) => self.greeting = Some(Arc::new(greeting)),
            Incoming::Ready => wakers.append(&mut self.beginners),
            Incoming::Event(text) => {
                for (_, mailbox) in &mut self.mailboxes {
                    wakers.extend(mailbox.put(&text));
                }
            }
            Incoming::Reply { id, answer } => {
                if let Some(waiting) = self.waits.get_mut(&id) {
                    waiting.answer = Some(answer);
                    wakers.extend(waiting.waker.take());
                }
            }
            Incoming::Unattributed(error) => {
                let error = excerpt(error.as_bytes());
                for (id, waiting) in &mut self.waits {
                    if self.session.is_in_flight(*id) {
                        waiting.unattributed = Some(error.clone());
                    }
                }
            }
        }
    }

    fn end(&mut self, end: End, wakers: &mut Vec<Waker>) {
        if self.end.is_some() {
            return;
        }
        self.end = Some(end);
        wakers.append(&mut self.beginners);
        wakers.extend(self.writer.take());
        wakers.extend(self.waits.values_mut().filter_map(|it| it.waker.take()));
        wakers.extend(
            self.mailboxes
                .iter_mut()
                .filter_map(|(_, it)| it.waker.take()),
        );
    }

    fn has_outgoing(&self) -> bool {
        self.held.is_some() || self.session.has_outgoing()
    }

    fn set_writer(&mut self, context: &Context<'_>) {
        match &mut self.writer {
            Some(waker) => waker.clone_from(context.waker()),
            none => *none = Some(context.waker().clone()),
        }
    }

    /// The next bytes to write; `trace` takes each message.
    fn next_batch(&mut self, mut trace: impl FnMut(&[u8])) -> Option<Batch> {
        let mut batch = Batch {
            bytes: Vec::new(),
            attachment: Attachment::new(),
        };
        while batch.bytes.len() < BATCH {
            let Some(next) = self.held.take().or_else(|| self.session.next_outgoing()) else {
                break;
            };
            let has_attachment = next.attachment.as_ref().is_some_and(|it| !it.is_empty());
            if has_attachment && !batch.bytes.is_empty() {
                self.held = Some(next);
                break;
            }
            trace(&next.bytes);
            match batch.bytes.is_empty() {
                true => batch.bytes = next.bytes,
                false => batch.bytes.extend_from_slice(&next.bytes),
            }
            if has_attachment {
                batch.attachment = next.attachment.unwrap_or_default();
                break;
            }
        }
        if batch.bytes.is_empty() {
            return None;
        }
        self.sent_at = Some(Instant::now());
        Some(batch)
    }

    /// Gives up on a reply.
    pub(super) fn forget(&mut self, id: u64) -> Outcome {
        self.waits.remove(&id);
        match self.session.forget(id) {
            Forgotten::NotSent => Outcome::NotSent,
            Forgotten::Sent | Forgotten::Unknown => Outcome::Unknown,
        }
    }
}

impl End {
    pub(crate) fn error(&self, command: Option<&'static str>, outcome: Outcome) -> Error {
        match self.clone() {
            Self::Disconnect(reason) => Error::Disconnected {
                command,
                outcome,
                reason,
            },
            Self::Protocol(source) => Error::Protocol {
                command,
                outcome,
                source,
            },
        }
    }
}

fn wake(waker: Option<Waker>) {
    if let Some(waker) = waker {
        waker.wake();
    }
}
