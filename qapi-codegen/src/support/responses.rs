// A command is answered with what it returns, or with an error.

use ::serde::de::{MapAccess, Visitor};
use ::serde::{Deserialize, Deserializer};
use ::serde_json::Value;
use ::std::fmt;
use ::std::marker::PhantomData;

use super::*;

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
        let names = &["return", "error", "id"];
        let (MayReturned(value), May(error), May(id)) = read_members(map, names)?;
        match (value, error) {
            (_, Some(error)) => Ok((Err(error), id)),
            (Some(value), None) => Ok((Ok(value), id)),
            (None, None) => Err(missing(names.first())),
        }
    }
}
