// An event comes with its data and the time at which it was sent.

use ::serde::de::{DeserializeSeed, Error as _, IgnoredAny, MapAccess, Visitor};
use ::serde::ser::SerializeMap;
use ::serde::{Deserialize, Deserializer, Serialize, Serializer};
use ::serde_json::{Map, Value};
use ::std::fmt;
use ::std::marker::PhantomData;

use super::*;

/// All events of a schema.
pub trait Events: Sized {
    /// The names that the schema has: short ones first, those of a length in alphabetical order.
    const NAMES: &'static [&'static str];

    /// Reads the data of the event with an index in the names.
    fn read<'de, D: Deserializer<'de>>(index: usize, data: D) -> Result<Self, D::Error>;

    /// An event that the schema does not have.
    fn unknown(name: String, data: Option<Value>) -> Self;

    /// The name on the wire.
    fn name(&self) -> &str;

    /// Writes `data`, if there is any.
    fn write<W: SerializeMap>(&self, map: &mut W) -> Result<(), W::Error>;
}

/// The answer to an index that no event has, which is never asked for.
pub fn no_such_event<T, E: ::serde::de::Error>() -> Result<T, E> {
    Err(E::custom("no such event"))
}

/// Seconds and microseconds since 1970 as the standard library has them; `None` for a host without a clock.
pub fn system_time(seconds: i64, microseconds: i64) -> Option<::std::time::SystemTime> {
    let seconds = ::std::time::Duration::from_secs(u64::try_from(seconds).ok()?);
    let micros = ::std::time::Duration::from_micros(u64::try_from(microseconds).ok()?);
    ::std::time::UNIX_EPOCH
        .checked_add(seconds)?
        .checked_add(micros)
}

/// Reads an event and when it was sent.
pub fn read_event<'de, T: Deserialize<'de>, E: Events, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<(T, E), D::Error> {
    let (mut timestamp, mut event) = (None, None);
    deserializer.deserialize_map(EventVisitor {
        timestamp: &mut timestamp,
        event: &mut event,
    })?;
    match (timestamp, event) {
        (Some(timestamp), Some(event)) => Ok((timestamp, event)),
        // The visitor has seen to both.
        _ => Err(missing(None)),
    }
}

/// Writes an event and when it was sent.
pub fn write_event<T: Serialize, E: Events, S: Serializer>(
    timestamp: &T,
    event: &E,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    map.serialize_entry("timestamp", timestamp)?;
    map.serialize_entry("event", event.name())?;
    event.write(&mut map)?;
    map.end()
}

/// Where an event goes: it is large, and every step of the way back would move it.
struct EventVisitor<'a, T, E> {
    timestamp: &'a mut Option<T>,
    event: &'a mut Option<E>,
}

impl<'de, T: Deserialize<'de>, E: Events> Visitor<'de> for EventVisitor<'_, T, E> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object (event)")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let names = &["timestamp", "event", "data"];
        let (mut name, mut early) = (None, None);
        let mut likely = 0;
        let other = PhantomData::<IgnoredAny>;
        while let Some(key) = map.next_key_seed(Key {
            names,
            likely,
            other,
        })? {
            match key {
                Found::Known(0, _) => *self.timestamp = Some(read_value(&mut map, names[0])?),
                Found::Known(1, _) => {
                    let seed = EventName::<E>(PhantomData);
                    name = Some(read_with(&mut map, names[1], seed)?);
                }
                // QEMU sends the name first, but promises nothing.
                Found::Known(..) => match name.take() {
                    Some(name) => read_with(&mut map, names[2], Data(name, self.event))?,
                    None => early = Some(read_value(&mut map, names[2])?),
                },
                Found::Other(_) => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
            likely += 1;
        }
        match name {
            _ if self.event.is_some() => {}
            Some(name) => *self.event = Some(name.without_stream(early)?),
            None => return Err(missing(Some(&names[1]))),
        }
        match self.timestamp {
            Some(_) => Ok(()),
            None => Err(missing(Some(&names[0]))),
        }
    }
}

/// Reads the name of an event.
struct EventName<E>(PhantomData<E>);

/// The name of an event, which reads its data.
enum Named<E> {
    Known(usize, PhantomData<E>),
    Unknown(String),
}

impl<'de, E: Events> DeserializeSeed<'de> for EventName<E> {
    type Value = Named<E>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Named<E>, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<E: Events> Visitor<'_> for EventName<E> {
    type Value = Named<E>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of an event")
    }

    fn visit_str<Error>(self, name: &str) -> Result<Named<E>, Error> {
        let by_length = |known: &&str| {
            known
                .len()
                .cmp(&name.len())
                .then_with(|| (*known).cmp(name))
        };
        Ok(match E::NAMES.binary_search_by(by_length) {
            Ok(index) => Named::Known(index, PhantomData),
            Err(_) => Named::Unknown(name.to_owned()),
        })
    }
}

/// Reads the data of an event into its place.
struct Data<'a, E>(Named<E>, &'a mut Option<E>);

impl<'de, E: Events> DeserializeSeed<'de> for Data<'_, E> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, data: D) -> Result<(), D::Error> {
        let Self(name, event) = self;
        *event = Some(name.read(data)?);
        Ok(())
    }
}

impl<E: Events> Named<E> {
    fn read<'de, D: Deserializer<'de>>(self, data: D) -> Result<E, D::Error> {
        match self {
            Named::Known(index, _) => E::read(index, data),
            Named::Unknown(name) => Ok(E::unknown(name, Some(Value::deserialize(data)?))),
        }
    }

    /// The event whose data came before its name, or not at all.
    fn without_stream<Error: ::serde::de::Error>(self, data: Option<Value>) -> Result<E, Error> {
        let event = match (self, data) {
            (Named::Unknown(name), data) => Ok(E::unknown(name, data)),
            (known, Some(data)) => known.read(data),
            (known, None) => known.read(Value::Object(Map::new())),
        };
        event.map_err(|error| at("data", Error::custom(error)))
    }
}
