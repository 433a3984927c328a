// Required and optional members are read and written as tuples.

use ::serde::de::{DeserializeSeed, IgnoredAny, MapAccess};
use ::serde::ser::SerializeMap;
use ::serde::{Deserialize, Serialize};
use ::std::marker::PhantomData;

use super::errors::at;
use super::lists::List;
use super::numbers::Unsigned;

/// A required member.
pub struct Need<T>(pub T);

/// An optional member.
pub struct May<T>(pub T);

/// A required list. Errors contain the index of the element.
pub struct NeedList<T>(pub T);

/// An optional list.
pub struct MayList<T>(pub T);

/// A required unsigned 64-bit integer.
pub struct NeedU64<T>(pub T);

/// An optional unsigned 64-bit integer.
pub struct MayU64<T>(pub T);

/// A required list of unsigned 64-bit integers.
pub struct NeedU64List<T>(pub T);

/// An optional list of unsigned 64-bit integers.
pub struct MayU64List<T>(pub T);

/// One or more members to read.
pub trait Read<'de>: Sized {
    /// The number of members.
    const COUNT: usize;

    /// The values read so far.
    type Slots: Default;

    /// Reads the next value, which belongs to the member with this index.
    fn read<A: MapAccess<'de>>(
        slots: &mut Self::Slots,
        index: usize,
        map: &mut A,
    ) -> Result<(), A::Error>;

    /// Returns the members, or the index of a required one that is missing.
    fn finish(slots: Self::Slots) -> Result<Self, usize>;
}

/// One or more members to write.
pub trait Write {
    /// The number of members.
    const COUNT: usize;

    /// Writes the members, whose names start at this index.
    fn write<W: SerializeMap>(
        &self,
        names: &[&'static str],
        index: usize,
        map: &mut W,
    ) -> Result<(), W::Error>;
}

/// Implements `Read` for a kind of member, from the seed that reads a value and the conversion of its slot.
macro_rules! reads {
    ($($([$T:ident])? $kind:ident<$held:ty>: $value:ty, $seed:expr, $slot:ident => $finish:expr;)*) => {$(
        impl<'de, $($T: Deserialize<'de>)?> Read<'de> for $kind<$held> {
            const COUNT: usize = 1;

            type Slots = Option<$value>;

            #[inline]
            fn read<A: MapAccess<'de>>(
                slot: &mut Self::Slots,
                _: usize,
                map: &mut A,
            ) -> Result<(), A::Error> {
                *slot = Some(map.next_value_seed($seed)?);
                Ok(())
            }

            #[inline(always)]
            fn finish($slot: Self::Slots) -> Result<Self, usize> {
                $finish.map(Self)
            }
        }
    )*};
}

// `null` is a value like any other, so an optional member that is present is read like a required one.
reads! {
    [T] Need<T>: T, PhantomData, slot => slot.ok_or(0);
    [T] NeedList<Vec<T>>: Vec<T>, List(PhantomData::<T>), slot => slot.ok_or(0);
    NeedU64<u64>: u64, Unsigned, slot => slot.ok_or(0);
    NeedU64List<Vec<u64>>: Vec<u64>, List(Unsigned), slot => slot.ok_or(0);
    [T] May<Option<T>>: T, PhantomData, slot => Ok(slot);
    [T] MayList<Option<Vec<T>>>: Vec<T>, List(PhantomData::<T>), slot => Ok(slot);
    MayU64<Option<u64>>: u64, Unsigned, slot => Ok(slot);
    MayU64List<Option<Vec<u64>>>: Vec<u64>, List(Unsigned), slot => Ok(slot);
}

/// Implements `Write` for required and optional members.
macro_rules! writes {
    ($($need:ident $may:ident)*) => {$(
        impl<T: Serialize> Write for $need<&T> {
            const COUNT: usize = 1;

            #[inline]
            fn write<W: SerializeMap>(
                &self,
                names: &[&'static str],
                index: usize,
                map: &mut W,
            ) -> Result<(), W::Error> {
                map.serialize_entry(names[index], self.0)
            }
        }

        impl<T: Serialize> Write for $may<&Option<T>> {
            const COUNT: usize = 1;

            #[inline]
            fn write<W: SerializeMap>(
                &self,
                names: &[&'static str],
                index: usize,
                map: &mut W,
            ) -> Result<(), W::Error> {
                match self.0 {
                    Some(value) => map.serialize_entry(names[index], value),
                    None => Ok(()),
                }
            }
        }
    )*};
}

writes! {
    Need May
    NeedList MayList
    NeedU64 MayU64
    NeedU64List MayU64List
}

/// Implements `Read` and `Write` for tuples of members.
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

            #[inline(always)]
            fn finish(($($slots,)*): Self::Slots) -> Result<Self, usize> {
                let index = 0;
                $(
                    let $slots = match $member::finish($slots) {
                        Ok(member) => member,
                        Err(missing) => return Err(index + missing),
                    };
                    let index = index + $member::COUNT;
                )*
                let _ = index;
                Ok(($($slots,)*))
            }
        }

        impl<$($member: Write),*> Write for ($($member,)*) {
            const COUNT: usize = 0 $(+ $member::COUNT)*;

            #[inline]
            fn write<Map: SerializeMap>(
                &self,
                names: &[&'static str],
                index: usize,
                map: &mut Map,
            ) -> Result<(), Map::Error> {
                let ($($slots,)*) = self;
                $(
                    $slots.write(names, index, map)?;
                    let index = index + $member::COUNT;
                )*
                let _ = (names, index, map);
                Ok(())
            }
        }
    )*};
}

// Groups have at most this many members.
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

/// Reads the value of the member with an index in `names`.
pub fn read_member<'de, R: Read<'de>, A: MapAccess<'de>>(
    slots: &mut R::Slots,
    index: usize,
    map: &mut A,
    names: &[&'static str],
) -> Result<(), A::Error> {
    R::read(slots, index, map).map_err(|error| at(names.get(index).unwrap_or(&""), error))
}

/// Reads the value of a member with this name.
pub fn read_value<'de, T: Deserialize<'de>, A: MapAccess<'de>>(
    map: &mut A,
    name: &str,
) -> Result<T, A::Error> {
    read_with(map, name, PhantomData)
}

/// Reads the value of a member with this name by a seed.
pub fn read_with<'de, S: DeserializeSeed<'de>, A: MapAccess<'de>>(
    map: &mut A,
    name: &str,
    seed: S,
) -> Result<S::Value, A::Error> {
    map.next_value_seed(seed).map_err(|error| at(name, error))
}

/// Writes an optional member.
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
