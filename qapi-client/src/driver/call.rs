//! One command, from its submission to its result.

use std::marker::PhantomData;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::{Duration, Instant};

use crate::Command;
use crate::core::{Answer, Band};
use crate::driver::connection::{Attachment, Connection, Reply};
use crate::driver::deadline::Deadline;
use crate::driver::decode::decode;
use crate::driver::error::{Error, Outcome};
use crate::driver::opening::ATTEMPT;
use crate::envelope::ReturnValue;

/// The time to wait for an error from a command that sends no response on success, from when it was sent.
const QUIET: Duration = Duration::from_secs(2);

/// A command whose result is awaited. Dropping it cancels the wait.
pub(crate) struct Call<C> {
    connection: Arc<Connection>,
    reply: Reply,
    deadline: Deadline,
    command: PhantomData<fn() -> C>,
}

impl<C: Command<Return: Send>> Call<C> {
    /// Queues the command. The writer is not woken.
    pub(crate) fn new(
        connection: &Arc<Connection>,
        command: C,
        band: Band,
        attachment: Attachment,
        deadline: Deadline,
    ) -> Result<Self, Error> {
        Ok(Self {
            connection: connection.clone(),
            reply: connection.submit(command, band, attachment)?,
            deadline,
            command: PhantomData,
        })
    }

    /// Waits for the reply, and decodes it.
    pub(crate) fn poll(&mut self, context: &mut Context<'_>) -> Poll<Result<C::Return, Error>> {
        let max_depth = self.connection.options.max_depth;
        Poll::Ready(match ready!(self.reply.poll(context)) {
            Ok(Answer::Return(text)) => {
                decode(&text, C::NAME, max_depth).map(|ReturnValue(value)| value)
            }
            Ok(Answer::Error(text)) => decode(&text, C::NAME, max_depth).and_then(|error| {
                Err(Error::Refused {
                    command: C::NAME,
                    error,
                })
            }),
            // A guest that shuts down also ends the agent.
            Err(Error::Disconnected {
                outcome: Outcome::Unknown,
                ..
            }) if !C::SUCCESS_RESPONSE => nothing::<C>(),
            Err(error) => Err(error),
        })
    }

    /// When to call [`expired`](Self::expired) if there is no result.
    pub(crate) fn limit(&self) -> Option<Instant> {
        let deadline = self.deadline.instant();
        if C::SUCCESS_RESPONSE && !self.connection.is_agent() {
            return deadline;
        }
        let check = match self.reply.sent_at() {
            Some(sent_at) if !C::SUCCESS_RESPONSE => sent_at + QUIET,
            _ => Instant::now() + ATTEMPT,
        };
        Some(deadline.map_or(check, |deadline| deadline.min(check)))
    }

    /// The result of a command without a timely reply, or `None` to continue waiting.
    ///
    /// An agent that does not answer is asked again to synchronize, because it may have missed the earlier request.
    pub(crate) fn expired(&mut self) -> Option<Result<C::Return, Error>> {
        let now = Instant::now();
        let is_late = self.deadline.instant().is_some_and(|it| it <= now);
        let is_quiet = !C::SUCCESS_RESPONSE
            && (self.reply.sent_at()).is_some_and(|sent_at| sent_at + QUIET <= now);
        let result = (is_late || is_quiet).then(|| {
            let no_reply = self.reply.give_up();
            match no_reply.outcome {
                Outcome::Unknown if !C::SUCCESS_RESPONSE => nothing::<C>(),
                outcome => Err(Error::TimedOut {
                    command: Some(C::NAME),
                    after: self.deadline.duration(),
                    outcome,
                    note: no_reply.note,
                }),
            }
        });
        self.connection.resynchronize();
        result
    }
}

/// The value of a command that returns nothing.
fn nothing<C: Command<Return: Send>>() -> Result<C::Return, Error> {
    decode("{}", C::NAME, 1)
}
