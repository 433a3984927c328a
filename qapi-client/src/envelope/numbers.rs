// QEMU before 2.10 writes unsigned 64-bit integers above the signed range as negative ones.

use ::serde::Deserializer;
use ::serde::de::{DeserializeSeed, Error, Visitor};
use ::std::fmt;

/// Reads an unsigned 64-bit integer; a negative one has the same 64 bits.
pub fn read_u64<'de, D: Deserializer<'de>>(number: D) -> Result<u64, D::Error> {
    number.deserialize_u64(Unsigned)
}

/// An unsigned 64-bit integer.
#[derive(Clone, Copy)]
pub struct Unsigned;

impl<'de> DeserializeSeed<'de> for Unsigned {
    type Value = u64;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<u64, D::Error> {
        deserializer.deserialize_u64(self)
    }
}

impl Visitor<'_> for Unsigned {
    type Value = u64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("u64")
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<u64, E> {
        Ok(value)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<u64, E> {
        Ok(value.cast_unsigned())
    }
}
