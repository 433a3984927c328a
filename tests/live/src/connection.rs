//! The connections of `qapi-client`, and commands whose replies come in two forms.

use qapi_client::blocking::{Agent, Client};
use qapi_client::{Command, Error};
use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;
use serde_json::value::RawValue;

/// A connection that executes commands.
pub trait Connection {
    fn execute<C: Command<Return: Send>>(&self, command: C) -> Result<C::Return, Error>;
}

impl Connection for Client {
    fn execute<C: Command<Return: Send>>(&self, command: C) -> Result<C::Return, Error> {
        self.execute(command)
    }
}

impl Connection for Agent {
    fn execute<C: Command<Return: Send>>(&self, command: C) -> Result<C::Return, Error> {
        self.execute(command)
    }
}

/// A command whose reply is returned both as a typed value and as it was sent.
pub struct WithSent<C>(pub C);

/// A reply: the typed value, and the JSON value that was sent.
pub struct Reply<R> {
    pub value: R,
    pub sent: Value,
}

impl<C: Command> Command for WithSent<C> {
    const NAME: &'static str = C::NAME;
    const ALLOW_OOB: bool = C::ALLOW_OOB;
    const HAS_ARGUMENTS: bool = C::HAS_ARGUMENTS;
    const SUCCESS_RESPONSE: bool = C::SUCCESS_RESPONSE;
    type Return = Reply<C::Return>;
}

impl<C: Command> Serialize for WithSent<C> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de, R: DeserializeOwned> Deserialize<'de> for Reply<R> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Box::<RawValue>::deserialize(deserializer)?;
        Ok(Self {
            value: serde_json::from_str(text.get()).map_err(D::Error::custom)?,
            sent: serde_json::from_str(text.get()).map_err(D::Error::custom)?,
        })
    }
}
