//! Decodes the JSON text of answers and events to typed values.

use std::marker::PhantomData;
use std::sync::Arc;

use serde::de::DeserializeOwned;

use crate::core::Answer;
use crate::driver::connection::{End, EventSource, Happening, NoReply};
use crate::driver::deadline::Deadline;
use crate::driver::decode::decode;
use crate::driver::error::{Disconnect, Error, Outcome};
use crate::envelope::ReturnValue;
use crate::{EventMessage, Events};

/// Decodes the answer to a command.
pub(crate) fn read_answer<R: DeserializeOwned + Send>(
    command: &'static str,
    answer: &Answer,
    max_depth: usize,
) -> Result<R, Error> {
    match answer {
        Answer::Return(text) => decode(text, command, max_depth).map(|ReturnValue(value)| value),
        Answer::Error(text) => Err(Error::Refused {
            command,
            error: decode(text, command, max_depth)?,
        }),
    }
}

/// The reply to a command did not arrive in time.
pub(crate) fn timed_out(command: &'static str, deadline: Deadline, no_reply: NoReply) -> Error {
    Error::TimedOut {
        command: Some(command),
        after: deadline.duration(),
        outcome: no_reply.outcome,
        note: no_reply.note,
    }
}

/// The next item of a loop over events; `None` at its end.
///
/// The end of the connection is reported once, unless this program closed it.
pub(crate) fn read_happening<E: Events + Send>(
    happening: Happening,
    max_depth: usize,
    has_ended: &mut bool,
) -> Option<Result<EventMessage<E>, Error>> {
    match happening {
        Happening::Event(text) => Some(decode(&text, "event", max_depth)),
        Happening::Lost(count) => Some(Err(Error::EventsLost { count })),
        Happening::End(_) if *has_ended => None,
        Happening::End(end) => {
            *has_ended = true;
            match end {
                End::Disconnect(Disconnect::Closed) => None,
                end => Some(Err(end.error(None, Outcome::Unknown))),
            }
        }
    }
}

/// Looks for one event.
pub(crate) struct Search<E, P> {
    pub(crate) source: EventSource,
    predicate: P,
    /// The error of an event that could not be decoded, which may be the wanted one.
    undecodable: Option<Error>,
    event: PhantomData<fn() -> E>,
}

impl<E: Events + Send, P: FnMut(&E) -> bool> Search<E, P> {
    pub(crate) fn new(source: EventSource, predicate: P) -> Self {
        Self {
            source,
            predicate,
            undecodable: None,
            event: PhantomData,
        }
    }

    /// The result, if this ends the search.
    pub(crate) fn look(&mut self, happening: Happening) -> Option<Result<EventMessage<E>, Error>> {
        match happening {
            Happening::Event(text) => self.look_at(&text),
            // The wanted event may be among them.
            Happening::Lost(count) => Some(Err(Error::EventsLost { count })),
            Happening::End(end) => Some(Err(end.error(None, Outcome::Unknown))),
        }
    }

    fn look_at(&mut self, text: &Arc<str>) -> Option<Result<EventMessage<E>, Error>> {
        match decode::<EventMessage<E>>(text, "event", self.source.max_depth()) {
            Ok(message) => (self.predicate)(&message.event).then_some(Ok(message)),
            Err(error) => {
                self.undecodable.get_or_insert(error);
                None
            }
        }
    }

    /// The event did not arrive in time.
    pub(crate) fn timed_out(self, deadline: Deadline) -> Error {
        Error::TimedOut {
            command: None,
            after: deadline.duration(),
            outcome: Outcome::Unknown,
            note: self.undecodable.map(|error| error.to_string()),
        }
    }
}

impl Error {
    /// No event arrived in time.
    pub(crate) fn no_event(deadline: Deadline) -> Self {
        Self::TimedOut {
            command: None,
            after: deadline.duration(),
            outcome: Outcome::Unknown,
            note: None,
        }
    }
}
