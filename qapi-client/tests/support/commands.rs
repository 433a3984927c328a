//! Commands and events of the test servers.

use qapi_client::{Command, Empty, Events};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

/// Defines a command without arguments that returns any JSON.
macro_rules! command {
    ($name:ident, $wire:literal, $return:ty) => {
        #[derive(Clone, Default)]
        pub struct $name;

        impl Command for $name {
            const NAME: &'static str = $wire;
            const ALLOW_OOB: bool = true;
            const HAS_ARGUMENTS: bool = false;
            type Return = $return;
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                Empty::new().serialize(serializer)
            }
        }
    };
}

command!(QueryStatus, "query-status", Value);
command!(QueryName, "query-name", Value);
command!(QueryNumber, "query-number", u8);
command!(QueryNumbers, "query-numbers", Vec<u64>);
command!(QueryNested, "query-nested", Nested);
command!(Stop, "stop", Empty);
command!(Cont, "cont", Empty);
command!(MigratePause, "migrate-pause", Empty);

/// A command that sends no response on success.
pub struct Shutdown;

impl Command for Shutdown {
    const NAME: &'static str = "guest-shutdown";
    const HAS_ARGUMENTS: bool = false;
    const SUCCESS_RESPONSE: bool = false;
    type Return = Empty;
}

impl Serialize for Shutdown {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Empty::new().serialize(serializer)
    }
}

/// A command of any length.
pub struct Long(pub usize);

impl Command for Long {
    const NAME: &'static str = "long";
    type Return = Value;
}

impl Serialize for Long {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        map.serialize_entry("text", &"x".repeat(self.0))?;
        map.end()
    }
}

/// A recursive type, like that of images.
#[derive(Debug)]
pub struct Nested(pub Option<Box<Nested>>);

impl Nested {
    pub fn depth(&self) -> usize {
        let (mut depth, mut at) = (0, self);
        while let Some(inner) = &at.0 {
            depth += 1;
            at = inner;
        }
        depth
    }

    pub fn text(depth: usize) -> String {
        format!("{}null{}", "[".repeat(depth), "]".repeat(depth))
    }
}

impl<'de> Deserialize<'de> for Nested {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let inner = Option::<(Box<Nested>,)>::deserialize(deserializer)?;
        Ok(Self(inner.map(|(inner,)| inner)))
    }
}

/// All events. The data of `BROKEN` cannot be decoded.
#[derive(Debug)]
pub struct Event {
    pub name: String,
    pub data: Value,
}

impl Events for Event {
    const NAMES: &'static [&'static str] = &["BROKEN"];

    fn read<'de, D: Deserializer<'de>>(
        _: usize,
        data: D,
        _: &mut Option<Self>,
    ) -> Result<(), D::Error> {
        let _ = Value::deserialize(data)?;
        Err(serde::de::Error::custom("member: missing"))
    }

    fn unknown(name: String, data: Option<Value>) -> Self {
        Self {
            name,
            data: data.unwrap_or_default(),
        }
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn write<W: SerializeMap>(&self, map: &mut W) -> Result<(), W::Error> {
        map.serialize_entry("data", &self.data)
    }
}
