//! The blocking driver: calls wait in the calling thread.
//!
//! A connection has two threads, one that reads and one that writes, so that a slow reader on either side does not block
//! the other.

mod agent;
mod builder;
mod child;
mod client;
mod connect;
mod events;
mod handle;
mod listener;
mod signal;
mod stream;
mod threads;

pub use agent::Agent;
pub use builder::{Blocking, Builder};
pub use child::Child;
pub use client::Client;
pub use events::{EventIter, Wait};
pub use listener::Listener;
pub use stream::Stream;
