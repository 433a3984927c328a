//! Events.

use qapi_parser::Kind;

use super::context::{Lowering, is_event};
use super::objects::Role;
use crate::model::Event;
use crate::names;

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
