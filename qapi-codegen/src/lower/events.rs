//! Events.

use qapi_parser::Kind;

use super::context::{Lowering, is_event};
use super::objects::Role;
use super::options::Options;
use crate::model::{Event, Extras, Field, Struct, Traits, Type};
use crate::names::{self, Ident};

impl Lowering<'_> {
    pub(super) fn events(&mut self) -> Vec<Event> {
        let mut events = Vec::new();
        for (_, definition, ident) in self.named(is_event) {
            let Kind::Event(event) = &definition.kind else {
                continue;
            };
            let role = Role {
                module: Some("events"),
                has_rest: false,
            };
            events.push(Event {
                variant: names::variant_of(&ident),
                data: self.data(ident, event.data, definition, role),
                has_data: event.data.is_some(),
            });
        }
        events
    }
}

/// When an event was sent, which no schema declares (docs/qapi.md section 8).
pub(super) fn timestamp(options: &Options) -> Struct {
    let field = |name: &str, doc: &str| Field {
        ident: Ident::fixed(name),
        wire: name.to_owned(),
        docs: vec![doc.to_owned()],
        ty: Type::Primitive("i64"),
        optional: false,
        in_new: true,
        deprecated: false,
    };
    let small = ["Copy", "PartialOrd", "Ord"].map(str::to_owned).to_vec();
    Struct {
        ident: Ident::fixed("Timestamp"),
        name: "timestamp".to_owned(),
        docs: vec!["When an event was sent, by the host's clock.".to_owned()],
        deprecated: false,
        extras: Extras {
            derives: [small, options.extras.derives.clone()].concat(),
            attributes: options.extras.attributes.clone(),
        },
        traits: Traits {
            eq: true,
            default: false,
        },
        fields: vec![
            field(
                "seconds",
                "Seconds since 1970-01-01 00:00:00 UTC; -1 when the host has no clock.",
            ),
            field(
                "microseconds",
                "Microseconds within the second; -1 when the host has no clock.",
            ),
        ],
        branches: None,
        rest: None,
        is_transparent: false,
        has_setters: false,
    }
}
