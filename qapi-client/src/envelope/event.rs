// Events, and the message that carries one.

use ::serde::de::{DeserializeSeed, IgnoredAny, MapAccess, Visitor};
use ::serde::ser::SerializeMap;
use ::serde::{Deserialize, Deserializer, Serialize, Serializer};
use ::serde_json::{Map, Value};
use ::std::fmt;
use ::std::marker::PhantomData;

use super::errors::{at, missing};
use super::keys::Key;
use super::timestamp::Timestamp;

/// The events of a schema; the generated enum `Event` implements it.
pub trait Events: Sized {
    /// The names in the schema: shorter ones first, those of equal length in alphabetical order.
    const NAMES: &'static [&'static str];

    /// Reads the data of the event with this index in `NAMES` and puts the event into `place`.
    fn read<'de, D: Deserializer<'de>>(
        index: usize,
        data: D,
        place: &mut Option<Self>,
    ) -> Result<(), D::Error>;

    /// Creates an event that is not defined in the schema.
    fn unknown(name: String, data: Option<Value>) -> Self;

    /// The name on the wire.
    fn name(&self) -> &str;

    /// Writes the member `data`, if the event has data.
    fn write<W: SerializeMap>(&self, map: &mut W) -> Result<(), W::Error>;
}

/// An event as QEMU sends it: one message on one line.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct EventMessage<E> {
    /// The time at which the event was sent.
    pub timestamp: Timestamp,
    /// The event.
    pub event: E,
}

/// An event that is not defined in the schema.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct UnknownEvent {
    /// The name on the wire.
    pub name: String,
    /// The data as received.
    pub data: Option<Value>,
}

impl<E> EventMessage<E> {
    /// Creates the message for an event that was sent at `timestamp`.
    pub fn new(timestamp: Timestamp, event: E) -> Self {
        Self { timestamp, event }
    }
}

impl UnknownEvent {
    /// Creates an event with any name and data.
    pub fn new(name: impl Into<String>, data: Option<Value>) -> Self {
        Self {
            name: name.into(),
            data,
        }
    }
}

impl<E: Events> Serialize for EventMessage<E> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("timestamp", &self.timestamp)?;
        map.serialize_entry("event", self.event.name())?;
        self.event.write(&mut map)?;
        map.end()
    }
}

impl<'de, E: Events> Deserialize<'de> for EventMessage<E> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut parts = EventParts::default();
        deserializer.deserialize_map(EventVisitor(&mut parts))?;
        parts.finish()
    }
}

/// Events are large, and each function that returns one moves it: they are read into place.
struct EventVisitor<'a, E>(&'a mut EventParts<E>);

impl<'de, E: Events> Visitor<'de> for EventVisitor<'_, E> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object (event)")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<Key>()? {
            self.0.read(key, &mut map)?;
        }
        self.0.complete()
    }
}

/// The members of an event that have been read so far.
pub(super) struct EventParts<E> {
    timestamp: Option<Timestamp>,
    /// The name, until the data is read.
    name: Option<Name<E>>,
    /// Data that came before the name.
    early: Option<Value>,
    event: Option<E>,
}

// A derive would require `E: Default`.
impl<E> Default for EventParts<E> {
    fn default() -> Self {
        Self {
            timestamp: None,
            name: None,
            early: None,
            event: None,
        }
    }
}

impl<E: Events> EventParts<E> {
    /// Whether the message says that it is an event.
    pub(super) fn is_event(&self) -> bool {
        self.name.is_some() || self.event.is_some()
    }

    /// Reads the value of the member `key`. Unknown members are ignored.
    #[inline]
    pub(super) fn read<'de, A: MapAccess<'de>>(
        &mut self,
        key: Key,
        map: &mut A,
    ) -> Result<(), A::Error> {
        match key {
            Key::Timestamp => {
                let timestamp = map.next_value();
                self.timestamp = Some(timestamp.map_err(|it| at("timestamp", it))?);
            }
            Key::Event => {
                let name = map.next_value_seed(NameSeed::<E>(PhantomData));
                self.name = Some(name.map_err(|it| at("event", it))?);
            }
            // QEMU sends the name before the data, but does not guarantee it.
            Key::Data => match self.name.take() {
                Some(name) => {
                    let data = map.next_value_seed(Data(name, &mut self.event));
                    data.map_err(|it| at("data", it))?;
                }
                None => self.early = Some(map.next_value().map_err(|it| at("data", it))?),
            },
            _ => {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }

    /// Reads data that came before the name or is absent, and checks that nothing is missing.
    pub(super) fn complete<Error: ::serde::de::Error>(&mut self) -> Result<(), Error> {
        // A repeated name after the data is ignored.
        if let Some(name) = self.name.take().filter(|_| self.event.is_none()) {
            name.without_stream(self.early.take(), &mut self.event)?;
        }
        match (&self.event, &self.timestamp) {
            (None, _) => Err(missing(Some(&"event"))),
            (_, None) => Err(missing(Some(&"timestamp"))),
            _ => Ok(()),
        }
    }

    /// Takes the event out of its place. Taking all parts would move it twice.
    pub(super) fn finish<Error: ::serde::de::Error>(&mut self) -> Result<EventMessage<E>, Error> {
        match self.event.take() {
            Some(event) => match self.timestamp {
                Some(timestamp) => Ok(EventMessage { timestamp, event }),
                None => Err(missing(Some(&"timestamp"))),
            },
            None => Err(missing(Some(&"event"))),
        }
    }
}

/// The name of an event, which knows how to read the data.
enum Name<E> {
    Known(usize, PhantomData<E>),
    Unknown(String),
}

impl<E: Events> Name<E> {
    fn read<'de, D: Deserializer<'de>>(
        self,
        data: D,
        place: &mut Option<E>,
    ) -> Result<(), D::Error> {
        match self {
            Name::Known(index, _) => E::read(index, data, place),
            Name::Unknown(name) => {
                *place = Some(E::unknown(name, Some(Value::deserialize(data)?)));
                Ok(())
            }
        }
    }

    /// Creates the event from data that came before the name, or without data.
    fn without_stream<Error: ::serde::de::Error>(
        self,
        data: Option<Value>,
        place: &mut Option<E>,
    ) -> Result<(), Error> {
        let read = match (self, data) {
            (Name::Unknown(name), data) => {
                *place = Some(E::unknown(name, data));
                Ok(())
            }
            (known, Some(data)) => known.read(data, place),
            (known, None) => known.read(Value::Object(Map::new()), place),
        };
        read.map_err(|error| at("data", Error::custom(error)))
    }
}

/// Reads the name of an event.
struct NameSeed<E>(PhantomData<E>);

impl<'de, E: Events> DeserializeSeed<'de> for NameSeed<E> {
    type Value = Name<E>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Name<E>, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<E: Events> Visitor<'_> for NameSeed<E> {
    type Value = Name<E>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of an event")
    }

    fn visit_str<Error>(self, name: &str) -> Result<Name<E>, Error> {
        let shorter = E::NAMES.partition_point(|known| known.len() < name.len());
        let longer = E::NAMES[shorter..].iter();
        let mut as_long = longer.take_while(|known| known.len() == name.len());
        // Most names of the same length end with different letters.
        let last = name.as_bytes().last();
        let found = as_long.position(|known| known.as_bytes().last() == last && *known == name);
        Ok(match found {
            Some(index) => Name::Known(shorter + index, PhantomData),
            None => Name::Unknown(name.to_owned()),
        })
    }
}

/// Reads the data of an event into its place.
struct Data<'a, E>(Name<E>, &'a mut Option<E>);

impl<'de, E: Events> DeserializeSeed<'de> for Data<'_, E> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, data: D) -> Result<(), D::Error> {
        let Self(name, event) = self;
        name.read(data, event)
    }
}
