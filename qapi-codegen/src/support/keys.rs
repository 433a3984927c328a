// Keys are looked up among the names of members.

use ::serde::Deserializer;
use ::serde::de::{DeserializeSeed, Error, Visitor};
use ::std::fmt;

/// Looks up a key among names. Other keys go to `other`.
pub struct Key<'a, S> {
    pub names: &'a [&'static str],
    /// The index of the name to try first, since members may come in the order of the schema.
    pub likely: usize,
    pub other: S,
}

impl<S> Key<'_, S> {
    fn find(&self, key: &str) -> Option<usize> {
        match self.names.get(self.likely) {
            Some(name) if *name == key => Some(self.likely),
            _ => self.names.iter().position(|name| *name == key),
        }
    }
}

/// The result of a lookup.
pub enum Found<T, S> {
    /// The index of the name, and the unused seed for other keys.
    Known(usize, S),
    Other(T),
}

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for Key<'_, S> {
    type Value = Found<S::Value, S>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl<'de, S: DeserializeSeed<'de>> Visitor<'de> for Key<'_, S> {
    type Value = Found<S::Value, S>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a member's name")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<Self::Value, E> {
        match self.find(key) {
            Some(index) => Ok(Found::Known(index, self.other)),
            None => {
                let key = ::serde::de::value::StrDeserializer::new(key);
                self.other.deserialize(key).map(Found::Other)
            }
        }
    }

    fn visit_borrowed_str<E: Error>(self, key: &'de str) -> Result<Self::Value, E> {
        match self.find(key) {
            Some(index) => Ok(Found::Known(index, self.other)),
            None => {
                let key = ::serde::de::value::BorrowedStrDeserializer::new(key);
                self.other.deserialize(key).map(Found::Other)
            }
        }
    }
}
