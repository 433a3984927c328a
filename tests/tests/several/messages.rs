//! Lines for the program: each has the module with the types, a command or `event`, and a value.

use std::fmt::{Display, Write as _};

use qapi_parser::{Command, Event, Id, Kind, Schema};
use serde_json::json;

use crate::dice::Dice;
use crate::values::value;

/// The number of values of each type.
const VALUES: usize = 4;

#[derive(Default)]
pub(crate) struct Lines {
    pub(crate) text: String,
    pub(crate) count: usize,
}

impl Lines {
    /// Adds messages: return values by the names of their commands, and events by `event`.
    pub(crate) fn messages<'a>(
        &mut self,
        module: &str,
        messages: impl Iterator<Item = (&'a str, impl Display)>,
    ) {
        for (name, message) in messages {
            writeln!(self.text, "{module} {name}\t{message}").expect("a string");
            self.count += 1;
        }
    }

    /// Adds random return values of all commands of a schema, and random events.
    pub(crate) fn values(&mut self, module: &str, schema: &Schema, dice: &mut Dice) {
        for (_, definition) in schema.definitions() {
            let name = &definition.name;
            for _ in 0..VALUES {
                let mut random = |id: Option<Id>| id.and_then(|id| value(schema, id, dice));
                match &definition.kind {
                    Kind::Command(Command { returns, .. }) => {
                        let returned = random(*returns);
                        self.messages(module, returned.iter().map(|it| (name.as_str(), it)));
                    }
                    Kind::Event(Event { data, .. }) => {
                        let mut event =
                            json!({"event": name, "timestamp": {"seconds": 1, "microseconds": 2}});
                        // Events without data have no such member.
                        if let Some(data) = random(*data).filter(|data| *data != json!({})) {
                            event["data"] = data;
                        }
                        self.messages(module, [("event", event)].into_iter());
                    }
                    _ => {}
                }
            }
        }
    }
}

/// The commands that return something and need no argument.
pub(crate) fn questions(schema: &Schema) -> Vec<String> {
    let definitions = schema.definitions().map(|(_, it)| it);
    let questions = definitions.filter(|it| {
        let Kind::Command(command) = &it.kind else {
            return false;
        };
        let arguments = command.arguments.map_or(vec![], |id| schema.members(id));
        command.returns.is_some() && arguments.iter().all(|(_, it)| it.optional)
    });
    questions.map(|it| it.name.clone()).collect()
}

/// The names of all events.
pub(crate) fn events(schema: &Schema) -> impl Iterator<Item = String> {
    let definitions = schema.definitions().map(|(_, it)| it);
    let events = definitions.filter(|it| matches!(it.kind, Kind::Event(_)));
    events.map(|it| it.name.clone())
}
