//! Queues requests, and matches replies to them.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use crate::{Capability, Greeting};

use super::error::{ProtocolError, Violation};
use super::lines::{DELIMITER, Line};
use super::message::{self, Message};

/// The number of in-band commands that QEMU queues when out-of-band execution is enabled; with more, it stops reading.
const IN_BAND_LIMIT: usize = 8;

/// The id of the request that ends the negotiation, which callers must not use.
const NEGOTIATION: u64 = 0;

/// A command to be sent.
#[derive(Debug)]
#[non_exhaustive]
pub struct Request<A = ()> {
    /// The `id` in `bytes`: a number, at least 1, that is unique in the session.
    pub id: u64,
    /// Whether the command waits for those before it.
    pub band: Band,
    /// The whole message, with a line feed at its end.
    pub bytes: Vec<u8>,
    /// The data that the driver sends along, such as file descriptors.
    pub attachment: A,
}

impl<A> Request<A> {
    /// Creates a request; `bytes` is the whole message, which has `id` as its `id` and ends in a line feed.
    pub fn new(id: u64, band: Band, bytes: Vec<u8>, attachment: A) -> Self {
        Self {
            id,
            band,
            bytes,
            attachment,
        }
    }
}

/// The order in which a command is executed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Band {
    /// After the commands that were sent before it.
    In,
    /// Immediately (`exec-oob`).
    Out,
}

/// Bytes to be sent, as a whole and in this order.
#[derive(Debug)]
#[non_exhaustive]
pub struct Outgoing<A = ()> {
    /// One whole message.
    pub bytes: Vec<u8>,
    /// The data that the driver sends along; `None` for a message of the session itself.
    pub attachment: Option<A>,
}

/// An incoming message or state change.
#[derive(Debug)]
#[non_exhaustive]
pub enum Incoming {
    /// The greeting, which the session has already answered.
    Greeting(Greeting),
    /// The negotiation has ended, or the agent is synchronized. Commands are sent from now on.
    Ready,
    /// An event: the whole message.
    Event(Arc<str>),
    /// The answer to a pending request.
    Reply {
        /// The `id` of the request.
        id: u64,
        /// The answer.
        answer: Answer,
    },
    /// An error without an `id`, unless exactly one request is in flight: the JSON text of the error.
    ///
    /// QEMU could not parse one of the requests, which gets no reply.
    Unattributed(String),
}

/// The answer to a command, as JSON text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The value of `return`.
    Return(String),
    /// The value of `error`.
    Error(String),
}

/// The state of a request that was forgotten.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forgotten {
    /// It was not sent, and will not be.
    NotSent,
    /// It was sent, at least in part. Its answer will be dropped.
    Sent,
    /// There is no such request, or it has been answered.
    Unknown,
}

/// The state of the session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    AwaitsGreeting,
    Negotiates,
    /// The agent must answer with one of these numbers.
    Synchronizes {
        first: u64,
        last: u64,
    },
    Ready,
}

pub(super) struct Exchange<A> {
    phase: Phase,
    is_agent: bool,
    /// The capabilities to enable if offered.
    wanted: Vec<Capability>,
    oob: bool,
    /// Messages of the session itself.
    own: VecDeque<Vec<u8>>,
    out_of_band: VecDeque<Request<A>>,
    in_band: VecDeque<Request<A>>,
    in_flight: BTreeMap<u64, InFlight>,
    in_band_in_flight: usize,
    /// The number of the last repeated request to synchronize, until it is answered. The answers to repeats come before
    /// that to any command.
    repeat: Option<u64>,
}

struct InFlight {
    band: Band,
    is_wanted: bool,
}

impl<A> Exchange<A> {
    pub(super) fn new(is_agent: bool, wanted: Vec<Capability>) -> Self {
        Self {
            phase: match is_agent {
                true => Phase::Ready,
                false => Phase::AwaitsGreeting,
            },
            is_agent,
            wanted,
            oob: false,
            own: VecDeque::new(),
            out_of_band: VecDeque::new(),
            in_band: VecDeque::new(),
            in_flight: BTreeMap::new(),
            in_band_in_flight: 0,
            repeat: None,
        }
    }

    pub(super) fn is_ready(&self) -> bool {
        self.phase == Phase::Ready
    }

    #[cfg(any(feature = "blocking", feature = "tokio"))]
    pub(super) fn is_agent(&self) -> bool {
        self.is_agent
    }

    pub(super) fn is_stuck(&self) -> bool {
        let is_unwanted =
            !self.in_flight.is_empty() && self.in_flight.values().all(|it| !it.is_wanted);
        self.is_agent && (!self.is_ready() || is_unwanted)
    }

    #[cfg(any(feature = "blocking", feature = "tokio"))]
    pub(super) fn is_in_flight(&self, id: u64) -> bool {
        self.in_flight.contains_key(&id)
    }

    pub(super) fn is_synchronizing(&self) -> bool {
        matches!(self.phase, Phase::Synchronizes { .. })
    }

    pub(super) fn has_oob(&self) -> bool {
        self.oob
    }

    pub(super) fn submit(&mut self, request: Request<A>) {
        match request.band {
            Band::In => self.in_band.push_back(request),
            Band::Out => self.out_of_band.push_back(request),
        }
    }

    pub(super) fn synchronize(&mut self, number: u64) {
        let (first, number) = match self.phase {
            Phase::Synchronizes { first, last } => (first, last.wrapping_add(1)),
            _ => (number, number),
        };
        let sync = format!(r#"{{"execute":"guest-sync-delimited","arguments":{{"id":{number}}}}}"#);
        let mut bytes = vec![DELIMITER];
        bytes.extend_from_slice(sync.as_bytes());
        bytes.push(b'\n');
        self.own.clear();
        self.own.push_back(bytes);
        self.in_flight.clear();
        self.in_band_in_flight = 0;
        self.repeat = None;
        self.phase = Phase::Synchronizes {
            first,
            last: number,
        };
    }

    #[cfg(any(feature = "blocking", feature = "tokio"))]
    pub(super) fn has_outgoing(&self) -> bool {
        let has_room = self.in_band_in_flight < self.in_band_limit();
        let has_request = !self.out_of_band.is_empty() || has_room && !self.in_band.is_empty();
        !self.own.is_empty() || self.is_ready() && has_request
    }

    pub(super) fn next_outgoing(&mut self) -> Option<Outgoing<A>> {
        if let Some(bytes) = self.own.pop_front() {
            return Some(Outgoing {
                bytes,
                attachment: None,
            });
        }
        if !self.is_ready() {
            return None;
        }
        let request = match self.out_of_band.pop_front() {
            Some(request) => request,
            None if self.in_band_in_flight < self.in_band_limit() => self.in_band.pop_front()?,
            None => return None,
        };
        if request.band == Band::In {
            self.in_band_in_flight += 1;
        }
        self.in_flight.insert(
            request.id,
            InFlight {
                band: request.band,
                is_wanted: true,
            },
        );
        Some(Outgoing {
            bytes: request.bytes,
            attachment: Some(request.attachment),
        })
    }

    fn in_band_limit(&self) -> usize {
        match (self.is_agent, self.oob) {
            // Before 4.0 the agent does not return ids.
            (true, _) => 1,
            (false, true) => IN_BAND_LIMIT,
            (false, false) => usize::MAX,
        }
    }

    pub(super) fn forget(&mut self, id: u64) -> Forgotten {
        if let Some(flight) = self.in_flight.get_mut(&id) {
            let was_wanted = std::mem::replace(&mut flight.is_wanted, false);
            return match was_wanted {
                true => Forgotten::Sent,
                false => Forgotten::Unknown,
            };
        }
        for queue in [&mut self.in_band, &mut self.out_of_band] {
            if let Some(index) = queue.iter().position(|request| request.id == id) {
                queue.remove(index);
                return Forgotten::NotSent;
            }
        }
        Forgotten::Unknown
    }

    /// Takes one line; `None` if it is ignored.
    pub(super) fn take(&mut self, line: &Line<'_>) -> Result<Option<Incoming>, ProtocolError> {
        if let Phase::Synchronizes { first, last } = self.phase {
            return Ok(self.take_sync(line, first, last));
        }
        if line.behind_delimiter {
            if self.repeat.is_some() && sync_number(line) == self.repeat {
                self.repeat = None;
            }
            return Ok(None);
        }
        let (text, message) = message::read(line.bytes)?;
        match message {
            Message::Event => Ok(Some(Incoming::Event(text.into()))),
            Message::Greeting => self.take_greeting(text).map(Some),
            Message::Return(value, id) => self.take_reply(Answer::Return, value, id, text),
            Message::Error(error, id) => self.take_reply(Answer::Error, error, id, text),
        }
    }

    /// Everything except the answer after a delimiter is left over from an earlier session.
    fn take_sync(&mut self, line: &Line<'_>, first: u64, last: u64) -> Option<Incoming> {
        if !line.behind_delimiter {
            return None;
        }
        let number = sync_number(line)?;
        if number.wrapping_sub(first) > last.wrapping_sub(first) {
            return None;
        }
        self.phase = Phase::Ready;
        self.repeat = (number != last).then_some(last);
        Some(Incoming::Ready)
    }

    fn take_greeting(&mut self, text: &str) -> Result<Incoming, ProtocolError> {
        let fail = |violation| Err(ProtocolError::new(violation, text.as_bytes()));
        if self.phase != Phase::AwaitsGreeting {
            return fail(Violation::SecondGreeting);
        }
        let greeting: Greeting = match serde_json::from_str(text) {
            Ok(greeting) => greeting,
            Err(error) => {
                let reason = error.to_string();
                return fail(Violation::Greeting { reason });
            }
        };
        self.wanted
            .retain(|capability| greeting.capabilities.contains(capability));
        self.oob = self.wanted.contains(&Capability::Oob);
        self.own.push_back(negotiation(&self.wanted));
        self.phase = Phase::Negotiates;
        Ok(Incoming::Greeting(greeting))
    }

    fn take_reply(
        &mut self,
        answer: fn(String) -> Answer,
        value: &str,
        id: Option<&str>,
        text: &str,
    ) -> Result<Option<Incoming>, ProtocolError> {
        let answer = answer(value.to_owned());
        if self.phase == Phase::Negotiates {
            let is_ours = id.map_or(matches!(answer, Answer::Error(_)), |id| {
                id.parse() == Ok(NEGOTIATION)
            });
            return match answer {
                _ if !is_ours => Ok(None),
                Answer::Return(_) => {
                    self.phase = Phase::Ready;
                    Ok(Some(Incoming::Ready))
                }
                Answer::Error(_) => Err(ProtocolError::new(
                    Violation::NegotiationRefused,
                    text.as_bytes(),
                )),
            };
        }
        // Any other id belongs to a request of another client.
        let id = match id {
            Some(id) => id.parse().ok(),
            // The agent could not parse the delimiter before a repeated request to synchronize.
            None if self.repeat.is_some() && matches!(answer, Answer::Error(_)) => None,
            None => match (&answer, self.only_in_flight()) {
                (_, Some(only)) if self.is_agent => Some(only),
                (Answer::Error(_), Some(only)) => Some(only),
                (Answer::Error(error), None) => {
                    return Ok(Some(Incoming::Unattributed(error.clone())));
                }
                (Answer::Return(_), _) => None,
            },
        };
        let flight = id.and_then(|id| Some((id, self.in_flight.remove(&id)?)));
        let Some((id, flight)) = flight else {
            return Ok(None);
        };
        if flight.band == Band::In {
            self.in_band_in_flight -= 1;
        }
        // The agent has lost the repeated request, since it answers in order.
        self.repeat = None;
        Ok(flight.is_wanted.then_some(Incoming::Reply { id, answer }))
    }

    fn only_in_flight(&self) -> Option<u64> {
        match self.in_flight.len() {
            1 => self.in_flight.keys().next().copied(),
            _ => None,
        }
    }
}

/// The number in the answer to a request to synchronize.
fn sync_number(line: &Line<'_>) -> Option<u64> {
    match message::read(line.bytes) {
        Ok((_, Message::Return(value, _))) => value.parse().ok(),
        _ => None,
    }
}

/// The answer to the greeting. Written out, since the order of a `Value`'s keys depends on a feature of `serde_json`
/// that any crate of a build may turn on.
fn negotiation(enable: &[Capability]) -> Vec<u8> {
    let arguments = match enable {
        [] => String::new(),
        _ => format!(",\"arguments\":{}", serde_json::json!({ "enable": enable })),
    };
    format!("{{\"execute\":\"qmp_capabilities\"{arguments},\"id\":{NEGOTIATION}}}\n").into_bytes()
}
