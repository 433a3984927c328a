//! The parts of the runtime that a file needs.

use super::has_unions;
use crate::model::{File, Item};

/// A module of the runtime.
pub(crate) struct Support {
    pub(crate) name: &'static str,
    pub(crate) text: &'static str,
}

const OBJECTS: Support = Support {
    name: "objects",
    text: include_str!("../support/objects.rs"),
};
const UNIONS: Support = Support {
    name: "unions",
    text: include_str!("../support/unions.rs"),
};
const FLAT: Support = Support {
    name: "flat",
    text: include_str!("../support/flat.rs"),
};
const KEPT: Support = Support {
    name: "kept",
    text: include_str!("../support/kept.rs"),
};
const ENUMS: Support = Support {
    name: "enums",
    text: include_str!("../support/enums.rs"),
};
const ALTERNATES: Support = Support {
    name: "alternates",
    text: include_str!("../support/alternates.rs"),
};
const EVENTS: Support = Support {
    name: "events",
    text: include_str!("../support/events.rs"),
};
const RESPONSES: Support = Support {
    name: "responses",
    text: include_str!("../support/responses.rs"),
};

pub(super) fn parts(file: &File) -> Vec<Support> {
    let has = |is: fn(&Item) -> bool| file.types.iter().any(is);
    let has_enums = has(|item| matches!(item, Item::Enum(_)));
    let has_alternates = has(|item| matches!(item, Item::Alternate(_)));
    let has_objects = has(|item| matches!(item, Item::Struct(_) | Item::Alternate(_)));
    let (has_commands, has_events) = (!file.commands.is_empty(), !file.events.is_empty());
    let parts = [
        (has_objects || has_commands || has_events, OBJECTS),
        (has_unions(file), UNIONS),
        (has_unions(file), KEPT),
        (has_unions(file), FLAT),
        (has_enums, ENUMS),
        (has_alternates, ALTERNATES),
        (has_events, EVENTS),
        (has_commands, RESPONSES),
    ];
    let needed = parts.into_iter().filter(|(needed, _)| *needed);
    needed.map(|(_, part)| part).collect()
}
