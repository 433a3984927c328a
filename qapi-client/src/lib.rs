//! Talks to QEMU and to its guest agent in types that `qapi-codegen` generates from their schemas.
//!
//! A build script generates the types with `Builder::client("::qapi_client")`; commands of QEMU, of the guest agent and of the
//! storage daemon then share the trait [`Command`]. [`blocking::Client`] and, with the feature `tokio`, `tokio::Client` execute
//! them:
//!
//! ```no_run
//! # use qapi_client::{Command, Empty};
//! # struct QueryStatus {}
//! # impl QueryStatus { fn new() -> Self { Self {} } }
//! # impl Command for QueryStatus {
//! #     const NAME: &'static str = "query-status";
//! #     const ALLOW_OOB: bool = false;
//! #     const HAS_ARGUMENTS: bool = false;
//! #     type Return = serde_json::Value;
//! # }
//! # impl serde::Serialize for QueryStatus {
//! #     fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> { Empty::new().serialize(s) }
//! # }
//! # #[cfg(feature = "blocking")]
//! # fn main() -> Result<(), qapi_client::Error> {
//! let qemu = qapi_client::blocking::Client::connect("unix:/run/qmp.sock")?;
//! let status = qemu.execute(QueryStatus::new())?;
//! # Ok(())
//! # }
//! # #[cfg(not(feature = "blocking"))]
//! # fn main() {}
//! ```
//!
//! - A reply is matched to its command by `id`, so many threads or tasks can share a client.
//! - Every wait has a deadline, or its documentation says that it is endless. By default, connecting may take 10 seconds and
//!   a command 60 seconds; see [`Builder`].
//! - `wait_for` listens for an event before the command that causes it is sent.
//! - After a timeout or a lost connection, [`Error::outcome`] tells whether the command may have taken effect.
//! - The client does not reconnect: a connection that ends is an error, and the program decides what to do.
//!
//! | feature | adds |
//! |---|---|
//! | `blocking` (default) | [`blocking`]: calls that block the calling thread; uses only the standard library |
//! | `tokio` | the same API with `async` functions |
//! | `fd` | file descriptors that are passed with the command that takes them (Unix) |
//!
//! The protocol itself is in [`core`], which does no I/O.
#![warn(missing_docs)]
#![forbid(unsafe_code)]

pub mod base64;
#[cfg(feature = "blocking")]
pub mod blocking;
pub mod core;
#[cfg(any(feature = "blocking", feature = "tokio"))]
mod driver;
mod envelope;
#[cfg(feature = "tokio")]
pub mod tokio;

#[cfg(any(feature = "blocking", feature = "tokio"))]
pub use driver::{
    builder::Builder,
    deadline::Deadline,
    error::{Disconnect, Error, Outcome},
};
pub use envelope::{
    Capability, Command, CommandError, Empty, EventMessage, Events, Execute, Greeting, Message,
    QemuVersion, Response, Timestamp, TimestampError, UnknownEvent,
};

/// The types above under the name by which generated code imports them. Code that qapi-codegen of another version series
/// has generated asks for another name, so a mismatch is one error, and not one for every command.
#[doc(hidden)]
pub mod for_qapi_codegen_0_1 {
    pub use crate::envelope::*;
}
