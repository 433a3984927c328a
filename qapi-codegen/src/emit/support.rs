//! The parts of the runtime that a file needs.

use std::borrow::Cow;

use super::code::Support;
use crate::model::{File, Item};

/// A module of the runtime, by its name.
macro_rules! module {
    ($name:literal) => {
        Support {
            name: $name,
            text: Cow::Borrowed(include_str!(concat!("../support/", $name, ".rs"))),
        }
    };
}

pub(super) fn parts(file: &File) -> Vec<Support> {
    let has = |is: fn(&Item) -> bool| file.types.iter().any(is);
    let has_enums = file.has_enums();
    let has_alternates = has(|item| matches!(item, Item::Alternate(_)));
    let has_structs = has(|item| matches!(item, Item::Struct(_)));
    let (has_commands, has_events) = (!file.commands.is_empty(), !file.events.is_empty());
    let has_objects = has_structs || has_alternates || has_commands || has_events;
    let has_unions = file.has_unions();
    let parts = [
        (has_objects, module!("objects")),
        (has_objects, module!("members")),
        (has_objects, module!("keys")),
        (has_objects, module!("lists")),
        (has_objects, module!("numbers")),
        (has_objects, module!("errors")),
        (has_unions, module!("unions")),
        (has_unions, module!("kept")),
        (has_unions, module!("flat")),
        (has_enums, module!("enums")),
        (has_alternates, module!("alternates")),
        (has_events, module!("events")),
    ];
    let needed = parts.into_iter().filter(|(needed, _)| *needed);
    needed.map(|(_, part)| part).collect()
}
