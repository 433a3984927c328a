//! One command, from its submission to its result.

use std::marker::PhantomData;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::{Duration, Instant};

use crate::Command;
use crate::core::{Answer, Band};
use crate::driver::connection::{ATTEMPT, Attachment, Connection, NoReply, Reply};
use crate::driver::deadline::Deadline;
use crate::driver::decode::decode;
use crate::driver::error::{Disconnect, Error, Outcome};
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
        Poll::Ready(match ready!(self.reply.poll(context)) {
            Ok(answer) => self.decode(&answer),
            // A guest that shuts down also ends the agent.
            Err(Error::Disconnected {
                outcome: Outcome::Unknown,
                reason: Disconnect::ByServer { incomplete: None },
                ..
            }) if !C::SUCCESS_RESPONSE => nothing::<C>(),
            Err(error) => Err(error),
        })
    }

    fn decode(&self, answer: &Answer) -> Result<C::Return, Error> {
        let max_depth = self.connection.options.max_depth;
        match answer {
            Answer::Return(text) => decode(text, C::NAME, Some(Outcome::Succeeded), max_depth)
                .map(|ReturnValue(value)| value),
            Answer::Error(text) => Err(Error::Refused {
                command: C::NAME,
                error: decode(text, C::NAME, Some(Outcome::Failed), max_depth)?,
            }),
        }
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
        let result = (is_late || is_quiet).then(|| match self.reply.give_up() {
            Ok(answer) => self.decode(&answer),
            Err(_) if is_quiet => nothing::<C>(),
            Err(NoReply { outcome, note }) => Err(Error::TimedOut {
                command: Some(C::NAME),
                after: self.deadline.duration(),
                outcome,
                note,
            }),
        });
        self.connection.resynchronize();
        result
    }
}

/// The value of a command that returns nothing.
fn nothing<C: Command<Return: Send>>() -> Result<C::Return, Error> {
    decode("{}", C::NAME, Some(Outcome::Succeeded), 1)
}

#[cfg(test)]
mod tests {
    use std::task::{Context, Poll, Waker};
    use std::time::Instant;

    use serde::{Serialize, Serializer};
    use serde_json::{Value, json};

    use super::Call;
    use crate::core::{Band, Session};
    use crate::driver::builder::Builder;
    use crate::driver::connection::{Attachment, Connection};
    use crate::{Command, Empty};

    struct QueryName;

    impl Command for QueryName {
        const NAME: &'static str = "query-name";
        const HAS_ARGUMENTS: bool = false;
        type Return = Value;
    }

    impl Serialize for QueryName {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            Empty::new().serialize(serializer)
        }
    }

    /// Takes the next request, and returns its `id`.
    fn id_of_next(connection: &Connection) -> Value {
        let Poll::Ready(Some(batch)) = connection.poll_batch(&mut noop()) else {
            panic!("no request");
        };
        let request: Value = serde_json::from_slice(&batch.bytes).unwrap();
        request["id"].clone()
    }

    fn noop() -> Context<'static> {
        Context::from_waker(Waker::noop())
    }

    #[test]
    fn an_answer_that_arrives_between_the_last_poll_and_giving_up_counts() {
        let connection = Connection::new(Session::qmp([]), Builder::<()>::new().options);
        let receive = |message: Value| {
            let _ = connection.receive(format!("{message}\n").as_bytes());
        };
        receive(json!({"QMP": {}}));
        receive(json!({"return": {}, "id": id_of_next(&connection)}));
        let deadline = Instant::now().into();
        let mut call = Call::new(
            &connection,
            QueryName,
            Band::In,
            Attachment::new(),
            deadline,
        )
        .unwrap();
        let id = id_of_next(&connection);
        assert!(call.poll(&mut noop()).is_pending());
        receive(json!({"return": "vm", "id": id}));
        let result = call.expired().expect("the deadline has passed");
        assert_eq!(result.unwrap(), "vm");
    }
}
