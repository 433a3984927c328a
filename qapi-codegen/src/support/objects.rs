// Objects are read member by member, in whatever order they come, and nothing is built that is not kept. An error
// carries the path to the member at fault, put together on the way out.

use ::serde::de::{
    DeserializeSeed, Error as _, IgnoredAny, IntoDeserializer, MapAccess, SeqAccess, Visitor,
};
use ::serde::ser::SerializeMap;
use ::serde::{Deserialize, Deserializer, Serialize, Serializer};
use ::serde_json::{Map, Value};
use ::std::borrow::Cow;
use ::std::fmt;
use ::std::marker::PhantomData;

/// A type that is an object on the wire.
pub trait Object: Sized {
    /// What errors call it.
    const NAME: &'static str;

    /// Reads the members.
    fn read<'de, M: Members<'de>>(members: &mut M) -> Result<Self, M::Error>;

    /// Writes the members.
    fn write<W: SerializeMap>(&self, map: &mut W) -> Result<(), W::Error>;
}

pub fn read_object<'de, T: Object, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_map(ObjectVisitor(PhantomData))
}

pub fn write_object<T: Object, S: Serializer>(
    object: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    object.write(&mut map)?;
    map.end()
}

/// Writes a member that may be absent.
pub fn write_some<T: Serialize, W: SerializeMap>(
    map: &mut W,
    name: &'static str,
    value: &Option<T>,
) -> Result<(), W::Error> {
    match value {
        Some(value) => map.serialize_entry(name, value),
        None => Ok(()),
    }
}

/// Writes members that the schema does not know.
pub fn write_all<W: SerializeMap>(
    map: &mut W,
    members: &Map<String, Value>,
) -> Result<(), W::Error> {
    members
        .iter()
        .try_for_each(|(name, value)| map.serialize_entry(name, value))
}

/// Reads the members that have a name, by `read`, and keeps the others.
pub fn read_with_rest<'de, M: Members<'de>>(
    members: &mut M,
    names: &'static [&'static str],
    read: &mut ReadByIndex<'_, M, M::Error>,
) -> Result<Map<String, Value>, M::Error> {
    let mut rest = Map::new();
    while let Some(key) = members.next_key(&Names::new(names), true)? {
        match key {
            Key::Known(index) => read(index, members)?,
            Key::Other(name) => {
                rest.insert(name, members.value(PhantomData)?);
            }
        }
    }
    Ok(rest)
}

/// Reads a type that somebody else has written.
pub fn read_foreign<'de, T: Deserialize<'de>, M: Members<'de>>(
    members: &mut M,
) -> Result<T, M::Error> {
    let value = Value::Object(members.rest()?);
    T::deserialize(value).map_err(M::Error::custom)
}

/// The same for a string.
pub fn read_foreign_string<'de, T: Deserialize<'de>, E: ::serde::de::Error>(
    text: &str,
) -> Result<T, E> {
    T::deserialize(text.into_deserializer())
}

/// Writes the members of a type that somebody else has written.
pub fn write_foreign<T: Serialize, W: SerializeMap>(
    object: &T,
    map: &mut W,
) -> Result<(), W::Error> {
    use ::serde::ser::Error as _;
    match ::serde_json::to_value(object).map_err(W::Error::custom)? {
        Value::Object(members) => write_all(map, &members),
        _ => Err(W::Error::custom("a branch of a union must be an object")),
    }
}

/// Reads the one member that there is.
pub fn read_member<'de, T: Deserialize<'de>, M: Members<'de>>(
    members: &mut M,
    name: &'static str,
) -> Result<T, M::Error> {
    let mut slot = None;
    while let Some(key) = members.next_key(&Names::new(&[]), true)? {
        match key {
            Key::Other(other) if other == name => members.read(&mut slot)?,
            _ => {
                members.value(PhantomData::<IgnoredAny>)?;
            }
        }
    }
    members.need(name, slot)
}

struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: Object> Visitor<'de> for ObjectVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object ({})", T::NAME)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        T::read(&mut MapMembers::new(map))
    }
}

/// The members of an object that is being read.
pub trait Members<'de> {
    type Error: ::serde::de::Error;

    /// Comes to the next member; those that are not among `names` are passed over unless `others` are asked for.
    fn next_key(&mut self, names: &Names<'_>, others: bool) -> Result<Option<Key>, Self::Error>;

    /// Reads the value of the member that was come to last.
    fn value<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Self::Error>;

    /// The index in `names` of the next member that is there; others are passed over.
    fn next(&mut self, names: &[&'static str]) -> Result<Option<usize>, Self::Error> {
        match self.next_key(&Names::new(names), false)? {
            Some(Key::Known(index)) => Ok(Some(index)),
            _ => Ok(None),
        }
    }

    /// Reads the value into its slot.
    fn read<T: Deserialize<'de>>(&mut self, slot: &mut Option<T>) -> Result<(), Self::Error> {
        *slot = Some(self.value(PhantomData)?);
        Ok(())
    }

    /// The same for a list, so that an error can tell which element.
    fn read_list<T: Deserialize<'de>>(
        &mut self,
        slot: &mut Option<Vec<T>>,
    ) -> Result<(), Self::Error> {
        *slot = Some(self.value(List(PhantomData))?);
        Ok(())
    }

    /// The value of a mandatory member, once all have been read.
    fn need<T>(&self, name: &str, slot: Option<T>) -> Result<T, Self::Error> {
        slot.ok_or_else(|| at(name, Self::Error::custom("missing")))
    }

    /// All members that are left, as they come.
    fn rest(&mut self) -> Result<Map<String, Value>, Self::Error> {
        let mut rest = Map::new();
        while let Some(key) = self.next_key(&Names::new(&[]), true)? {
            if let Key::Other(name) = key {
                rest.insert(name, self.value(PhantomData)?);
            }
        }
        Ok(rest)
    }
}

/// The names that a reader looks for, and those of the reader that it reads for.
pub struct Names<'a> {
    pub own: &'a [&'static str],
    pub more: Option<&'a Names<'a>>,
}

impl<'a> Names<'a> {
    pub fn new(own: &'a [&'static str]) -> Self {
        Self { own, more: None }
    }

    /// A name and its index, those in `more` counted on.
    pub fn find(&self, name: &str) -> Option<(usize, &'static str)> {
        match self.own.iter().position(|known| *known == name) {
            Some(index) => Some((index, self.own[index])),
            None => {
                let (index, known) = self.more?.find(name)?;
                Some((self.own.len() + index, known))
            }
        }
    }
}

/// A member's name: one that was looked for, by its index, or another.
pub enum Key {
    Known(usize),
    Other(String),
}

/// Members as they come from a deserializer.
pub struct MapMembers<A> {
    map: A,
    /// The name of the member whose value comes next.
    current: Cow<'static, str>,
}

impl<A> MapMembers<A> {
    pub fn new(map: A) -> Self {
        let current = Cow::Borrowed("");
        Self { map, current }
    }
}

impl<'de, A: MapAccess<'de>> Members<'de> for MapMembers<A> {
    type Error = A::Error;

    fn next_key(&mut self, names: &Names<'_>, others: bool) -> Result<Option<Key>, A::Error> {
        while let Some(found) = self.map.next_key_seed(NameIn { names, others })? {
            match found {
                Found::Known(index, name) => {
                    self.current = Cow::Borrowed(name);
                    return Ok(Some(Key::Known(index)));
                }
                Found::Other(name) => {
                    self.current = Cow::Owned(name.clone());
                    return Ok(Some(Key::Other(name)));
                }
                Found::Unwanted => self.map.next_value::<IgnoredAny>()?,
            };
        }
        Ok(None)
    }

    fn value<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, A::Error> {
        match self.map.next_value_seed(seed) {
            Ok(value) => Ok(value),
            Err(error) => Err(at(&self.current, error)),
        }
    }
}

/// Reads the member with an index among names.
pub type ReadByIndex<'a, M, E> = dyn FnMut(usize, &mut M) -> Result<(), E> + 'a;

/// Looks a key up among names.
struct NameIn<'a> {
    names: &'a Names<'a>,
    others: bool,
}

enum Found {
    Known(usize, &'static str),
    Other(String),
    Unwanted,
}

impl<'de> DeserializeSeed<'de> for NameIn<'_> {
    type Value = Found;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Found, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for NameIn<'_> {
    type Value = Found;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a member's name")
    }

    fn visit_str<E>(self, name: &str) -> Result<Found, E> {
        Ok(match self.names.find(name) {
            Some((index, known)) => Found::Known(index, known),
            None if self.others => Found::Other(name.to_owned()),
            None => Found::Unwanted,
        })
    }
}

/// Reads a list, so that an error can tell which element.
pub fn read_list<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    list: D,
) -> Result<Vec<T>, D::Error> {
    list.deserialize_seq(List(PhantomData))
}

struct List<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> DeserializeSeed<'de> for List<T> {
    type Value = Vec<T>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Vec<T>, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for List<T> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Vec<T>, A::Error> {
        let mut list = Vec::new();
        loop {
            match seq.next_element() {
                Ok(Some(element)) => list.push(element),
                Ok(None) => return Ok(list),
                Err(error) => return Err(at(&format!("[{}]", list.len()), error)),
            }
        }
    }
}

/// Puts a member's name, or an index in brackets, before the path in an error.
#[cold]
pub fn at<E: ::serde::de::Error>(segment: &str, error: E) -> E {
    let text = error.to_string();
    // A path has no space in it and ends with a colon; no message of a deserializer starts so.
    let path = text.split_once(": ").map_or("", |(path, _)| path);
    let is_path = |c: char| c.is_ascii_alphanumeric() || "-_.[]".contains(c);
    let joint = match path.is_empty() || !path.chars().all(is_path) {
        true => ": ",
        false if path.starts_with('[') => "",
        false => ".",
    };
    E::custom(format_args!("{segment}{joint}{text}"))
}

/// Gives types that are objects their serde impls.
macro_rules! objects {
    ($($type:path,)*) => {$(
        impl ::serde::Serialize for $type {
            fn serialize<S: ::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                support::write_object(self, serializer)
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $type {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                support::read_object(deserializer)
            }
        }
    )*};
}
pub(crate) use objects;
