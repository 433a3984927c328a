//! A return value without the response around it.

use std::marker::PhantomData;

use serde::de::DeserializeSeed as _;
use serde::{Deserialize, Deserializer};

use super::returns::Returned;

/// What a command returns, decoded as in a [`Response`](super::Response).
pub(crate) struct ReturnValue<R>(pub(crate) R);

impl<'de, R: Deserialize<'de>> Deserialize<'de> for ReturnValue<R> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Returned(PhantomData).deserialize(deserializer).map(Self)
    }
}
