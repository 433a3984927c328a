//! Events, as one listener receives them.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::task::{Context, Poll};

use super::link::{Connection, End};
use super::mailbox::Mailbox;
use crate::driver::error::Disconnect;

/// The queue of one listener.
pub(crate) struct EventSource {
    connection: Arc<Connection>,
    key: u64,
    /// Taken out of the mailbox, all at once.
    events: VecDeque<Arc<str>>,
}

/// The next item for a listener.
pub(crate) enum Happening {
    Event(Arc<str>),
    /// This many events were lost before the next one.
    Lost(u64),
    End(End),
}

impl EventSource {
    /// Collects events from now on.
    pub(crate) fn new(connection: &Arc<Connection>) -> Self {
        let key = connection.next_id.fetch_add(1, Ordering::Relaxed);
        let mailbox = (key, Mailbox::default());
        connection.state().mailboxes.push(mailbox);
        Self::with_key(connection, key)
    }

    /// Takes over the events that were collected from the beginning, unless another listener has them.
    pub(crate) fn first(connection: &Arc<Connection>) -> Self {
        let first = connection.state().first_mailbox.take();
        match first {
            Some(key) => Self::with_key(connection, key),
            None => Self::new(connection),
        }
    }

    fn with_key(connection: &Arc<Connection>, key: u64) -> Self {
        Self {
            connection: connection.clone(),
            key,
            events: VecDeque::new(),
        }
    }

    pub(crate) fn max_depth(&self) -> usize {
        self.connection.options.max_depth
    }

    pub(crate) fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Happening> {
        if let Some(event) = self.events.pop_front() {
            return Poll::Ready(Happening::Event(event));
        }
        let mut state = self.connection.state();
        let state = &mut *state;
        let mailbox = state.mailboxes.iter_mut().find(|it| it.0 == self.key);
        let Some((_, mailbox)) = mailbox else {
            return Poll::Ready(Happening::End(End::Disconnect(Disconnect::Closed)));
        };
        std::mem::swap(&mut self.events, &mut mailbox.events);
        mailbox.bytes = 0;
        if mailbox.lost > 0 {
            return Poll::Ready(Happening::Lost(std::mem::take(&mut mailbox.lost)));
        }
        if let Some(event) = self.events.pop_front() {
            return Poll::Ready(Happening::Event(event));
        }
        match &state.end {
            Some(end) => Poll::Ready(Happening::End(end.clone())),
            None => {
                mailbox.waker = Some(context.waker().clone());
                Poll::Pending
            }
        }
    }
}

impl Drop for EventSource {
    fn drop(&mut self) {
        let mut state = self.connection.state();
        state.mailboxes.retain(|it| it.0 != self.key);
    }
}
