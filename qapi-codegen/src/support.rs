// The runtime of the impls above: how objects, unions, alternates, enums and messages are read and written.
//
// Objects are read member by member, in whatever order they come, and nothing is built that is not kept. An error
// carries the path to the member at fault, put together on the way out.

use ::serde::de::{DeserializeSeed, Error as _, IgnoredAny, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use ::serde::ser::SerializeMap;
use ::serde::{Deserialize, Deserializer, Serialize, Serializer};
use ::serde_json::{Map, Value};
use ::std::borrow::Cow;
use ::std::fmt;
use ::std::marker::PhantomData;

// Objects: structs, unions, events and the arguments of commands.

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
pub fn write_foreign<T: Serialize, W: SerializeMap>(object: &T, map: &mut W) -> Result<(), W::Error> {
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
    own: &'a [&'static str],
    more: Option<&'a Names<'a>>,
}

impl<'a> Names<'a> {
    fn new(own: &'a [&'static str]) -> Self {
        Self { own, more: None }
    }

    /// A name and its index, those in `more` counted on.
    fn find(&self, name: &str) -> Option<(usize, &'static str)> {
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
struct MapMembers<A> {
    map: A,
    /// The name of the member whose value comes next.
    current: Cow<'static, str>,
}

impl<A> MapMembers<A> {
    fn new(map: A) -> Self {
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
pub fn read_list<'de, T: Deserialize<'de>, D: Deserializer<'de>>(list: D) -> Result<Vec<T>, D::Error> {
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
fn at<E: ::serde::de::Error>(segment: &str, error: E) -> E {
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
pub(super) use objects;

// Unions: the members of the base and those of a branch in one object.

/// What depends on the discriminator of a union.
pub trait Branches: Sized {
    /// The discriminator's type.
    type Tag: for<'de> Deserialize<'de> + Serialize;

    /// The discriminator.
    fn tag(&self) -> Self::Tag;

    /// Reads the members of the branch that `tag` names.
    fn read<'de, M: Members<'de>>(tag: Self::Tag, members: &mut M) -> Result<Self, M::Error>;

    /// Writes the members of the branch.
    fn write<W: SerializeMap>(&self, map: &mut W) -> Result<(), W::Error>;
}

/// Reads a union: the members of the base, whose last name is the discriminator's, by `base`, the others as its branch
/// does.
///
/// Members of the branch that precede the discriminator are kept until it comes.
pub fn read_union<'de, B: Branches, M: Members<'de>>(
    members: &mut M,
    names: &'static [&'static str],
    base: &mut ReadByIndex<'_, M, M::Error>,
) -> Result<B, M::Error> {
    let discriminator = names.len() - 1;
    let mut kept = Vec::new();
    while let Some(key) = members.next_key(&Names::new(names), true)? {
        match key {
            Key::Known(index) if index == discriminator => {
                let tag = members.value(PhantomData)?;
                let mut rest = BranchMembers {
                    members,
                    names,
                    base,
                    kept: kept.into_iter(),
                    pending: None,
                };
                let branch = B::read(tag, &mut rest)?;
                // A branch without members has not asked for any, but the base may have some to come.
                rest.next(&[])?;
                return Ok(branch);
            }
            Key::Known(index) => base(index, members)?,
            Key::Other(name) => {
                let value: Value = members.value(PhantomData)?;
                kept.push((name, value));
            }
        }
    }
    members.need(names[discriminator], None)
}

/// Writes the discriminator and the members of the branch.
pub fn write_union<B: Branches, W: SerializeMap>(
    map: &mut W,
    discriminator: &'static str,
    branch: &B,
) -> Result<(), W::Error> {
    map.serialize_entry(discriminator, &branch.tag())?;
    branch.write(map)
}

/// The members of a branch: those that were kept, then those that come, the base's set aside as they pass.
struct BranchMembers<'a, 'b, M, E> {
    members: &'a mut M,
    names: &'static [&'static str],
    base: &'a mut ReadByIndex<'b, M, E>,
    kept: ::std::vec::IntoIter<(String, Value)>,
    /// A kept member that was come to.
    pending: Option<(String, Value)>,
}

impl<'de, M: Members<'de>> Members<'de> for BranchMembers<'_, '_, M, M::Error> {
    type Error = M::Error;

    fn next_key(&mut self, names: &Names<'_>, others: bool) -> Result<Option<Key>, M::Error> {
        for (name, value) in self.kept.by_ref() {
            let key = match names.find(&name) {
                Some((index, _)) => Key::Known(index),
                None if others => Key::Other(name.clone()),
                None => continue,
            };
            self.pending = Some((name, value));
            return Ok(Some(key));
        }
        let own = self.names;
        let more = Some(names);
        loop {
            match self.members.next_key(&Names { own, more }, others)? {
                Some(Key::Known(index)) if index < own.len() => (self.base)(index, self.members)?,
                Some(Key::Known(index)) => return Ok(Some(Key::Known(index - own.len()))),
                other => return Ok(other),
            }
        }
    }

    fn value<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, M::Error> {
        let Some((name, value)) = self.pending.take() else {
            return self.members.value(seed);
        };
        let value = seed.deserialize(value);
        value.map_err(|error| at(&name, M::Error::custom(error)))
    }
}

// Enums.

/// A type that is one of several strings on the wire.
pub trait Enumeration: Clone + 'static {
    /// What errors call it.
    const NAME: &'static str;

    /// The values that the schema has.
    const VALUES: &'static [Self];

    /// The string on the wire.
    fn text(&self) -> &str;

    /// A value that the schema does not have.
    fn unknown(text: String) -> Self;

    /// The value that is a string on the wire.
    fn from_text(text: &str) -> Self {
        let known = Self::VALUES.iter().find(|value| value.text() == text);
        known.cloned().unwrap_or_else(|| Self::unknown(text.to_owned()))
    }
}

pub fn read_enum<'de, T: Enumeration, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_str(EnumVisitor(PhantomData))
}

struct EnumVisitor<T>(PhantomData<T>);

impl<T: Enumeration> Visitor<'_> for EnumVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a string ({})", T::NAME)
    }

    fn visit_str<E>(self, text: &str) -> Result<T, E> {
        Ok(T::from_text(text))
    }
}

/// Gives types that are strings their serde impls and conversions.
macro_rules! enumerations {
    ($($type:path,)*) => {$(
        impl ::serde::Serialize for $type {
            fn serialize<S: ::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $type {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                support::read_enum(deserializer)
            }
        }

        impl ::std::fmt::Display for $type {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl ::std::str::FromStr for $type {
            type Err = ::std::convert::Infallible;

            // `Self::Err` may be a value.
            fn from_str(
                text: &str,
            ) -> ::std::result::Result<Self, ::std::convert::Infallible> {
                ::std::result::Result::Ok(support::Enumeration::from_text(text))
            }
        }
    )*};
}
pub(super) use enumerations;

// Alternates: told apart by their JSON type.

/// A type that is one of several, each of another JSON type.
///
/// What an alternate does not have goes to `unknown`.
pub trait Alternate: Sized {
    /// What errors call it.
    const NAME: &'static str;

    fn unknown(value: Value) -> Self;

    fn null<E: ::serde::de::Error>() -> Result<Self, E> {
        Ok(Self::unknown(Value::Null))
    }

    fn boolean<E: ::serde::de::Error>(value: bool) -> Result<Self, E> {
        Ok(Self::unknown(value.into()))
    }

    fn number<'de, D: Deserializer<'de>>(number: D) -> Result<Self, D::Error> {
        Value::deserialize(number).map(Self::unknown)
    }

    fn string<E: ::serde::de::Error>(text: &str) -> Result<Self, E> {
        Ok(Self::unknown(text.into()))
    }

    fn list<'de, D: Deserializer<'de>>(list: D) -> Result<Self, D::Error> {
        Value::deserialize(list).map(Self::unknown)
    }

    fn object<'de, M: Members<'de>>(members: &mut M) -> Result<Self, M::Error> {
        members.rest().map(|members| Self::unknown(members.into()))
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error>;
}

/// Gives alternates their serde impls.
macro_rules! alternates {
    ($($type:path,)*) => {$(
        impl ::serde::Serialize for $type {
            fn serialize<S: ::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                support::Alternate::write(self, serializer)
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $type {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                support::read_alternate(deserializer)
            }
        }
    )*};
}
pub(super) use alternates;

pub fn read_alternate<'de, T: Alternate, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    deserializer.deserialize_any(AlternateVisitor(PhantomData))
}

struct AlternateVisitor<T>(PhantomData<T>);

impl<'de, T: Alternate> Visitor<'de> for AlternateVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a value ({})", T::NAME)
    }

    fn visit_unit<E: ::serde::de::Error>(self) -> Result<T, E> {
        T::null()
    }

    fn visit_bool<E: ::serde::de::Error>(self, value: bool) -> Result<T, E> {
        T::boolean(value)
    }

    fn visit_i64<E: ::serde::de::Error>(self, value: i64) -> Result<T, E> {
        T::number(value.into_deserializer())
    }

    fn visit_u64<E: ::serde::de::Error>(self, value: u64) -> Result<T, E> {
        T::number(value.into_deserializer())
    }

    fn visit_f64<E: ::serde::de::Error>(self, value: f64) -> Result<T, E> {
        T::number(value.into_deserializer())
    }

    fn visit_str<E: ::serde::de::Error>(self, text: &str) -> Result<T, E> {
        T::string(text)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<T, A::Error> {
        T::list(::serde::de::value::SeqAccessDeserializer::new(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        T::object(&mut MapMembers::new(map))
    }
}

// Messages.

/// All events of a schema.
pub trait Events: Sized {
    /// The names that the schema has.
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
    ::std::time::UNIX_EPOCH.checked_add(seconds)?.checked_add(micros)
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

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        let mut members = MapMembers::new(map);
        let (mut timestamp, mut name, mut early, mut event) = (None, None, None, None);
        while let Some(index) = members.next(&["timestamp", "event", "data"])? {
            match index {
                0 => members.read(&mut timestamp)?,
                1 => name = Some(members.value(EventName::<E>(PhantomData))?),
                // QEMU sends the name first, but promises nothing.
                _ => match name.take() {
                    Some(name) => event = Some(members.value(name)?),
                    None => early = Some(members.value(PhantomData::<Value>)?),
                },
            }
        }
        let event = match (event, early) {
            (Some(event), _) => event,
            (None, data) => {
                let name = members.need("event", name)?;
                name.without_stream(data)?
            }
        };
        Ok((members.need("timestamp", timestamp)?, event))
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
        Ok(match E::NAMES.iter().position(|known| *known == name) {
            Some(index) => Named::Known(index, PhantomData),
            None => Named::Unknown(name.to_owned()),
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

/// What a command returns or why it failed, and the `id` of the request.
pub type ResultWithId<R, E> = (Result<R, E>, Option<Value>);

/// Reads the answer to a request.
pub fn read_response<'de, R, E, D>(deserializer: D) -> Result<ResultWithId<R, E>, D::Error>
where
    R: Deserialize<'de>,
    E: Deserialize<'de>,
    D: Deserializer<'de>,
{
    deserializer.deserialize_map(ResponseVisitor(PhantomData))
}

struct ResponseVisitor<R, E>(PhantomData<(R, E)>);

impl<'de, R: Deserialize<'de>, E: Deserialize<'de>> Visitor<'de> for ResponseVisitor<R, E> {
    type Value = ResultWithId<R, E>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object (response)")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        let mut members = MapMembers::new(map);
        let (mut value, mut error, mut id) = (None, None, None);
        while let Some(index) = members.next(&["return", "error", "id"])? {
            match index {
                0 => members.read(&mut value),
                1 => members.read(&mut error),
                _ => members.read(&mut id),
            }?;
        }
        match (value, error) {
            (_, Some(error)) => Ok((Err(error), id)),
            (value, None) => Ok((Ok(members.need("return", value)?), id)),
        }
    }
}
