// The members of a union's base and those of its branch are members of the same object.

use ::serde::de::{DeserializeSeed, IgnoredAny, MapAccess, Visitor};
use ::serde::ser::SerializeMap;
use ::serde::{Deserialize, Deserializer, Serialize, Serializer};
use ::std::fmt;
use ::std::marker::PhantomData;

use super::errors::{at, missing};
use super::flat::Flat;
use super::kept::{Kept, Record};
use super::keys::{Found, Key};
use super::members::{Read, Write, read_member, read_value};

/// The branches of a union.
pub trait Branches: Sized {
    /// The discriminator's type.
    type Tag: for<'de> Deserialize<'de> + Serialize + PartialEq;

    /// The discriminator.
    fn tag(&self) -> Self::Tag;

    /// The value for a missing discriminator, if QEMU may leave it out: an unknown value with an empty name.
    fn hidden() -> Option<Self::Tag> {
        None
    }

    /// Reads the members of the branch selected by `tag`.
    fn read<'de, A: MapAccess<'de>>(tag: Self::Tag, members: A) -> Result<Self, A::Error>;

    /// Writes the members of the branch. The object already has members with these names.
    fn write<W: SerializeMap>(&self, map: &mut W, names: &[&'static str]) -> Result<(), W::Error>;
}

/// Reads a union. The last name is the discriminator's, the others are those of the base.
pub fn read_union<'de, R: Read<'de>, B: Branches, D: Deserializer<'de>>(
    deserializer: D,
    name: &'static str,
    names: &'static [&'static str],
) -> Result<(R, B), D::Error> {
    let union = PhantomData;
    deserializer.deserialize_map(UnionVisitor { name, names, union })
}

/// Writes a union. The last name is the discriminator's.
pub fn write_union<M: Write, B: Branches, S: Serializer>(
    serializer: S,
    names: &'static [&'static str],
    base: M,
    branch: &B,
) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    let mut rest = names.iter();
    base.write(&mut rest, &mut map)?;
    let tag = branch.tag();
    let discriminator = rest.next().filter(|_| Some(&tag) != B::hidden().as_ref());
    if let Some(discriminator) = discriminator {
        map.serialize_entry(discriminator, &tag)?;
    }
    branch.write(&mut map, names)?;
    map.end()
}

struct UnionVisitor<R, B> {
    name: &'static str,
    names: &'static [&'static str],
    union: PhantomData<(R, B)>,
}

impl<'de, R: Read<'de>, B: Branches> Visitor<'de> for UnionVisitor<R, B> {
    type Value = (R, B);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object ({})", self.name)
    }

    /// Members of the branch that precede the discriminator are kept until it is read.
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(R, B), A::Error> {
        let names = self.names;
        let mut slots = R::Slots::default();
        let mut kept = Vec::new();
        let mut likely = 0;
        let tag = loop {
            let name = kept.len();
            let other = Record(&mut kept);
            match map.next_key_seed(Key {
                names,
                likely,
                other,
            })? {
                Some(Found::Known(index, _)) if index == R::COUNT => {
                    break read_value(&mut map, names.last().unwrap_or(&""))?;
                }
                Some(Found::Known(index, _)) => {
                    read_member::<R, A>(&mut slots, index, &mut map, names)?;
                    likely = index + 1;
                }
                Some(Found::Other(())) => {
                    let value = map.next_value_seed(Record(&mut kept));
                    value.map_err(|error| at(kept[name].text(), error))?;
                }
                None => break B::hidden().ok_or_else(|| missing(names.last()))?,
            }
        };
        let mut members = BranchMembers::<R, A> {
            kept: Kept::new(kept),
            is_kept: false,
            map: &mut map,
            names,
            slots: &mut slots,
            likely,
        };
        let branch = B::read(tag, &mut members)?;
        // A branch without members reads nothing, but members of the base may follow.
        while members.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok((R::finish(slots, &mut names.iter())?, branch))
    }
}

/// The members of a branch: first those that were kept, then those that follow. Members of the base go to their slots.
struct BranchMembers<'a, 'de, R: Read<'de>, A: MapAccess<'de>> {
    kept: Kept<'de, A::Error>,
    /// Whether the next value is one that was kept.
    is_kept: bool,
    map: &'a mut A,
    names: &'static [&'static str],
    slots: &'a mut R::Slots,
    likely: usize,
}

impl<'de, R: Read<'de>, A: MapAccess<'de>> MapAccess<'de> for BranchMembers<'_, 'de, R, A> {
    type Error = A::Error;

    fn next_key_seed<S: DeserializeSeed<'de>>(
        &mut self,
        mut seed: S,
    ) -> Result<Option<S::Value>, A::Error> {
        self.is_kept = !self.kept.is_empty();
        if self.is_kept {
            return seed.deserialize(&mut self.kept).map(Some);
        }
        let (names, likely) = (self.names, self.likely);
        loop {
            match self.map.next_key_seed(Key {
                names,
                likely,
                other: seed,
            })? {
                Some(Found::Known(index, other)) => {
                    read_member::<R, A>(self.slots, index, self.map, names)?;
                    seed = other;
                }
                Some(Found::Other(key)) => return Ok(Some(key)),
                None => return Ok(None),
            }
        }
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, A::Error> {
        match self.is_kept {
            true => seed.deserialize(&mut self.kept),
            false => self.map.next_value_seed(seed),
        }
    }
}

/// Writes the members of a branch.
pub fn write_branch<T: Serialize, W: SerializeMap>(
    branch: &T,
    map: &mut W,
) -> Result<(), W::Error> {
    branch.serialize(Flat(map))
}
