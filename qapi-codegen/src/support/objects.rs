// Members of objects are read in any order, without intermediate values.

use ::serde::de::{Error, IgnoredAny, MapAccess, Visitor};
use ::serde::ser::{Error as _, SerializeMap};
use ::serde::{Deserialize, Deserializer, Serializer};
use ::serde_json::{Map, Value};
use ::std::fmt;

use super::errors::missing;
use super::keys::KeySeed;
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
    let mut slots = R::Slots::default();
    deserializer.deserialize_map(ObjectVisitor::<R> {
        name,
        names,
        slots: &mut slots,
    })?;
    finish(slots, names)
}

/// Writes an object.
pub fn write<M: Write, S: Serializer>(
    serializer: S,
    names: &'static [&'static str],
    members: M,
) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    members.write(names, 0, &mut map)?;
    map.end()
}

/// Reads members into slots. Objects are large, and a visitor's value is moved by each function that returns it.
struct ObjectVisitor<'a, 'de, R: Read<'de>> {
    name: &'static str,
    names: &'static [&'static str],
    slots: &'a mut R::Slots,
}

impl<'de, R: Read<'de>> Visitor<'de> for ObjectVisitor<'_, 'de, R> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object ({})", self.name)
    }

    #[inline]
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<(), A::Error> {
        read_slots::<R, A>(self.slots, map, self.names)
    }
}

/// Reads the members of an object. Unknown members are ignored.
pub fn read_members<'de, R: Read<'de>, A: MapAccess<'de>>(
    map: A,
    names: &'static [&'static str],
) -> Result<R, A::Error> {
    let mut slots = R::Slots::default();
    read_slots::<R, A>(&mut slots, map, names)?;
    finish(slots, names)
}

#[inline]
fn read_slots<'de, R: Read<'de>, A: MapAccess<'de>>(
    slots: &mut R::Slots,
    mut map: A,
    names: &'static [&'static str],
) -> Result<(), A::Error> {
    while let Some(key) = map.next_key_seed(KeySeed(names))? {
        match key.find(names) {
            Ok(index) => read_member::<R, A>(slots, index, &mut map, names)?,
            Err(_) => {
                map.next_value::<IgnoredAny>()?;
            }
        }
    }
    Ok(())
}

/// Returns the members, or an error if a required one is missing.
#[inline]
pub fn finish<'de, R: Read<'de>, E: Error>(
    slots: R::Slots,
    names: &'static [&'static str],
) -> Result<R, E> {
    R::finish(slots).map_err(|index| missing(names.get(index)))
}

/// Reads an object and its additional members.
pub fn read_open<'de, R: Read<'de>, D: Deserializer<'de>>(
    deserializer: D,
    name: &'static str,
    names: &'static [&'static str],
) -> Result<(R, Map<String, Value>), D::Error> {
    let mut slots = R::Slots::default();
    let rest = deserializer.deserialize_map(OpenVisitor(ObjectVisitor::<R> {
        name,
        names,
        slots: &mut slots,
    }))?;
    Ok((finish(slots, names)?, rest))
}

/// Writes an object with additional members.
pub fn write_open<M: Write, S: Serializer>(
    serializer: S,
    names: &'static [&'static str],
    members: M,
    rest: &Map<String, Value>,
) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    members.write(names, 0, &mut map)?;
    write_unknown(&mut map, rest, names)?;
    map.end()
}

struct OpenVisitor<'a, 'de, R: Read<'de>>(ObjectVisitor<'a, 'de, R>);

impl<'de, R: Read<'de>> Visitor<'de> for OpenVisitor<'_, 'de, R> {
    type Value = Map<String, Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.expecting(f)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let ObjectVisitor { names, slots, .. } = self.0;
        let mut rest = Map::new();
        while let Some(key) = map.next_key_seed(KeySeed(names))? {
            match key.find(names) {
                Ok(index) => read_member::<R, A>(slots, index, &mut map, names)?,
                Err(name) => {
                    let value = read_value(&mut map, &name)?;
                    rest.insert(name.into_owned(), value);
                }
            }
        }
        Ok(rest)
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
