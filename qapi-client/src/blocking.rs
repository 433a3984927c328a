//! The blocking driver: calls wait in the calling thread.
//!
//! A connection has two threads, one that reads and one that writes, so that neither a server that does not read nor a
//! program that does not listen stops the other side.

mod agent;
mod child;
mod client;
mod events;
mod listener;
mod signal;
mod stream;
mod threads;

pub use agent::Agent;
pub use child::Child;
pub use client::{Blocking, Builder, Client};
pub use events::{EventIter, Wait};
pub use listener::Listener;
pub use stream::Stream;
