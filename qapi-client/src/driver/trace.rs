//! Each message as an event of `tracing`, at level `TRACE` and with target `qapi_client`.
//!
//! Events are emitted when the state of the connection is unlocked: a subscriber may use the connection, or take long.

use ::tracing::{Level, enabled, trace};

use crate::core::{Answer, Incoming};
use crate::driver::builder::Options;

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
    "input-send-event",
    "object-add",
    "object_add",
    "qom-set",
    "ringbuf-write",
    "send-key",
    "set_password",
    "sev-inject-launch-secret",
];

/// The events to be emitted, in order.
pub(crate) struct Trace {
    is_enabled: bool,
    events: Vec<Box<dyn FnOnce()>>,
}

impl Trace {
    pub(crate) fn new() -> Self {
        Self {
            is_enabled: enabled!(target: TARGET, Level::TRACE),
            events: Vec::new(),
        }
    }

    /// A message that is sent. The arguments of a command that carries secrets are left out.
    pub(crate) fn sent(&mut self, bytes: &[u8], options: &Options) {
        if !self.is_enabled {
            return;
        }
        let message = String::from_utf8_lossy(bytes.trim_ascii_end()).into_owned();
        let is_secret =
            |name: &str| SECRET.contains(&name) || options.hidden.iter().any(|it| it == name);
        match command(&message).filter(|name| is_secret(name)) {
            Some(name) => {
                let name = name.to_owned();
                self.push(move || {
                    trace!(target: TARGET, direction = "sent", command = name, "arguments are hidden");
                });
            }
            None => self.push(move || trace!(target: TARGET, direction = "sent", "{message}")),
        }
    }

    /// A message that was received.
    pub(crate) fn received(&mut self, incoming: &Incoming) {
        if !self.is_enabled {
            return;
        }
        match incoming {
            Incoming::Greeting(greeting) => {
                let greeting = greeting.clone();
                self.push(move || trace!(target: TARGET, direction = "received", ?greeting));
            }
            Incoming::Ready => {
                self.push(|| trace!(target: TARGET, direction = "received", "ready"));
            }
            Incoming::Event(text) => {
                let text = text.clone();
                self.push(move || trace!(target: TARGET, direction = "received", "{text}"));
            }
            Incoming::Reply { id, answer } => {
                let (id, answer) = (*id, answer.clone());
                self.push(move || {
                    let (name, text) = match answer {
                        Answer::Return(text) => ("return", text),
                        Answer::Error(text) => ("error", text),
                    };
                    trace!(target: TARGET, direction = "received", id, "{name}: {text}");
                });
            }
            Incoming::Unattributed(error) => {
                let error = error.clone();
                self.push(move || trace!(target: TARGET, direction = "received", "error: {error}"));
            }
        }
    }

    fn push(&mut self, event: impl FnOnce() + 'static) {
        self.events.push(Box::new(event));
    }

    pub(crate) fn emit(self) {
        self.events.into_iter().for_each(|event| event());
    }
}

/// The name of a command, which this crate writes first.
fn command(message: &str) -> Option<&str> {
    let message = message.trim_start_matches('\u{fffd}');
    let rest = message.strip_prefix("{\"execute\":\"");
    let rest = rest.or_else(|| message.strip_prefix("{\"exec-oob\":\""))?;
    rest.split_once('"').map(|(name, _)| name)
}
