// The response to a request: the value that the command returns, or an error.

use ::serde::de::{IgnoredAny, MapAccess, Visitor};
use ::serde::ser::SerializeMap;
use ::serde::{Deserialize, Deserializer, Serialize, Serializer};
use ::serde_json::Value;
use ::std::fmt;
use ::std::marker::PhantomData;

use super::errors::{at, missing};
use super::keys::Key;
use super::returns::Returned;

/// The response to a request.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Response<R> {
    /// The value that the command returns, or why it failed.
    pub result: Result<R, CommandError>,
    /// The `id` of the request.
    pub id: Option<Value>,
}

/// The reason why a command failed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct CommandError {
    /// The kind of error, such as `GenericError` or `CommandNotFound`.
    pub class: String,
    /// A description for people; QEMU may reword it at any time.
    pub desc: String,
}

impl<R> Response<R> {
    /// Creates the response to a command that succeeded.
    pub fn success(value: R) -> Self {
        Self {
            result: Ok(value),
            id: None,
        }
    }

    /// Creates the response to a command that failed.
    pub fn failure(error: CommandError) -> Self {
        Self {
            result: Err(error),
            id: None,
        }
    }

    /// Sets the `id`, which is that of the request.
    pub fn with_id(self, id: impl Into<Value>) -> Self {
        Self {
            id: Some(id.into()),
            ..self
        }
    }
}

impl CommandError {
    /// Creates an error of a class with a description.
    pub fn new(class: impl Into<String>, desc: impl Into<String>) -> Self {
        Self {
            class: class.into(),
            desc: desc.into(),
        }
    }
}

impl fmt::Display for CommandError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.class, self.desc)
    }
}

impl ::std::error::Error for CommandError {}

impl<R: Serialize> Serialize for Response<R> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        match &self.result {
            Ok(value) => map.serialize_entry("return", value)?,
            Err(error) => map.serialize_entry("error", error)?,
        }
        if let Some(id) = &self.id {
            map.serialize_entry("id", id)?;
        }
        map.end()
    }
}

impl<'de, R: Deserialize<'de>> Deserialize<'de> for Response<R> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut parts = ResponseParts::default();
        deserializer.deserialize_map(ResponseVisitor(&mut parts))?;
        parts.finish()
    }
}

/// Reads a response into place, like an event.
struct ResponseVisitor<'a, R>(&'a mut ResponseParts<R>);

impl<'de, R: Deserialize<'de>> Visitor<'de> for ResponseVisitor<'_, R> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object (response)")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<Key>()? {
            self.0.read(key, &mut map)?;
        }
        Ok(())
    }
}

/// The members of a response that have been read so far.
pub(super) struct ResponseParts<R> {
    pub(super) value: Option<R>,
    pub(super) error: Option<CommandError>,
    id: Option<Value>,
}

// A derive would require `R: Default`.
impl<R> Default for ResponseParts<R> {
    fn default() -> Self {
        Self {
            value: None,
            error: None,
            id: None,
        }
    }
}

impl<R> ResponseParts<R> {
    /// Reads the value of the member `key`. Unknown members are ignored.
    pub(super) fn read<'de, A: MapAccess<'de>>(
        &mut self,
        key: Key,
        map: &mut A,
    ) -> Result<(), A::Error>
    where
        R: Deserialize<'de>,
    {
        match key {
            Key::Return => {
                let value = map.next_value_seed(Returned(PhantomData));
                self.value = Some(value.map_err(|it| at("return", it))?);
            }
            Key::Error => self.error = Some(map.next_value().map_err(|it| at("error", it))?),
            Key::Id => self.id = Some(map.next_value()?),
            _ => {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }

    pub(super) fn finish<E: ::serde::de::Error>(self) -> Result<Response<R>, E> {
        let result = match (self.value, self.error) {
            (_, Some(error)) => Err(error),
            (Some(value), None) => Ok(value),
            (None, None) => return Err(missing(Some(&"return"))),
        };
        Ok(Response {
            result,
            id: self.id,
        })
    }
}

impl Serialize for CommandError {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("class", &self.class)?;
        map.serialize_entry("desc", &self.desc)?;
        map.end()
    }
}

impl<'de> Deserialize<'de> for CommandError {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ErrorVisitor)
    }
}

struct ErrorVisitor;

impl<'de> Visitor<'de> for ErrorVisitor {
    type Value = CommandError;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object (error)")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<CommandError, A::Error> {
        let (mut class, mut desc) = (None, None);
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "class" => class = Some(map.next_value().map_err(|it| at("class", it))?),
                "desc" => desc = Some(map.next_value().map_err(|it| at("desc", it))?),
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(CommandError {
            class: class.ok_or_else(|| missing(Some(&"class")))?,
            desc: desc.ok_or_else(|| missing(Some(&"desc")))?,
        })
    }
}
