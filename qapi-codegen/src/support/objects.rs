// Members of objects are read in any order, without intermediate values.

use ::serde::de::{IgnoredAny, MapAccess, Visitor};
use ::serde::ser::{Error as _, SerializeMap};
use ::serde::{Deserialize, Deserializer, Serializer};
use ::serde_json::{Map, Value};
use ::std::fmt;
use ::std::marker::PhantomData;

use super::keys::{Found, Key};
use super::members::{Read, Write, read_member, read_value};

/// Implements serde's traits for an object, from a table of its members.
///
/// Long tables are divided into groups, which may be divided again. A table is followed by the discriminator and the
/// field for the branch if the object is a union, and by the field for additional members if it has one.
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
    ($type:path as $name:literal {
        $({ $({ $({ $($kind:ident $field:ident = $wire:literal,)* })* })* })*
    } $($more:tt)*) => {
        support::object! {
            @table self $type, $name, [$($($($($wire,)*)*)*)*] { $($($($($field)*)*)*)* }
            [($(($(($(($(support::$kind(&self.$field),)*),)*),)*),)*)]
            [($(($(($(($(support::$kind($field),)*),)*),)*),)*)] $($more)*
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
            support::write_union(serializer, &[$($wire,)* $tag], $members, &$self.$branch),
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

/// Reads an object, which errors refer to as `name`.
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

/// Reads the members of an object. Unknown members are ignored.
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

/// Reads an object and its additional members.
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

/// Writes an object with additional members.
pub fn write_open<M: Write, S: Serializer>(
    serializer: S,
    names: &'static [&'static str],
    members: M,
    rest: &Map<String, Value>,
) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    members.write(&mut names.iter(), &mut map)?;
    write_unknown(&mut map, rest, names)?;
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

/// Reads all members as JSON values.
pub fn read_all<'de, A: MapAccess<'de>>(mut map: A) -> Result<Map<String, Value>, A::Error> {
    let mut members = Map::new();
    while let Some(name) = map.next_key::<String>()? {
        let value = read_value(&mut map, &name)?;
        members.insert(name, value);
    }
    Ok(members)
}

/// Writes members not defined in the schema.
///
/// It is an error if the schema defines a member with the same name: QEMU's response to a repeated member has no `id`, so
/// a client would wait for its response forever.
pub fn write_unknown<W: SerializeMap>(
    map: &mut W,
    members: &Map<String, Value>,
    defined: &[&'static str],
) -> Result<(), W::Error> {
    members.iter().try_for_each(|(name, value)| {
        if defined.contains(&name.as_str()) {
            return Err(W::Error::custom(format_args!(
                "{name}: the schema defines this member, so it cannot be an additional member"
            )));
        }
        map.serialize_entry(name, value)
    })
}
