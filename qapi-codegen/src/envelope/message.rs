// Any message that a QMP server sends.

use ::serde::de::{Error as _, MapAccess, Visitor};
use ::serde::{Deserialize, Deserializer, Serialize, Serializer};
use ::serde_json::Value;
use ::std::fmt;

use super::errors::at;
use super::event::{EventMessage, EventParts, Events};
use super::greeting::Greeting;
use super::keys::Key;
use super::response::{Response, ResponseParts};

/// Any message from the server. Its members, in any order, determine the variant.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
#[allow(clippy::large_enum_variant)]
pub enum Message<E> {
    /// The greeting, which has the member `QMP`.
    Greeting(Greeting),
    /// The response to a request, which has the member `return` or `error`.
    Response(Response<Value>),
    /// An event, which has the member `event`.
    Event(EventMessage<E>),
}

impl<E: Events> Serialize for Message<E> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Greeting(it) => it.serialize(serializer),
            Self::Response(it) => it.serialize(serializer),
            Self::Event(it) => it.serialize(serializer),
        }
    }
}

impl<'de, E: Events> Deserialize<'de> for Message<E> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut parts = Parts::default();
        deserializer.deserialize_map(MessageVisitor(&mut parts))?;
        let is_response = parts.response.value.is_some() || parts.response.error.is_some();
        match (parts.greeting, is_response, parts.event.is_event()) {
            (Some(greeting), false, false) => Greeting::read(greeting).map(Self::Greeting),
            (None, true, false) => parts.response.finish().map(Self::Response),
            (None, false, true) => {
                parts.event.complete()?;
                parts.event.finish().map(Self::Event)
            }
            (None, false, false) => Err(D::Error::custom(
                "unknown message: none of the members `QMP`, `return`, `error` and `event` is present",
            )),
            _ => Err(D::Error::custom(
                "ambiguous message: it has members of more than one of greeting, response and event",
            )),
        }
    }
}

/// The members read so far, of any kind of message.
struct Parts<E> {
    greeting: Option<Value>,
    response: ResponseParts<Value>,
    event: EventParts<E>,
}

// A derive would require `E: Default`.
impl<E> Default for Parts<E> {
    fn default() -> Self {
        Self {
            greeting: None,
            response: ResponseParts::default(),
            event: EventParts::default(),
        }
    }
}

struct MessageVisitor<'a, E>(&'a mut Parts<E>);

impl<'de, E: Events> Visitor<'de> for MessageVisitor<'_, E> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object (message)")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Self(parts) = self;
        while let Some(key) = map.next_key::<Key>()? {
            match key {
                Key::Greeting => {
                    parts.greeting = Some(map.next_value().map_err(|it| at("QMP", it))?);
                }
                Key::Event | Key::Data | Key::Timestamp => parts.event.read(key, &mut map)?,
                Key::Return | Key::Error | Key::Id | Key::Other => {
                    parts.response.read(key, &mut map)?;
                }
            }
        }
        Ok(())
    }
}
