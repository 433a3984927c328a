//! Events, one after the other, and the wait for one of them.

use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;

use crate::driver::answer::{Search, read_happening};
use crate::driver::connection::EventSource;
use crate::driver::deadline::Deadline;
use crate::driver::error::Error;
use crate::{EventMessage, Events};

use super::until::until;

/// All events from the call of [`Client::events`](super::Client::events) on.
///
/// It is a [`Stream`], and has a [`next`](Self::next) of its own. It ends with the connection: with an error if the
/// server ended it, and without one if this program did. It does not keep the connection open.
///
/// Events that were not taken are kept up to a limit of 4096 events or 16 MiB. Beyond it the oldest are dropped, and the
/// next item is [`Error::EventsLost`], which tells how many. After that error, and after [`Error::Undecodable`], the
/// stream goes on.
pub struct EventStream<E> {
    source: EventSource,
    has_ended: bool,
    event: PhantomData<fn() -> E>,
}

impl<E: Events + Send> EventStream<E> {
    pub(super) fn new(source: EventSource) -> Self {
        Self {
            source,
            has_ended: false,
            event: PhantomData,
        }
    }

    /// The next event, waited for without a deadline; `None` at the end.
    ///
    /// No event is lost when the future is dropped.
    pub async fn next(&mut self) -> Option<Result<EventMessage<E>, Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// The next event, or [`Error::TimedOut`] if none comes until the deadline; `None` at the end.
    pub async fn next_within(
        &mut self,
        deadline: impl Into<Deadline>,
    ) -> Option<Result<EventMessage<E>, Error>> {
        let deadline = deadline.into();
        match until(deadline, self.next()).await {
            Some(next) => next,
            None => Some(Err(Error::no_event(deadline))),
        }
    }
}

impl<E: Events + Send> Stream for EventStream<E> {
    type Item = Result<EventMessage<E>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        let max_depth = this.source.max_depth();
        this.source
            .poll_next(context)
            .map(|it| read_happening(it, max_depth, &mut this.has_ended))
    }
}

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
    pub async fn within(mut self, deadline: impl Into<Deadline>) -> Result<EventMessage<E>, Error> {
        let deadline = deadline.into();
        let search = &mut self.search;
        let find = async {
            loop {
                let happening = poll_fn(|context| search.source.poll_next(context)).await;
                if let Some(found) = search.look(happening) {
                    return found;
                }
            }
        };
        match until(deadline, find).await {
            Some(found) => found,
            None => Err(self.search.timed_out(deadline)),
        }
    }

    /// As [`within`](Self::within), but without a deadline: it is endless unless the event comes or the connection ends.
    ///
    /// # Errors
    ///
    /// As [`within`](Self::within), except [`Error::TimedOut`].
    pub async fn wait(self) -> Result<EventMessage<E>, Error> {
        self.within(Deadline::NEVER).await
    }
}
