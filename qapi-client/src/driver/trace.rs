//! Each message as an event of `tracing`, at level `TRACE` and with target `qapi_client`.

use ::tracing::{Level, enabled, trace};

use crate::core::{Answer, Incoming};

/// The target of all events.
const TARGET: &str = "qapi_client";

/// Commands whose arguments can hold a password, a key or confidential data of a guest.
const SECRET: &[&str] = &[
    "block_passwd",
    "blockdev-add",
    "blockdev-create",
    "blockdev-reopen",
    "change",
    "change-vnc-password",
    "guest-exec",
    "guest-file-write",
    "guest-set-user-password",
    "human-monitor-command",
    "object-add",
    "object_add",
    "qom-set",
    "set_password",
];

/// A message that is sent. The arguments of a command that carries secrets are left out.
pub(crate) fn sent(bytes: &[u8], hidden: &[String]) {
    if !enabled!(target: TARGET, Level::TRACE) {
        return;
    }
    let message = String::from_utf8_lossy(bytes.trim_ascii_end());
    match command(&message) {
        Some(name) if SECRET.contains(&name) || hidden.iter().any(|it| it == name) => {
            trace!(target: TARGET, direction = "sent", command = name, "arguments are hidden");
        }
        _ => trace!(target: TARGET, direction = "sent", "{message}"),
    }
}

/// A message that was received.
pub(crate) fn received(incoming: &Incoming) {
    match incoming {
        Incoming::Greeting(greeting) => {
            trace!(target: TARGET, direction = "received", ?greeting);
        }
        Incoming::Ready => trace!(target: TARGET, direction = "received", "ready"),
        Incoming::Event(text) => trace!(target: TARGET, direction = "received", "{text}"),
        Incoming::Reply { id, answer } => {
            let (name, text) = match answer {
                Answer::Return(text) => ("return", text),
                Answer::Error(text) => ("error", text),
            };
            trace!(target: TARGET, direction = "received", id, "{name}: {text}");
        }
        Incoming::Unattributed(error) => {
            trace!(target: TARGET, direction = "received", "error: {error}");
        }
    }
}

/// The name of a command, which this crate writes first.
fn command(message: &str) -> Option<&str> {
    let message = message.trim_start_matches('\u{fffd}');
    let rest = message.strip_prefix("{\"execute\":\"");
    let rest = rest.or_else(|| message.strip_prefix("{\"exec-oob\":\""))?;
    rest.split_once('"').map(|(name, _)| name)
}
