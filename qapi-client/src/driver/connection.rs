//! A connection without its driver. The drivers differ in how they wait.

mod events;
mod link;
mod mailbox;
mod reply;

pub(crate) use events::{EventSource, Happening};
pub(crate) use link::{ATTEMPT, Attachment, Batch, Connection, End};
pub(crate) use reply::{NoReply, Reply};
