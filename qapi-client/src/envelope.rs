//! The messages that carry commands and events, which generated code shares. The files in this folder except
//! `return_value.rs` are written by `cargo xtask regen`; their originals are in `qapi-codegen`, which copies them into
//! generated files.

mod command;
#[allow(unreachable_pub)]
mod errors;
mod event;
mod greeting;
mod keys;
mod message;
#[allow(unreachable_pub)]
mod numbers;
mod response;
#[cfg(any(feature = "blocking", feature = "tokio"))]
mod return_value;
mod returns;
mod timestamp;

pub use command::*;
#[cfg(any(feature = "blocking", feature = "tokio"))]
pub(crate) use errors::is_path;
pub use event::*;
pub use greeting::*;
pub(crate) use keys::Key;
pub use message::*;
pub use response::*;
#[cfg(any(feature = "blocking", feature = "tokio"))]
pub(crate) use return_value::ReturnValue;
pub use timestamp::*;
