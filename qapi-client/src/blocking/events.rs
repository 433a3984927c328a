//! The stream of events, and the wait for one of them.

use std::iter::FusedIterator;

use crate::driver::deadline::Deadline;
use crate::driver::error::Error;
use crate::driver::events::{AllEvents, Search, no_event};
use crate::{EventMessage, Events};

use super::signal;

/// All events since the call to [`Client::events`](super::Client::events), or of the connection: see
/// [`Builder::events_from_start`](super::Builder::events_from_start).
///
/// `next` waits for the next event without a deadline; [`next_within`](Self::next_within) has one. The iterator ends
/// when the connection ends: with an error if the server closed it, and without one if this program did. It does not keep
/// the connection open.
///
/// Up to 4096 events or 16 MiB are queued. Beyond that, the oldest are dropped, and the next item is
/// [`Error::EventsLost`] with their number. After that error, and after [`Error::Undecodable`], the
/// iterator continues.
pub struct EventIter<E> {
    events: AllEvents<E>,
}

impl<E: Events + Send> EventIter<E> {
    pub(super) fn new(events: AllEvents<E>) -> Self {
        Self { events }
    }

    /// Waits for the next event, or returns [`Error::TimedOut`] if none arrives by the deadline; `None` at the end.
    pub fn next_within(
        &mut self,
        deadline: impl Into<Deadline>,
    ) -> Option<Result<EventMessage<E>, Error>> {
        let deadline = deadline.into();
        let next = signal::wait(deadline.instant(), |it| self.events.poll_next(it));
        next.unwrap_or_else(|| Some(Err(no_event(deadline, None))))
    }
}

impl<E: Events + Send> Iterator for EventIter<E> {
    type Item = Result<EventMessage<E>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        self.next_within(Deadline::NEVER)
    }
}

impl<E: Events + Send> FusedIterator for EventIter<E> {}

/// A wait for one event, created by [`Client::wait_for`](super::Client::wait_for), which starts listening.
#[must_use = "the event is not awaited until `within` or `wait` is called"]
pub struct Wait<E, P> {
    search: Search<E, P>,
}

impl<E: Events + Send, P: FnMut(&E) -> bool> Wait<E, P> {
    pub(super) fn new(search: Search<E, P>) -> Self {
        Self { search }
    }

    /// Waits for the event, which may have arrived before this call.
    ///
    /// # Errors
    ///
    /// [`Error::TimedOut`] if it does not arrive by the deadline, and an error if the connection ends first. Events that
    /// cannot be decoded are skipped; [`Error::TimedOut`] mentions the first of them.
    ///
    /// [`Error::EventsLost`] if so many events arrived since `wait_for` that the oldest were dropped, and the event is not
    /// among the others. During this call, events are looked at as they arrive.
    pub fn within(mut self, deadline: impl Into<Deadline>) -> Result<EventMessage<E>, Error> {
        let deadline = deadline.into();
        let found = signal::wait(deadline.instant(), |it| self.search.poll(it));
        found.unwrap_or_else(|| Err(self.search.timed_out(deadline)))
    }

    /// Like [`within`](Self::within), but without a deadline: waits until the event arrives or the connection ends.
    ///
    /// # Errors
    ///
    /// Same as [`within`](Self::within), except [`Error::TimedOut`].
    pub fn wait(self) -> Result<EventMessage<E>, Error> {
        self.within(Deadline::NEVER)
    }
}
