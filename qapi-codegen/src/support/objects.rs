// Objects are read member by member, in whatever order they come, and nothing is built that is not kept. An error
// carries the path to the member at fault, put together on the way out.

use ::serde::de::{DeserializeSeed, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use ::serde::ser::SerializeMap;
use ::serde::{Deserialize, Deserializer, Serialize, Serializer};
use ::serde_json::{Map, Value};
use ::std::fmt;
use ::std::marker::PhantomData;

/// Gives an object its serde impls, from a table of its members.
///
/// A long table stands in groups, and those in groups again. What follows it is, of a union, the discriminator and the
/// field for the branch, or else the field for members that the schema does not have.
macro_rules! object {
    ($type:path as $name:literal { $($kind:ident $field:ident = $wire:literal,)* } $($more:tt)*) => {
        support::object! {
            @table self $type, $name, [$($wire,)*] { $($field)* }
            [($(support::$kind(&self.$field),)*)]
            [($(support::$kind($field),)*)] $($more)*
        }
    };
    ($type:path as $name:literal {
        $({ $($kind:ident $field:ident = $wire:literal,)* })*
    } $($more:tt)*) => {
        support::object! {
            @table self $type, $name, [$($($wire,)*)*] { $($($field)*)* }
            [($(($(support::$kind(&self.$field),)*),)*)]
            [($(($(support::$kind($field),)*),)*)] $($more)*
        }
    };
    ($type:path as $name:literal {
        $({ $({ $($kind:ident $field:ident = $wire:literal,)* })* })*
    } $($more:tt)*) => {
        support::object! {
            @table self $type, $name, [$($($($wire,)*)*)*] { $($($($field)*)*)* }
            [($(($(($(support::$kind(&self.$field),)*),)*),)*)]
            [($(($(($(support::$kind($field),)*),)*),)*)] $($more)*
        }
    };
    (@table $self:ident $type:path, $name:literal, [$($wire:literal,)*] { $($field:ident)* }
        [$members:expr] [$read:pat]) => {
        support::object! {
            @impls $self serializer deserializer $type, { $($field)* } $read,
            support::write(serializer, &[$($wire),*], $members),
            support::read(deserializer, $name, &[$($wire),*])
        }
    };
    (@table $self:ident $type:path, $name:literal, [$($wire:literal,)*] { $($field:ident)* }
        [$members:expr] [$read:pat] by $tag:literal $branch:ident) => {
        support::object! {
            @impls $self serializer deserializer $type, { $($field)* $branch } ($read, $branch),
            support::write_union(serializer, &[$($wire),*], $members, $tag, &$self.$branch),
            support::read_union(deserializer, $name, &[$($wire,)* $tag])
        }
    };
    (@table $self:ident $type:path, $name:literal, [$($wire:literal,)*] { $($field:ident)* }
        [$members:expr] [$read:pat] and $rest:ident) => {
        support::object! {
            @impls $self serializer deserializer $type, { $($field)* $rest } ($read, $rest),
            support::write_open(serializer, &[$($wire),*], $members, &$self.$rest),
            support::read_open(deserializer, $name, &[$($wire),*])
        }
    };
    (@impls $self:ident $serializer:ident $deserializer:ident $type:path, { $($field:ident)* }
        $pattern:pat, $write:expr, $read:expr) => {
        impl ::serde::Serialize for $type {
            fn serialize<S: ::serde::Serializer>(
                &$self,
                $serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                $write
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $type {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                $deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                match $read {
                    Ok($pattern) => Ok(Self { $($field),* }),
                    Err(error) => Err(error),
                }
            }
        }
    };
}
pub(crate) use object;

/// A mandatory member.
pub struct Need<T>(pub T);

/// An optional member.
pub struct May<T>(pub T);

/// A mandatory list, of which an error can tell the element.
pub struct NeedList<T>(pub T);

/// An optional list.
pub struct MayList<T>(pub T);

/// The names of members, as far as they have not been asked for.
pub type Names<'a> = ::std::slice::Iter<'a, &'static str>;

/// One member to read, or several together.
pub trait Read<'de>: Sized {
    /// How many there are.
    const COUNT: usize;

    /// What has been read so far.
    type Slots: Default;

    /// Reads the value that comes next, of the member with an index.
    fn read<A: MapAccess<'de>>(
        slots: &mut Self::Slots,
        index: usize,
        map: &mut A,
    ) -> Result<(), A::Error>;

    /// Takes what was read; a mandatory member may be missing.
    fn finish<E: Error>(slots: Self::Slots, names: &mut Names<'_>) -> Result<Self, E>;
}

/// One member to write, or several together.
pub trait Write {
    fn write<W: SerializeMap>(
        &self,
        names: &mut Names<'static>,
        map: &mut W,
    ) -> Result<(), W::Error>;
}

impl<'de, T: Deserialize<'de>> Read<'de> for Need<T> {
    const COUNT: usize = 1;

    type Slots = Option<T>;

    #[inline]
    fn read<A: MapAccess<'de>>(
        slot: &mut Option<T>,
        _: usize,
        map: &mut A,
    ) -> Result<(), A::Error> {
        *slot = Some(map.next_value()?);
        Ok(())
    }

    fn finish<E: Error>(slot: Option<T>, names: &mut Names<'_>) -> Result<Self, E> {
        let name = names.next();
        slot.map(Self).ok_or_else(|| missing(name))
    }
}

impl<'de, T: Deserialize<'de>> Read<'de> for May<Option<T>> {
    const COUNT: usize = 1;

    type Slots = Option<T>;

    #[inline]
    fn read<A: MapAccess<'de>>(
        slot: &mut Option<T>,
        _: usize,
        map: &mut A,
    ) -> Result<(), A::Error> {
        // `null` is a value like any other, and no type but those that have it takes it.
        *slot = Some(map.next_value()?);
        Ok(())
    }

    fn finish<E: Error>(slot: Option<T>, names: &mut Names<'_>) -> Result<Self, E> {
        names.next();
        Ok(Self(slot))
    }
}

impl<'de, T: Deserialize<'de>> Read<'de> for NeedList<Vec<T>> {
    const COUNT: usize = 1;

    type Slots = Option<Vec<T>>;

    #[inline]
    fn read<A: MapAccess<'de>>(
        slot: &mut Option<Vec<T>>,
        _: usize,
        map: &mut A,
    ) -> Result<(), A::Error> {
        *slot = Some(map.next_value_seed(List(PhantomData))?);
        Ok(())
    }

    fn finish<E: Error>(slot: Option<Vec<T>>, names: &mut Names<'_>) -> Result<Self, E> {
        let name = names.next();
        slot.map(Self).ok_or_else(|| missing(name))
    }
}

impl<'de, T: Deserialize<'de>> Read<'de> for MayList<Option<Vec<T>>> {
    const COUNT: usize = 1;

    type Slots = Option<Vec<T>>;

    #[inline]
    fn read<A: MapAccess<'de>>(
        slot: &mut Option<Vec<T>>,
        _: usize,
        map: &mut A,
    ) -> Result<(), A::Error> {
        *slot = Some(map.next_value_seed(List(PhantomData))?);
        Ok(())
    }

    fn finish<E: Error>(slot: Option<Vec<T>>, names: &mut Names<'_>) -> Result<Self, E> {
        names.next();
        Ok(Self(slot))
    }
}

/// Writes members of a kind.
macro_rules! members {
    ($($kind:ident<$type:ty>: $self:ident, $name:ident, $map:ident => $write:expr;)*) => {$(
        impl<T: Serialize> Write for $kind<$type> {
            #[inline]
            fn write<W: SerializeMap>(
                &$self,
                names: &mut Names<'static>,
                $map: &mut W,
            ) -> Result<(), W::Error> {
                match names.next() {
                    Some($name) => $write,
                    None => Ok(()),
                }
            }
        }
    )*};
}

members! {
    Need<&T>: self, name, map => map.serialize_entry(name, self.0);
    NeedList<&T>: self, name, map => map.serialize_entry(name, self.0);
    May<&Option<T>>: self, name, map => write_some(map, name, self.0);
    MayList<&Option<T>>: self, name, map => write_some(map, name, self.0);
}

/// Members in a row.
macro_rules! tuples {
    ($($($member:ident $slots:ident)*;)*) => {$(
        impl<'de, $($member: Read<'de>),*> Read<'de> for ($($member,)*) {
            const COUNT: usize = 0 $(+ $member::COUNT)*;

            type Slots = ($($member::Slots,)*);

            #[inline]
            fn read<A: MapAccess<'de>>(
                ($($slots,)*): &mut Self::Slots,
                index: usize,
                map: &mut A,
            ) -> Result<(), A::Error> {
                $(
                    if index < $member::COUNT {
                        return $member::read($slots, index, map);
                    }
                    let index = index - $member::COUNT;
                )*
                let _ = index;
                map.next_value::<IgnoredAny>()?;
                Ok(())
            }

            fn finish<Fault: Error>(
                ($($slots,)*): Self::Slots,
                names: &mut Names<'_>,
            ) -> Result<Self, Fault> {
                let _ = &names;
                Ok(($($member::finish($slots, names)?,)*))
            }
        }

        impl<$($member: Write),*> Write for ($($member,)*) {
            #[inline]
            fn write<Map: SerializeMap>(
                &self,
                names: &mut Names<'static>,
                map: &mut Map,
            ) -> Result<(), Map::Error> {
                let ($($slots,)*) = self;
                let _ = (&names, &map);
                $($slots.write(names, map)?;)*
                Ok(())
            }
        }
    )*};
}

// Groups have no more than this.
tuples! {
    ;
    M0 m0;
    M0 m0 M1 m1;
    M0 m0 M1 m1 M2 m2;
    M0 m0 M1 m1 M2 m2 M3 m3;
    M0 m0 M1 m1 M2 m2 M3 m3 M4 m4;
    M0 m0 M1 m1 M2 m2 M3 m3 M4 m4 M5 m5;
    M0 m0 M1 m1 M2 m2 M3 m3 M4 m4 M5 m5 M6 m6;
    M0 m0 M1 m1 M2 m2 M3 m3 M4 m4 M5 m5 M6 m6 M7 m7;
    M0 m0 M1 m1 M2 m2 M3 m3 M4 m4 M5 m5 M6 m6 M7 m7 M8 m8;
    M0 m0 M1 m1 M2 m2 M3 m3 M4 m4 M5 m5 M6 m6 M7 m7 M8 m8 M9 m9;
    M0 m0 M1 m1 M2 m2 M3 m3 M4 m4 M5 m5 M6 m6 M7 m7 M8 m8 M9 m9 M10 m10;
    M0 m0 M1 m1 M2 m2 M3 m3 M4 m4 M5 m5 M6 m6 M7 m7 M8 m8 M9 m9 M10 m10 M11 m11;
}

/// Reads an object; errors call it `name`.
pub fn read<'de, R: Read<'de>, D: Deserializer<'de>>(
    deserializer: D,
    name: &'static str,
    names: &'static [&'static str],
) -> Result<R, D::Error> {
    let members = PhantomData;
    deserializer.deserialize_map(ObjectVisitor {
        name,
        names,
        members,
    })
}

/// Writes an object.
pub fn write<M: Write, S: Serializer>(
    serializer: S,
    names: &'static [&'static str],
    members: M,
) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    members.write(&mut names.iter(), &mut map)?;
    map.end()
}

struct ObjectVisitor<R> {
    name: &'static str,
    names: &'static [&'static str],
    members: PhantomData<R>,
}

impl<'de, R: Read<'de>> Visitor<'de> for ObjectVisitor<R> {
    type Value = R;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object ({})", self.name)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<R, A::Error> {
        read_members(map, self.names)
    }
}

/// Reads the members of an object, and passes over those that it does not have.
pub fn read_members<'de, R: Read<'de>, A: MapAccess<'de>>(
    mut map: A,
    names: &'static [&'static str],
) -> Result<R, A::Error> {
    let mut slots = R::Slots::default();
    let mut likely = 0;
    while let Some(key) = map.next_key_seed(Key {
        names,
        likely,
        other: PhantomData::<IgnoredAny>,
    })? {
        match key {
            Found::Known(index, _) => {
                read_member::<R, A>(&mut slots, index, &mut map, names)?;
                likely = index + 1;
            }
            Found::Other(_) => {
                map.next_value::<IgnoredAny>()?;
            }
        }
    }
    R::finish(slots, &mut names.iter())
}

/// Reads the value of the member with an index in `names`.
pub fn read_member<'de, R: Read<'de>, A: MapAccess<'de>>(
    slots: &mut R::Slots,
    index: usize,
    map: &mut A,
    names: &[&'static str],
) -> Result<(), A::Error> {
    R::read(slots, index, map).map_err(|error| at(names.get(index).unwrap_or(&""), error))
}

/// Looks a key up among names; what is none of them goes to `other`.
pub struct Key<'a, S> {
    pub names: &'a [&'static str],
    /// The index of the name that is expected: members mostly come in the order of the schema.
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

/// What a key turned out to be.
pub enum Found<T, S> {
    /// The index of a name, and what would have taken another.
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

/// Reads an object, and keeps the members that the schema does not have.
pub fn read_open<'de, R: Read<'de>, D: Deserializer<'de>>(
    deserializer: D,
    name: &'static str,
    names: &'static [&'static str],
) -> Result<(R, Map<String, Value>), D::Error> {
    let members = PhantomData;
    deserializer.deserialize_map(OpenVisitor(ObjectVisitor {
        name,
        names,
        members,
    }))
}

/// Writes an object with members that the schema does not have.
pub fn write_open<M: Write, S: Serializer>(
    serializer: S,
    names: &'static [&'static str],
    members: M,
    rest: &Map<String, Value>,
) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    members.write(&mut names.iter(), &mut map)?;
    write_all(&mut map, rest)?;
    map.end()
}

struct OpenVisitor<R>(ObjectVisitor<R>);

impl<'de, R: Read<'de>> Visitor<'de> for OpenVisitor<R> {
    type Value = (R, Map<String, Value>);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.expecting(f)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let names = self.0.names;
        let mut slots = R::Slots::default();
        let mut rest = Map::new();
        while let Some(key) = map.next_key_seed(Key {
            names,
            likely: 0,
            other: PhantomData::<String>,
        })? {
            match key {
                Found::Known(index, _) => read_member::<R, A>(&mut slots, index, &mut map, names)?,
                Found::Other(name) => {
                    let value = read_value(&mut map, &name)?;
                    rest.insert(name, value);
                }
            }
        }
        Ok((R::finish(slots, &mut names.iter())?, rest))
    }
}

/// Reads a type that is an object from its members.
pub fn from_members<'de, T: Deserialize<'de>, A: MapAccess<'de>>(
    members: A,
) -> Result<T, A::Error> {
    T::deserialize(::serde::de::value::MapAccessDeserializer::new(members))
}

/// Reads all members as they come.
pub fn read_all<'de, A: MapAccess<'de>>(mut map: A) -> Result<Map<String, Value>, A::Error> {
    let mut members = Map::new();
    while let Some(name) = map.next_key::<String>()? {
        let value = read_value(&mut map, &name)?;
        members.insert(name, value);
    }
    Ok(members)
}

/// Reads the value of a member that has any name.
pub fn read_value<'de, T: Deserialize<'de>, A: MapAccess<'de>>(
    map: &mut A,
    name: &str,
) -> Result<T, A::Error> {
    read_with(map, name, PhantomData)
}

/// The same for what a seed makes of it.
pub fn read_with<'de, S: DeserializeSeed<'de>, A: MapAccess<'de>>(
    map: &mut A,
    name: &str,
    seed: S,
) -> Result<S::Value, A::Error> {
    map.next_value_seed(seed).map_err(|error| at(name, error))
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

/// A mandatory member that did not come.
#[cold]
pub fn missing<E: Error>(name: Option<&&'static str>) -> E {
    at(name.unwrap_or(&""), E::custom("missing"))
}

/// Puts a member's name, or an index in brackets, before the path in an error.
#[cold]
pub fn at<E: Error>(segment: &str, error: E) -> E {
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
