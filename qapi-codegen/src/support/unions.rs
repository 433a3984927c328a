// The members of a union's base and those of its branch are members of the same object.

use ::serde::de::value::BorrowedStrDeserializer;
use ::serde::de::{DeserializeSeed, IgnoredAny, IntoDeserializer, MapAccess, Visitor};
use ::serde::ser::SerializeMap;
use ::serde::{Deserialize, Deserializer, Serialize, Serializer};
use ::std::borrow::Cow;
use ::std::fmt;

use super::errors::{at, missing};
use super::flat::Flat;
use super::kept::{Kept, ROOM, Record, Token};
use super::keys::KeySeed;
use super::members::{Read, Write, read_member, read_value};
use super::objects::finish;

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
    let mut slots = R::Slots::default();
    let mut branch = None;
    deserializer.deserialize_map(UnionVisitor::<R, B> {
        name,
        names,
        slots: &mut slots,
        branch: &mut branch,
    })?;
    match branch {
        Some(branch) => Ok((finish(slots, names)?, branch)),
        None => Err(missing(names.last())),
    }
}

/// Writes a union. The last name is the discriminator's.
pub fn write_union<M: Write, B: Branches, S: Serializer>(
    serializer: S,
    names: &'static [&'static str],
    base: M,
    branch: &B,
) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    base.write(names, 0, &mut map)?;
    let tag = branch.tag();
    if Some(&tag) != B::hidden().as_ref() {
        map.serialize_entry(names[M::COUNT], &tag)?;
    }
    branch.write(&mut map, names)?;
    map.end()
}

/// Reads a union into place.
struct UnionVisitor<'a, 'de, R: Read<'de>, B> {
    name: &'static str,
    names: &'static [&'static str],
    slots: &'a mut R::Slots,
    branch: &'a mut Option<B>,
}

impl<'de, R: Read<'de>, B: Branches> Visitor<'de> for UnionVisitor<'_, 'de, R, B> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object ({})", self.name)
    }

    /// Members of the branch that precede the discriminator are kept until it is read.
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let names = self.names;
        let mut kept = Vec::new();
        let tag = loop {
            let Some(key) = map.next_key_seed(KeySeed(names))? else {
                break B::hidden().ok_or_else(|| missing(names.last()))?;
            };
            match key.find(names) {
                Ok(index) if index == R::COUNT => {
                    break read_value(&mut map, names.last().unwrap_or(&""))?;
                }
                Ok(index) => read_member::<R, A>(self.slots, index, &mut map, names)?,
                Err(name) => {
                    if kept.is_empty() {
                        kept.reserve(ROOM);
                    }
                    let at_name = kept.len();
                    kept.push(Token::from(name));
                    let value = map.next_value_seed(Record(&mut kept));
                    value.map_err(|error| at(kept[at_name].text(), error))?;
                }
            }
        };
        let mut members = BranchMembers::<R, A> {
            kept: Kept::new(kept),
            is_kept: false,
            map: &mut map,
            names,
            slots: self.slots,
        };
        *self.branch = Some(B::read(tag, &mut members)?);
        // A branch without members reads nothing, but members of the base may follow.
        while members.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(())
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
}

impl<'de, R: Read<'de>, A: MapAccess<'de>> MapAccess<'de> for BranchMembers<'_, 'de, R, A> {
    type Error = A::Error;

    fn next_key_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, A::Error> {
        self.is_kept = !self.kept.is_empty();
        if self.is_kept {
            return seed.deserialize(&mut self.kept).map(Some);
        }
        let names = self.names;
        while let Some(key) = self.map.next_key_seed(KeySeed(names))? {
            match key.find(names) {
                Ok(index) => read_member::<R, A>(self.slots, index, self.map, names)?,
                Err(Cow::Borrowed(name)) => {
                    return seed
                        .deserialize(BorrowedStrDeserializer::new(name))
                        .map(Some);
                }
                Err(Cow::Owned(name)) => {
                    return seed.deserialize(name.into_deserializer()).map(Some);
                }
            }
        }
        Ok(None)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, A::Error> {
        match self.is_kept {
            true => seed.deserialize(&mut self.kept),
            false => self.map.next_value_seed(seed),
        }
    }
}
