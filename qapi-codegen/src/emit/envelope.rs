//! The envelope: carried in the file, or imported from another crate.

use std::borrow::Cow;

use super::attributes::with_extras;
use super::code::{Envelope, Support};
use crate::model::{Extras, File};

/// A module of the envelope, by its name.
macro_rules! module {
    ($name:literal) => {
        Support {
            name: $name,
            text: Cow::Borrowed(include_str!(concat!("../envelope/", $name, ".rs"))),
        }
    };
}

/// The types at the top of the file.
pub(super) fn item(file: &File) -> String {
    let has_events = !file.events.is_empty();
    let mut names = vec!["CommandError", "Response"];
    if !file.commands.is_empty() {
        names.extend(["Command", "Empty", "Execute"]);
    }
    if has_events {
        names.extend(["Capability", "Greeting", "QemuVersion"]);
        names.extend(["Timestamp", "TimestampError", "UnknownEvent"]);
    }
    names.sort_unstable();
    let aliases = match has_events {
        true => {
            "/// An event of the schema as QEMU sends it: one message on one line.
            #[allow(dead_code)]
            pub type EventMessage = envelope::EventMessage<Event>;

            /// A message from the server, with the events of the schema.
            #[allow(dead_code)]
            pub type Message = envelope::Message<Event>;"
        }
        false => "",
    };
    format!(
        "#[allow(unused_imports)]
        pub use envelope::{{{}}};
        {aliases}",
        names.join(", ")
    )
}

/// The name of the module in which a client crate has the envelope for code from this version series.
fn module() -> String {
    let series = [
        env!("CARGO_PKG_VERSION_MAJOR"),
        env!("CARGO_PKG_VERSION_MINOR"),
    ];
    format!("for_qapi_codegen_{}", series.join("_"))
}

/// Where the types are defined.
pub(super) fn envelope(file: &File) -> Envelope {
    if let Some(client) = &file.client {
        return Envelope::Imported(format!("{client}::{}", module()));
    }
    let has_commands = !file.commands.is_empty();
    let has_events = !file.events.is_empty();
    let extended = |part| extended(part, &file.unknown_extras);
    let parts = [
        (true, module!("keys")),
        (has_commands, module!("command")),
        (true, module!("response")),
        (true, module!("returns")),
        (has_events, extended(module!("timestamp"))),
        (has_events, extended(module!("event"))),
        (has_events, module!("greeting")),
        (has_events, module!("message")),
    ];
    let needed = parts.into_iter().filter(|(needed, _)| *needed);
    Envelope::Carried(needed.map(|(_, part)| part).collect())
}

/// The same text with the derives and attributes for all types, since events contain these.
fn extended(part: Support, extras: &Extras) -> Support {
    let lines = part
        .text
        .lines()
        .map(|line| match line.strip_prefix("#[derive(") {
            Some(derives) => with_extras(derives.trim_end_matches(")]"), extras),
            None => format!("{line}\n"),
        });
    Support {
        text: Cow::Owned(lines.collect()),
        ..part
    }
}
