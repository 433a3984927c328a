//! The events of QEMU as Rust types, which the build script generates from the schema in `schema/`.
//!
//! ```
//! use generated_example::qapi::{Event, EventMessage};
//!
//! let line = r#"{"timestamp": {"seconds": 1795337390, "microseconds": 137675},
//!                "event": "RTC_CHANGE", "data": {"offset": -19659}}"#;
//! let message: EventMessage = serde_json::from_str(line)?;
//! match message.event {
//!     Event::RtcChange(change) => assert_eq!(change.offset, -19659),
//!     other => println!("{} came instead", other.name()),
//! }
//! # Ok::<(), serde_json::Error>(())
//! ```
//!
//! `generated/qapi.rs` has the code that is generated from the same schema for programs without the client.

pub mod qapi {
    //! What the build script generated.
    include!(concat!(env!("OUT_DIR"), "/qapi.rs"));
}

pub mod hot_plug {
    //! The commands and events of the program `hot-plug`.
    include!(concat!(env!("OUT_DIR"), "/hot_plug.rs"));
}
