//! The events of a machine, each as a typed value and as it was sent.

use std::time::Instant;

use qapi::qmp::Event;
use qapi_client::blocking::{Client, EventIter};
use qapi_client::{Error, EventMessage, Events, UnknownEvent};
use serde::Deserializer;
use serde::de::Error as _;
use serde::ser::SerializeMap;
use serde_json::Value;

/// Two listeners, which receive the same events.
pub struct EventPairs {
    typed: EventIter<Event>,
    sent: EventIter<AnyEvent>,
}

/// An event of any name, with its data as it was sent.
pub struct AnyEvent(UnknownEvent);

impl EventPairs {
    pub fn new(client: &Client) -> Self {
        Self {
            typed: client.events(),
            sent: client.events(),
        }
    }

    /// The next event. It is an error if none arrives before the deadline, or if it cannot be decoded.
    pub fn next(
        &mut self,
        deadline: Instant,
    ) -> Option<Result<(EventMessage<Event>, EventMessage<AnyEvent>), Error>> {
        // Once one listener has an event, the other has it as well.
        let sent = match self.sent.next_within(deadline)? {
            Ok(sent) => sent,
            Err(error) => return Some(Err(error)),
        };
        let typed = self.typed.next()?;
        Some(typed.map(|typed| (typed, sent)))
    }
}

impl Events for AnyEvent {
    const NAMES: &'static [&'static str] = &[];

    fn read<'de, D: Deserializer<'de>>(
        _: usize,
        _: D,
        _: &mut Option<Self>,
    ) -> Result<(), D::Error> {
        Err(D::Error::custom("no event is known here"))
    }

    fn unknown(name: String, data: Option<Value>) -> Self {
        Self(UnknownEvent::new(name, data))
    }

    fn name(&self) -> &str {
        &self.0.name
    }

    fn write<W: SerializeMap>(&self, map: &mut W) -> Result<(), W::Error> {
        match &self.0.data {
            Some(data) => map.serialize_entry("data", data),
            None => Ok(()),
        }
    }
}
