// Commands, and the request to execute one.

use ::serde::de::{DeserializeOwned, IgnoredAny, MapAccess, Visitor};
use ::serde::ser::SerializeMap;
use ::serde::{Deserialize, Deserializer, Serialize, Serializer};
use ::serde_json::Value;
use ::std::fmt;

/// A command with its arguments.
pub trait Command: Serialize {
    /// The name on the wire.
    const NAME: &'static str;

    /// Whether the command may be executed out of band.
    const ALLOW_OOB: bool = false;

    /// Whether the command has arguments.
    const HAS_ARGUMENTS: bool = true;

    /// Whether the server responds when the command succeeds. A command that fails always gets a response.
    const SUCCESS_RESPONSE: bool = true;

    /// The type of the value that the command returns.
    type Return: DeserializeOwned;
}

/// A request to execute a command.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Execute<C> {
    /// The command.
    pub command: C,
    /// The `id`, which the response repeats.
    pub id: Option<Value>,
    /// Whether to execute the command out of band, ahead of commands that are queued.
    pub out_of_band: bool,
}

/// The value returned by commands that return nothing: an object without members.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Empty {}

impl<C: Command> Execute<C> {
    /// Creates a request without an `id`, to be executed in order.
    pub fn new(command: C) -> Self {
        Self {
            command,
            id: None,
            out_of_band: false,
        }
    }

    /// Sets the `id`, which can be any JSON value.
    pub fn with_id(self, id: impl Into<Value>) -> Self {
        Self {
            id: Some(id.into()),
            ..self
        }
    }

    /// Requests execution out of band, which the command must allow.
    pub fn out_of_band(self) -> Self {
        Self {
            out_of_band: true,
            ..self
        }
    }
}

impl<C: Command> Serialize for Execute<C> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let execute = if self.out_of_band {
            "exec-oob"
        } else {
            "execute"
        };
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry(execute, C::NAME)?;
        if C::HAS_ARGUMENTS {
            map.serialize_entry("arguments", &self.command)?;
        }
        if let Some(id) = &self.id {
            map.serialize_entry("id", id)?;
        }
        map.end()
    }
}

impl Empty {
    /// Creates an empty value.
    pub fn new() -> Self {
        Self {}
    }
}

impl Serialize for Empty {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_map(Some(0))?.end()
    }
}

impl<'de> Deserialize<'de> for Empty {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(EmptyVisitor)
    }
}

struct EmptyVisitor;

impl<'de> Visitor<'de> for EmptyVisitor {
    type Value = Empty;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Empty, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Empty {})
    }
}
