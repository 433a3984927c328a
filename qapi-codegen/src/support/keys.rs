// Keys are looked up among the names of members.

use ::serde::Deserializer;
use ::serde::de::{DeserializeSeed, Error, Visitor};
use ::std::borrow::Cow;
use ::std::fmt;

/// Reads a key, to be looked up among names.
#[derive(Clone, Copy)]
pub struct KeySeed<'a>(pub &'a [&'static str]);

/// A key. One that the input holds as text is looked up by the caller, where the names are constants.
pub enum Key<'de> {
    Text(&'de str),
    /// The index of the name.
    Known(usize),
    Other(String),
}

impl<'de> Key<'de> {
    /// Returns the index of the key among the names, or its text.
    #[inline]
    pub fn find(self, names: &[&'static str]) -> Result<usize, Cow<'de, str>> {
        match self {
            Key::Text(text) => find(names, text).ok_or(Cow::Borrowed(text)),
            Key::Known(index) => Ok(index),
            Key::Other(text) => Err(Cow::Owned(text)),
        }
    }
}

/// Returns the index of the key. QEMU sends members in the order of their hashes, so no name is more likely than others.
#[inline]
fn find(names: &[&'static str], key: &str) -> Option<usize> {
    // Many names have the same length, but few of these end with the same letter.
    let last = key.as_bytes().last();
    names
        .iter()
        .position(|name| name.len() == key.len() && name.as_bytes().last() == last && *name == key)
}

impl<'de> DeserializeSeed<'de> for KeySeed<'_> {
    type Value = Key<'de>;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Key<'de>, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl<'de> Visitor<'de> for KeySeed<'_> {
    type Value = Key<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a member's name")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<Key<'de>, E> {
        Ok(match find(self.0, key) {
            Some(index) => Key::Known(index),
            None => Key::Other(key.to_owned()),
        })
    }

    #[inline]
    fn visit_borrowed_str<E: Error>(self, key: &'de str) -> Result<Key<'de>, E> {
        Ok(Key::Text(key))
    }
}
