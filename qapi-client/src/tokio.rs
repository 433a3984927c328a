//! The tokio driver: the names of [`blocking`](crate::blocking), with `async` functions.
//!
//! A connection has one task, spawned on the runtime in which it is made, which reads and writes. The runtime needs its
//! I/O and time drivers. Every future here can be dropped at any point: a command that was not sent yet will not be,
//! the answer to one that was sent is dropped, and no other caller is affected.

mod agent;
mod builder;
mod child;
mod client;
mod connect;
mod events;
#[cfg(all(unix, feature = "fd"))]
mod fd;
mod handle;
mod listener;
mod task;
mod until;

pub use agent::Agent;
pub use builder::{Builder, Tokio};
pub use child::Child;
pub use client::Client;
pub use events::{EventStream, Wait};
pub use listener::Listener;
