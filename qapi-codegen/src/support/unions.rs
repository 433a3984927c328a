// The members of a union's base and those of a branch stand in one object.

use ::serde::de::{DeserializeSeed, Error as _};
use ::serde::ser::SerializeMap;
use ::serde::{Deserialize, Serialize};
use ::serde_json::Value;
use ::std::marker::PhantomData;

use super::*;

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
