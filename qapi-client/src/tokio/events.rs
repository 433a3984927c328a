//! The stream of events, and the wait for one of them.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;

use crate::driver::deadline::Deadline;
use crate::driver::error::Error;
use crate::driver::events::{AllEvents, Search, no_event};
use crate::{EventMessage, Events};

use super::until::until;

/// All events since the call to [`Client::events`](super::Client::events), or of the connection: see
/// [`Builder::events_from_start`](super::Builder::events_from_start).
///
/// It is a [`Stream`], and has its own [`next`](Self::next). It ends when the connection ends: with an error if the server
/// closed it, and without one if this program did. It does not keep the connection open.
///
/// Up to 4096 events or 16 MiB are queued. Beyond that, the oldest are dropped, and the next item is
/// [`Error::EventsLost`] with their number. After that error, and after [`Error::Undecodable`], the
/// stream continues.
pub struct EventStream<E> {
    events: AllEvents<E>,
}

impl<E: Events + Send> EventStream<E> {
    pub(super) fn new(events: AllEvents<E>) -> Self {
        Self { events }
    }

    /// Waits for the next event without a deadline; `None` at the end.
    ///
    /// No event is lost when the future is dropped.
    pub async fn next(&mut self) -> Option<Result<EventMessage<E>, Error>> {
        poll_fn(|context| self.events.poll_next(context)).await
    }

    /// Waits for the next event, or returns [`Error::TimedOut`] if none arrives by the deadline; `None` at the end.
    pub async fn next_within(
        &mut self,
        deadline: impl Into<Deadline>,
    ) -> Option<Result<EventMessage<E>, Error>> {
        let deadline = deadline.into();
        let next = until(deadline.instant(), self.next()).await;
        next.unwrap_or_else(|| Some(Err(no_event(deadline, None))))
    }
}

impl<E: Events + Send> Stream for EventStream<E> {
    type Item = Result<EventMessage<E>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.events.poll_next(context)
    }
}

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
    pub async fn within(mut self, deadline: impl Into<Deadline>) -> Result<EventMessage<E>, Error> {
        let deadline = deadline.into();
        let find = poll_fn(|context| self.search.poll(context));
        let found = until(deadline.instant(), find).await;
        found.unwrap_or_else(|| Err(self.search.timed_out(deadline)))
    }

    /// Like [`within`](Self::within), but without a deadline: waits until the event arrives or the connection ends.
    ///
    /// # Errors
    ///
    /// Same as [`within`](Self::within), except [`Error::TimedOut`].
    pub async fn wait(self) -> Result<EventMessage<E>, Error> {
        self.within(Deadline::NEVER).await
    }
}
