//! Derives and other attributes of items.
//!
//! Every type derives `Clone` and `Debug`, and structs without required members `Default`. Enums of values implement
//! `PartialEq`, `Eq` and `Hash` by their strings. Callers can request more. For the derives of the standard library, the
//! generator knows which types can have them. A derive that is requested for all types is omitted where it is impossible; one that is
//! requested for a single type causes an error there.

mod obstacles;
mod standard;

use std::collections::HashMap;

use qapi_parser::{Definition, Id, Kind, Schema};

use super::boxing::Boxing;
use super::conditions::Conditions;
use super::options::Options;
use crate::error::{Argument, OptionError};
use crate::model::Extras;
use obstacles::{Obstacles, Types};
use standard::{DERIVES, Derive};

/// The derives that types can have.
pub(super) struct Derives<'a> {
    options: &'a Options,
    /// For each requested derive, the types that cannot have it.
    obstacles: HashMap<Derive, Obstacles>,
}

impl<'a> Derives<'a> {
    pub(super) fn new(
        schema: &Schema,
        options: &'a Options,
        conditions: &Conditions<'_>,
        boxing: &Boxing,
    ) -> Self {
        let types = Types {
            schema,
            options,
            conditions,
            boxing,
        };
        let asked = DERIVES.iter().filter(|derive| {
            let extras = options.extras_for.values().chain([&options.extras]);
            let mut texts = extras.flat_map(|extras| &extras.derives);
            texts.any(|text| Derive::asks(text, **derive))
        });
        let obstacles = asked.map(|&derive| (derive, Obstacles::new(derive, &types)));
        Self {
            options,
            obstacles: obstacles.collect(),
        }
    }

    /// The attributes for the definition `id`. `made_from_nothing` if `new` takes no arguments.
    pub(super) fn extras(
        &self,
        id: Id,
        definition: &Definition,
        made_from_nothing: bool,
    ) -> Extras {
        let always = |derive: Derive| match derive {
            Derive::Clone | Derive::Debug => true,
            Derive::Default => made_from_nothing,
            _ => false,
        };
        // By their strings; a derived order would not agree with that.
        let is_implemented = |derive: Derive| {
            use Derive::{Eq, Hash, Ord, PartialEq, PartialOrd};
            matches!(definition.kind, Kind::Enum(_))
                && matches!(derive, PartialEq | Eq | Hash | PartialOrd | Ord)
        };
        let texts: Vec<&str> = self.options.derives(&definition.name).collect();
        Extras {
            derives: list(&texts, always, |derive| {
                derive != Derive::Default
                    && !is_implemented(derive)
                    && !self.obstacles[&derive].has(id)
            }),
            attributes: self.options.attributes(&definition.name),
        }
    }

    /// Whether an enum of values was asked to have an order.
    pub(super) fn is_ordered(&self, definition: &Definition) -> bool {
        self.options.asks(definition, Derive::PartialOrd)
    }

    /// The attributes for the enum of these events.
    pub(super) fn event_extras(&self, events: &[Id]) -> Extras {
        let always = |derive| matches!(derive, Derive::Clone | Derive::Debug);
        self.extras_of_ours(always, |derive| match derive {
            // An unknown event contains JSON.
            Derive::Copy | Derive::PartialOrd | Derive::Ord | Derive::Default => false,
            _ => !events.iter().any(|id| self.obstacles[&derive].has(*id)),
        })
    }

    /// The attributes for unknown values, which consist of a name and JSON.
    pub(super) fn unknown_extras(&self) -> Extras {
        let is_of_json = |derive| {
            !matches!(
                derive,
                Derive::Copy | Derive::PartialOrd | Derive::Ord | Derive::Default
            )
        };
        self.extras_of_ours(is_of_json, |_| false)
    }

    fn extras_of_ours(
        &self,
        always: impl Fn(Derive) -> bool,
        can: impl Fn(Derive) -> bool,
    ) -> Extras {
        let derives = &self.options.extras.derives;
        let texts: Vec<&str> = derives.iter().map(String::as_str).collect();
        Extras {
            derives: list(&texts, always, can),
            attributes: self.options.extras.attributes.clone(),
        }
    }

    /// Errors about derives that were requested for the definition `id` alone, which is called `name` and has
    /// `derived` these.
    pub(super) fn errors(&self, id: Id, name: &String, derived: &[String]) -> Vec<OptionError> {
        let extras = self.options.extras_for.get(name);
        let texts = extras.into_iter().flat_map(|extras| &extras.derives);
        let errors = texts.filter_map(|text| {
            let derive = Derive::named(text)?;
            if derived.iter().any(|it| Derive::named(it) == Some(derive)) {
                return None;
            }
            let reason = match derive {
                Derive::Default => "it has no default value".to_owned(),
                _ => self.obstacles[&derive].reason(id)?,
            };
            let call = OptionError::new("derive_for", [name, text].map(Argument::from));
            Some(call.message(format!("'{name}' cannot derive {derive}: {reason}")))
        });
        errors.collect()
    }
}

impl Options {
    /// Whether a derive is requested for a definition, by itself or by another derive.
    fn asks(&self, definition: &Definition, derive: Derive) -> bool {
        let mut texts = self.derives(&definition.name);
        texts.any(|text| Derive::asks(text, derive))
    }
}

/// The derives that a type has `always`, and those requested in `texts` that it `can` have.
fn list(
    texts: &[&str],
    always: impl Fn(Derive) -> bool,
    can: impl Fn(Derive) -> bool,
) -> Vec<String> {
    let mut list = Vec::new();
    for derive in DERIVES {
        let is_asked = texts.iter().any(|text| Derive::asks(text, derive));
        if always(derive) {
            list.push(derive.to_string());
        } else if is_asked && can(derive) {
            let spelt = texts
                .iter()
                .find(|text| Derive::named(text) == Some(derive));
            list.push(spelt.map_or_else(|| derive.to_string(), |text| (*text).to_owned()));
        }
    }
    for text in texts {
        if Derive::named(text).is_none() && !list.iter().any(|other| other == text) {
            list.push((*text).to_owned());
        }
    }
    list
}
