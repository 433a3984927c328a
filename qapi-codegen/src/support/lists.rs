// Lists are read here, so that errors contain the index of the element.

use ::serde::de::{DeserializeSeed, SeqAccess, Visitor};
use ::serde::{Deserialize, Deserializer};
use ::std::fmt;
use ::std::marker::PhantomData;

use super::errors::at_index;
use super::numbers::Unsigned;

/// Reads a list.
pub fn read_list<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    list: D,
) -> Result<Vec<T>, D::Error> {
    list.deserialize_seq(List(PhantomData::<T>))
}

/// Reads a list of unsigned 64-bit integers.
pub fn read_u64_list<'de, D: Deserializer<'de>>(list: D) -> Result<Vec<u64>, D::Error> {
    list.deserialize_seq(List(Unsigned))
}

/// The limit of the initial capacity.
const MAX_ROOM: usize = 1024;

/// A list whose elements are read by a seed.
#[derive(Clone, Copy)]
pub struct List<S>(pub S);

impl<'de, S: DeserializeSeed<'de> + Copy> DeserializeSeed<'de> for List<S> {
    type Value = Vec<S::Value>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de, S: DeserializeSeed<'de> + Copy> Visitor<'de> for List<S> {
    type Value = Vec<S::Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        // Only lists that were kept know their length. Other hints are not trusted.
        let room = seq.size_hint().unwrap_or(0).min(MAX_ROOM);
        let mut list = Vec::with_capacity(room);
        loop {
            match seq.next_element_seed(self.0) {
                Ok(Some(element)) => list.push(element),
                Ok(None) => return Ok(list),
                Err(error) => return Err(at_index(list.len(), error)),
            }
        }
    }
}

/// Collects values that convert to the elements of a list.
pub fn list<T>(items: impl IntoIterator<Item = impl Into<T>>) -> Vec<T> {
    items.into_iter().map(Into::into).collect()
}
