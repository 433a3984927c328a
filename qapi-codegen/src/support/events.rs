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
    /// The names that the schema has, in alphabetical order.
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
    deserializer.deserialize_map(EventVisitor(PhantomData))
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

struct EventVisitor<T, E>(PhantomData<(T, E)>);

impl<'de, T: Deserialize<'de>, E: Events> Visitor<'de> for EventVisitor<T, E> {
    type Value = (T, E);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object (event)")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let names = &["timestamp", "event", "data"];
        let (mut timestamp, mut name, mut early, mut event) = (None, None, None, None);
        let mut likely = 0;
        while let Some(key) = map.next_key_seed(Key {
            names,
            likely,
            other: PhantomData::<IgnoredAny>,
        })? {
            match key {
                Found::Known(0, _) => timestamp = Some(read_value(&mut map, names[0])?),
                Found::Known(1, _) => {
                    name = Some(read_with(&mut map, names[1], EventName::<E>(PhantomData))?)
                }
                // QEMU sends the name first, but promises nothing.
                Found::Known(..) => match name.take() {
                    Some(name) => event = Some(read_with(&mut map, names[2], name)?),
                    None => early = Some(read_value(&mut map, names[2])?),
                },
                Found::Other(_) => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
            likely += 1;
        }
        let event = match (event, name) {
            (Some(event), _) => event,
            (None, Some(name)) => name.without_stream(early)?,
            (None, None) => return Err(missing(Some(&names[1]))),
        };
        match timestamp {
            Some(timestamp) => Ok((timestamp, event)),
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
        Ok(match E::NAMES.binary_search(&name) {
            Ok(index) => Named::Known(index, PhantomData),
            Err(_) => Named::Unknown(name.to_owned()),
        })
    }
}

impl<'de, E: Events> DeserializeSeed<'de> for Named<E> {
    type Value = E;

    fn deserialize<D: Deserializer<'de>>(self, data: D) -> Result<E, D::Error> {
        match self {
            Named::Known(index, _) => E::read(index, data),
            Named::Unknown(name) => {
                let data = Some(Value::deserialize(data)?);
                Ok(E::unknown(name, data))
            }
        }
    }
}

impl<E: Events> Named<E> {
    /// The event whose data came before its name, or not at all.
    fn without_stream<Error: ::serde::de::Error>(self, data: Option<Value>) -> Result<E, Error> {
        let event = match (self, data) {
            (Named::Unknown(name), data) => Ok(E::unknown(name, data)),
            (known, Some(data)) => known.deserialize(data),
            (known, None) => known.deserialize(Value::Object(Map::new())),
        };
        event.map_err(|error| at("data", Error::custom(error)))
    }
}
