//! The pending reply to one command.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::task::{Context, Poll};
use std::time::Instant;

use crate::core::{Answer, Band, Request};
use crate::driver::error::{Error, Outcome};
use crate::{Command, Execute};

use super::link::{Attachment, Connection, Waiting};

/// A pending reply. Dropping it cancels the wait.
pub(crate) struct Reply {
    connection: Arc<Connection>,
    id: u64,
    command: &'static str,
    is_done: bool,
}

/// The known state of a request when its reply is no longer awaited.
pub(crate) struct NoReply {
    pub(crate) outcome: Outcome,
    pub(crate) note: Option<String>,
}

impl Reply {
    /// When the command was sent, or a later one; `None` if it was not.
    pub(crate) fn sent_at(&self) -> Option<Instant> {
        let state = self.connection.state();
        let is_in_flight = state.session.is_in_flight(self.id);
        state.sent_at.filter(|_| is_in_flight)
    }

    /// Waits for the reply.
    pub(crate) fn poll(&mut self, context: &mut Context<'_>) -> Poll<Result<Answer, Error>> {
        let mut state = self.connection.state();
        let Some(waiting) = state.waits.get_mut(&self.id) else {
            // It was polled after completion.
            return Poll::Pending;
        };
        if let Some(answer) = waiting.answer.take() {
            state.waits.remove(&self.id);
            self.is_done = true;
            return Poll::Ready(Ok(answer));
        }
        match &mut waiting.waker {
            Some(waker) => waker.clone_from(context.waker()),
            none => *none = Some(context.waker().clone()),
        }
        let Some(end) = state.end.clone() else {
            return Poll::Pending;
        };
        let outcome = state.forget(self.id);
        self.is_done = true;
        Poll::Ready(Err(end.error(Some(self.command), outcome)))
    }

    /// Stops waiting, unless the answer has arrived by now.
    pub(crate) fn give_up(&mut self) -> Result<Answer, NoReply> {
        self.is_done = true;
        let mut state = self.connection.state();
        let waiting = state.waits.remove(&self.id).unwrap_or_default();
        if let Some(answer) = waiting.answer {
            return Ok(answer);
        }
        Err(NoReply {
            outcome: state.forget(self.id),
            note: waiting.unattributed.map(|error| {
                format!("the server reported an error without an `id`, possibly about this command: {error}")
            }),
        })
    }
}

impl Connection {
    /// Queues a command. The writer is not woken.
    pub(crate) fn submit<C: Command>(
        self: &Arc<Self>,
        command: C,
        band: Band,
        attachment: Attachment,
    ) -> Result<Reply, Error> {
        let id = self.next_id.fetch_add(1, Ordering::Relaxed);
        let request = Execute::new(command).with_id(id);
        let request = match band {
            Band::In => request,
            Band::Out => request.out_of_band(),
        };
        let mut bytes = serde_json::to_vec(&request).map_err(|source| Error::Unencodable {
            command: C::NAME,
            source,
        })?;
        bytes.push(b'\n');
        {
            let mut state = self.state();
            if band == Band::Out && !state.session.has_oob() {
                return Err(Error::OobDisabled { command: C::NAME });
            }
            if let Some(end) = &state.end {
                return Err(end.error(Some(C::NAME), Outcome::NotSent));
            }
            state
                .session
                .submit(Request::new(id, band, bytes, attachment));
            state.waits.insert(id, Waiting::default());
        }
        Ok(Reply {
            connection: self.clone(),
            id,
            command: C::NAME,
            is_done: false,
        })
    }
}

impl Drop for Reply {
    fn drop(&mut self) {
        if !self.is_done {
            self.connection.state().forget(self.id);
        }
    }
}
