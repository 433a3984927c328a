//! The messages that carry commands and events, which are the same for every schema: spliced into generated files as
//! text, written to the crate `qapi-client` by `cargo xtask regen`, and compiled here to be tested.

mod command;
mod event;
mod greeting;
mod keys;
mod message;
mod response;
mod returns;
mod timestamp;

pub use command::*;
pub use event::*;
pub use greeting::*;
pub use message::*;
pub use response::*;
pub use timestamp::*;

use crate::support::{errors, numbers};
