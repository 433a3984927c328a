//! Talks to QEMU and to its guest agent in types that `qapi-codegen` generates from their schemas.
//!
//! This crate has the types that carry commands and events. A build script makes generated code use them with
//! `Builder::client("::qapi_client")`; commands of QEMU, of the guest agent and of the storage daemon then share the trait
//! [`Command`].
//!
//! ```
//! use qapi_client::{CommandError, Empty, Response};
//!
//! let text = r#"{"error": {"class": "DeviceNotFound", "desc": "Device 'net0' not found"}, "id": 7}"#;
//! let response: Response<Empty> = serde_json::from_str(text)?;
//! assert_eq!(response.id, Some(7.into()));
//! assert_eq!(
//!     response.result,
//!     Err(CommandError::new("DeviceNotFound", "Device 'net0' not found"))
//! );
//! # Ok::<(), serde_json::Error>(())
//! ```
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
