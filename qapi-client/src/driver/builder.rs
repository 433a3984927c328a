//! Configuration of connections.

use std::marker::PhantomData;
use std::time::Duration;

use crate::Capability;
use crate::core::DEFAULT_MAX_MESSAGE_LEN;
use crate::driver::decode::DEFAULT_MAX_DEPTH;

/// Configures a connection. Created by `Client::builder()` of a driver, and consumed by `connect` and similar functions.
///
/// | option | default |
/// |---|---|
/// | [`connect_timeout`](Self::connect_timeout) | 10 seconds |
/// | [`command_timeout`](Self::command_timeout) | 60 seconds |
/// | [`wait_for_socket`](Self::wait_for_socket) | no |
/// | [`events_from_start`](Self::events_from_start) | no |
/// | [`capabilities`](Self::capabilities) | none |
/// | [`max_message_len`](Self::max_message_len) | 64 MiB |
/// | [`max_depth`](Self::max_depth) | 1024 |
#[derive(Debug)]
#[must_use = "a builder does nothing until it connects"]
pub struct Builder<Driver> {
    pub(crate) options: Options,
    driver: PhantomData<fn() -> Driver>,
}

#[derive(Clone, Debug)]
pub(crate) struct Options {
    pub(crate) connect_timeout: Duration,
    pub(crate) command_timeout: Option<Duration>,
    pub(crate) wait_for_socket: bool,
    pub(crate) events_from_start: bool,
    pub(crate) capabilities: Vec<Capability>,
    pub(crate) max_message_len: usize,
    pub(crate) max_depth: usize,
    /// Further commands whose arguments are not traced, in addition to those that carry secrets.
    #[cfg(feature = "tracing")]
    pub(crate) hidden: Vec<String>,
}

impl<Driver> Builder<Driver> {
    pub(crate) fn new() -> Self {
        Self::with_options(Options {
            connect_timeout: Duration::from_secs(10),
            command_timeout: Some(Duration::from_secs(60)),
            wait_for_socket: false,
            events_from_start: false,
            capabilities: Vec::new(),
            max_message_len: DEFAULT_MAX_MESSAGE_LEN,
            max_depth: DEFAULT_MAX_DEPTH,
            #[cfg(feature = "tracing")]
            hidden: Vec::new(),
        })
    }

    pub(crate) fn with_options(options: Options) -> Self {
        Self {
            options,
            driver: PhantomData,
        }
    }

    /// The time limit for connecting, including greeting and negotiation.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.options.connect_timeout = timeout;
        self
    }

    /// The time that `execute` waits for a reply; with `None`, until the connection ends.
    pub fn command_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.options.command_timeout = timeout.into();
        self
    }

    /// Whether to wait, within `connect_timeout`, for a socket that does not exist yet or refuses connections because QEMU
    /// is starting.
    pub fn wait_for_socket(mut self, wait: bool) -> Self {
        self.options.wait_for_socket = wait;
        self
    }

    /// Whether the first call to `events` returns all events of the connection, including those that arrived before the
    /// greeting and before that call. Without this, `events` returns what arrives after its call.
    ///
    /// They are queued until then, with the limits that apply between two calls of `next`.
    pub fn events_from_start(mut self, from_start: bool) -> Self {
        self.options.events_from_start = from_start;
        self
    }

    /// The capabilities to enable. Those not offered by the server are ignored.
    pub fn capabilities(mut self, capabilities: impl IntoIterator<Item = Capability>) -> Self {
        self.options.capabilities = capabilities.into_iter().collect();
        self
    }

    /// The maximum length of a message, in bytes. A longer message ends the connection with an error.
    pub fn max_message_len(mut self, bytes: usize) -> Self {
        self.options.max_message_len = bytes;
        self
    }

    /// Hides the arguments of further commands from `tracing`, such as those of a vendor. The arguments of commands that
    /// can carry secrets, such as `object-add` and `guest-set-user-password`, are always hidden.
    #[cfg(feature = "tracing")]
    pub fn hide_arguments<N: Into<String>>(
        mut self,
        commands: impl IntoIterator<Item = N>,
    ) -> Self {
        let commands = commands.into_iter().map(Into::into);
        self.options.hidden.extend(commands);
        self
    }

    /// The maximum nesting depth of a reply or an event. A deeper one is an error. Each level beyond 32 takes 64 KiB of
    /// address space during decoding.
    pub fn max_depth(mut self, levels: usize) -> Self {
        self.options.max_depth = levels;
        self
    }
}
