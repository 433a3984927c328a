//! Events with their types: all of them, or one.

use std::marker::PhantomData;
use std::task::{Context, Poll, ready};

use crate::driver::connection::{End, EventSource, Happening};
use crate::driver::deadline::Deadline;
use crate::driver::decode::decode;
use crate::driver::error::{Disconnect, Error, Outcome};
use crate::{EventMessage, Events};

/// All events.
pub(crate) struct AllEvents<E> {
    source: EventSource,
    has_ended: bool,
    event: PhantomData<fn() -> E>,
}

impl<E: Events + Send> AllEvents<E> {
    pub(crate) fn new(source: EventSource) -> Self {
        Self {
            source,
            has_ended: false,
            event: PhantomData,
        }
    }

    /// Waits for the next item; `None` at the end.
    ///
    /// The end of the connection is reported once, unless this program closed it.
    pub(crate) fn poll_next(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<EventMessage<E>, Error>>> {
        let max_depth = self.source.max_depth();
        Poll::Ready(match ready!(self.source.poll_next(context)) {
            Happening::Event(text) => Some(decode(&text, "event", None, max_depth)),
            Happening::Lost(count) => Some(Err(Error::EventsLost { count })),
            Happening::End(_) if self.has_ended => None,
            Happening::End(end) => {
                self.has_ended = true;
                match end {
                    End::Disconnect(Disconnect::Closed) => None,
                    end => Some(Err(end.error(None, Outcome::Unknown))),
                }
            }
        })
    }
}

/// Looks for one event.
pub(crate) struct Search<E, P> {
    source: EventSource,
    predicate: P,
    /// The number of dropped events, of which one may be the wanted one.
    lost: u64,
    /// The error of an event that could not be decoded, which may be the wanted one.
    undecodable: Option<Error>,
    event: PhantomData<fn() -> E>,
}

impl<E: Events + Send, P: FnMut(&E) -> bool> Search<E, P> {
    pub(crate) fn new(source: EventSource, predicate: P) -> Self {
        Self {
            source,
            predicate,
            lost: 0,
            undecodable: None,
            event: PhantomData,
        }
    }

    /// Waits for the event. If events were lost, it may still be among those that are queued.
    pub(crate) fn poll(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Result<EventMessage<E>, Error>> {
        loop {
            let happening = match self.source.poll_next(context) {
                Poll::Ready(happening) => happening,
                Poll::Pending if self.lost == 0 => return Poll::Pending,
                Poll::Pending => return Poll::Ready(Err(Error::EventsLost { count: self.lost })),
            };
            match happening {
                Happening::Event(text) => match self.decode(&text) {
                    Some(message) if (self.predicate)(&message.event) => {
                        return Poll::Ready(Ok(message));
                    }
                    _ => {}
                },
                Happening::Lost(count) => self.lost += count,
                Happening::End(end) => {
                    return Poll::Ready(Err(match self.lost {
                        0 => end.error(None, Outcome::Unknown),
                        count => Error::EventsLost { count },
                    }));
                }
            }
        }
    }

    fn decode(&mut self, text: &str) -> Option<EventMessage<E>> {
        match decode(text, "event", None, self.source.max_depth()) {
            Ok(message) => Some(message),
            Err(error) => {
                self.undecodable.get_or_insert(error);
                None
            }
        }
    }

    /// The event did not arrive in time.
    pub(crate) fn timed_out(self, deadline: Deadline) -> Error {
        let note = self.undecodable.map(|error| error.to_string());
        no_event(deadline, note)
    }
}

/// No event arrived in time.
pub(crate) fn no_event(deadline: Deadline, note: Option<String>) -> Error {
    Error::TimedOut {
        command: None,
        after: deadline.duration(),
        outcome: Outcome::Unknown,
        note,
    }
}
