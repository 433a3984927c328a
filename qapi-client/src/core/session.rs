//! The state of one connection.

use crate::Capability;

use super::error::{ProtocolError, Violation};
use super::exchange::{Exchange, Forgotten, Incoming, Outgoing, Request};
use super::lines::Lines;

/// The default of [`Session::set_max_message_len`]: 64 MiB, enough for the largest reply of the guest agent (48 MiB of
/// a file in base64).
pub const DEFAULT_MAX_MESSAGE_LEN: usize = 64 << 20;

/// The state of one connection to QEMU or to a guest agent.
///
/// `A` is the data that the driver sends along with a request, such as file descriptors.
///
/// Requests that are submitted before the session is ready are queued, and are sent in order when it is. An answer
/// whose `id` matches no request in flight is dropped.
pub struct Session<A = ()> {
    lines: Lines,
    exchange: Exchange<A>,
    has_failed: bool,
}

impl<A> Session<A> {
    /// A session with QEMU's monitor, or with its storage daemon. It begins with the server's greeting, which the
    /// session answers: it enables those of `capabilities` that the server offers.
    pub fn qmp(capabilities: impl IntoIterator<Item = Capability>) -> Self {
        Self {
            lines: Lines::new(DEFAULT_MAX_MESSAGE_LEN, false),
            exchange: Exchange::new(false, capabilities.into_iter().collect()),
            has_failed: false,
        }
    }

    /// A session with a guest agent, which sends no greeting. Call [`synchronize`](Self::synchronize) first, because
    /// the channel may contain bytes of an earlier session.
    ///
    /// One request is in flight at a time, because agents before QEMU 4.0 do not return the `id`.
    pub fn agent() -> Self {
        Self {
            lines: Lines::new(DEFAULT_MAX_MESSAGE_LEN, true),
            exchange: Exchange::new(true, Vec::new()),
            has_failed: false,
        }
    }

    /// Limits the length of a message to `bytes`, not counting the line end. A longer message ends the session with
    /// [`Violation::TooLong`].
    pub fn set_max_message_len(&mut self, bytes: usize) {
        self.lines.set_limit(bytes);
    }

    /// Takes received bytes, in pieces of any size.
    pub fn receive(&mut self, bytes: &[u8]) {
        if !self.has_failed {
            self.lines.push(bytes);
        }
    }

    /// The next message or state change, or `None` until more bytes are received.
    ///
    /// # Errors
    ///
    /// The server violated the protocol. Everything that follows is ignored: close the connection.
    pub fn next_incoming(&mut self) -> Result<Option<Incoming>, ProtocolError> {
        while !self.has_failed {
            let (limit, skips) = (self.lines.limit(), self.exchange.is_synchronizing());
            let taken = match self.lines.next(skips) {
                Ok(None) => return Ok(None),
                Ok(Some(line)) if line.bytes.trim_ascii().is_empty() => continue,
                Ok(Some(line)) => self.exchange.take(&line),
                // Until the agent is synchronized, all lines belong to an earlier session.
                Err(_) if skips => {
                    self.lines.discard_long_rest();
                    continue;
                }
                Err(line) => Err(ProtocolError::new(Violation::TooLong { limit }, line.0)),
            };
            match taken {
                Ok(None) => {}
                Ok(some) => return Ok(some),
                Err(error) => {
                    self.has_failed = true;
                    self.lines.discard();
                    return Err(error);
                }
            }
        }
        Ok(None)
    }

    /// The beginning of a message whose end has not been received.
    pub fn incomplete(&self) -> &[u8] {
        self.lines.rest()
    }

    /// Queues a request: in-band requests in order, out-of-band requests ahead of all queued ones.
    ///
    /// At most eight in-band requests are in flight when `oob` is enabled, as QEMU requires; the others are queued.
    pub fn submit(&mut self, request: Request<A>) {
        self.exchange.submit(request);
    }

    /// The next message to be sent, or `None` until something else happens. Send all of it before the next one.
    pub fn next_outgoing(&mut self) -> Option<Outgoing<A>> {
        match self.has_failed {
            true => None,
            false => self.exchange.next_outgoing(),
        }
    }

    /// Whether [`next_outgoing`](Self::next_outgoing) has a message.
    #[cfg(any(feature = "blocking", feature = "tokio"))]
    pub(crate) fn has_outgoing(&self) -> bool {
        !self.has_failed && self.exchange.has_outgoing()
    }

    /// Whether a request was sent, and its answer is awaited.
    #[cfg(any(feature = "blocking", feature = "tokio"))]
    pub(crate) fn is_in_flight(&self, id: u64) -> bool {
        self.exchange.is_in_flight(id)
    }

    /// Forgets a request: if it was not sent, it will not be, and its answer is dropped.
    pub fn forget(&mut self, id: u64) -> Forgotten {
        self.exchange.forget(id)
    }

    /// Synchronizes with a guest agent, at the beginning and after a request that was not answered in time.
    ///
    /// Requests in flight are forgotten, and all input is ignored until the agent answers with `number`, which should
    /// not be easy to guess. [`Incoming::Ready`] follows.
    ///
    /// If the session is being synchronized already, the request is repeated with the next number, and `number` is ignored:
    /// the answer of a slow agent to any of these requests counts.
    pub fn synchronize(&mut self, number: u64) {
        self.exchange.synchronize(number);
    }

    /// Whether [`synchronize`](Self::synchronize) must be called before any answer can arrive: a guest agent is not
    /// synchronized, or all requests in flight were forgotten.
    pub fn is_stuck(&self) -> bool {
        self.exchange.is_stuck()
    }

    /// Whether the server is a guest agent.
    #[cfg(any(feature = "blocking", feature = "tokio"))]
    pub(crate) fn is_agent(&self) -> bool {
        self.exchange.is_agent()
    }

    /// Whether commands are sent: the negotiation has ended, or the agent is synchronized.
    pub fn is_ready(&self) -> bool {
        self.exchange.is_ready()
    }

    /// Whether commands can be executed out of band: `oob` was requested and offered.
    pub fn has_oob(&self) -> bool {
        self.exchange.has_oob()
    }
}
