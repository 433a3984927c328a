// The members of messages, by their names on the wire.

use ::serde::de::{Error, Visitor};
use ::serde::{Deserialize, Deserializer};
use ::std::fmt;

/// The name of a member of a message.
#[derive(Clone, Copy)]
pub(crate) enum Key {
    Greeting,
    Return,
    Error,
    Id,
    Event,
    Data,
    Timestamp,
    /// An unknown member, which is ignored.
    Other,
}

impl<'de> Deserialize<'de> for Key {
    #[inline]
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_identifier(KeyVisitor)
    }
}

struct KeyVisitor;

impl Visitor<'_> for KeyVisitor {
    type Value = Key;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a member")
    }

    #[inline]
    fn visit_str<E: Error>(self, name: &str) -> Result<Key, E> {
        Ok(match name {
            "QMP" => Key::Greeting,
            "return" => Key::Return,
            "error" => Key::Error,
            "id" => Key::Id,
            "event" => Key::Event,
            "data" => Key::Data,
            "timestamp" => Key::Timestamp,
            _ => Key::Other,
        })
    }
}
