//! Events, one after the other, and the wait for one of them.

use std::iter::FusedIterator;
use std::marker::PhantomData;

use crate::driver::answer::{Search, read_happening};
use crate::driver::connection::EventSource;
use crate::driver::deadline::Deadline;
use crate::driver::error::Error;
use crate::{EventMessage, Events};

use super::signal;

/// All events from the call of [`Client::events`](super::Client::events) on.
///
/// `next` waits for the next event without a deadline; [`next_within`](Self::next_within) has one. The iterator ends
/// with the connection: with an error if the server ended it, and without one if this program did. It does not keep the
/// connection open.
///
/// Events that were not taken are kept up to a limit of 4096 events or 16 MiB. Beyond it the oldest are dropped, and the
/// next item is [`Error::EventsLost`], which tells how many. After that error, and after [`Error::Undecodable`], the
/// iterator goes on.
pub struct EventIter<E> {
    source: EventSource,
    has_ended: bool,
    event: PhantomData<fn() -> E>,
}

impl<E: Events + Send> EventIter<E> {
    pub(super) fn new(source: EventSource) -> Self {
        Self {
            source,
            has_ended: false,
            event: PhantomData,
        }
    }

    /// The next event, or [`Error::TimedOut`] if none comes until the deadline; `None` at the end.
    pub fn next_within(
        &mut self,
        deadline: impl Into<Deadline>,
    ) -> Option<Result<EventMessage<E>, Error>> {
        let deadline = deadline.into();
        let happening = signal::wait(deadline.instant(), |it| self.source.poll_next(it));
        match happening {
            Some(happening) => {
                let max_depth = self.source.max_depth();
                read_happening(happening, max_depth, &mut self.has_ended)
            }
            None => Some(Err(Error::no_event(deadline))),
        }
    }
}

impl<E: Events + Send> Iterator for EventIter<E> {
    type Item = Result<EventMessage<E>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        self.next_within(Deadline::NEVER)
    }
}

impl<E: Events + Send> FusedIterator for EventIter<E> {}

/// A wait for one event: made by [`Client::wait_for`](super::Client::wait_for), which listens from its call on.
#[must_use = "the event is not awaited until `within` or `wait` is called"]
pub struct Wait<E, P> {
    search: Search<E, P>,
}

impl<E: Events + Send, P: FnMut(&E) -> bool> Wait<E, P> {
    pub(super) fn new(search: Search<E, P>) -> Self {
        Self { search }
    }

    /// Returns the event when it has come, be it before this call.
    ///
    /// # Errors
    ///
    /// [`Error::TimedOut`] if it does not come until the deadline, an error if the connection ends first, and
    /// [`Error::EventsLost`] if so many events came that it may be among those that were dropped. Events that cannot be
    /// decoded are passed over; [`Error::TimedOut`] tells of the first.
    pub fn within(mut self, deadline: impl Into<Deadline>) -> Result<EventMessage<E>, Error> {
        let deadline = deadline.into();
        loop {
            let source = &mut self.search.source;
            let Some(happening) = signal::wait(deadline.instant(), |it| source.poll_next(it))
            else {
                return Err(self.search.timed_out(deadline));
            };
            if let Some(found) = self.search.look(happening) {
                return found;
            }
        }
    }

    /// As [`within`](Self::within), but without a deadline: it is endless unless the event comes or the connection ends.
    ///
    /// # Errors
    ///
    /// As [`within`](Self::within), except [`Error::TimedOut`].
    pub fn wait(self) -> Result<EventMessage<E>, Error> {
        self.within(Deadline::NEVER)
    }
}
