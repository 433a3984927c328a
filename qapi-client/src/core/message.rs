//! Determines the kind of a message by its keys, without decoding or recursion.

use std::fmt;

use serde::de::{IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use super::error::{ProtocolError, Violation};
use crate::envelope::Key;

/// A message as received.
pub(super) enum Message<'a> {
    Greeting,
    Return(&'a str, Option<&'a str>),
    Error(&'a str, Option<&'a str>),
    Event,
}

/// Determines the kind of message on one line.
pub(super) fn read(line: &[u8]) -> Result<(&str, Message<'_>), ProtocolError> {
    let fail = |violation| ProtocolError::new(violation, line);
    let text = std::str::from_utf8(line).map_err(|_| fail(Violation::NotUtf8))?;
    let members: Members<'_> = serde_json::from_str(text).map_err(|error| {
        let reason = error.to_string();
        fail(Violation::NotJson { reason })
    })?;
    let message = match members {
        Members {
            greeting: true,
            event: false,
            value: None,
            error: None,
            ..
        } => Message::Greeting,
        Members {
            event: true,
            greeting: false,
            value: None,
            error: None,
            ..
        } => Message::Event,
        Members {
            value: Some(value),
            error: None,
            event: false,
            greeting: false,
            id,
        } => Message::Return(value.get(), id.map(RawValue::get)),
        Members {
            error: Some(error),
            value: None,
            event: false,
            greeting: false,
            id,
        } => Message::Error(error.get(), id.map(RawValue::get)),
        _ => return Err(fail(Violation::UnknownMessage)),
    };
    Ok((text, message))
}

/// The members that determine the kind of a message.
#[derive(Default)]
struct Members<'a> {
    greeting: bool,
    event: bool,
    value: Option<&'a RawValue>,
    error: Option<&'a RawValue>,
    id: Option<&'a RawValue>,
}

impl<'de: 'a, 'a> Deserialize<'de> for Members<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(MembersVisitor)
    }
}

struct MembersVisitor;

impl<'de> Visitor<'de> for MembersVisitor {
    type Value = Members<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Members::default();
        while let Some(key) = map.next_key()? {
            match key {
                Key::Greeting => members.greeting = true,
                Key::Event => members.event = true,
                Key::Return => members.value = Some(map.next_value()?),
                Key::Error => members.error = Some(map.next_value()?),
                Key::Id => members.id = Some(map.next_value()?),
                Key::Data | Key::Timestamp | Key::Other => {}
            }
            if !matches!(key, Key::Return | Key::Error | Key::Id) {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(members)
    }
}
