//! Enums.

use qapi_parser::{Definition, Enum, EnumValue};

use super::context::Lowering;
use super::docs::Docs;
use super::scope;
use crate::model;
use crate::names::{Ident, Style};

impl Lowering<'_> {
    pub(super) fn enumeration(
        &mut self,
        ident: Ident,
        definition: &Definition,
        it: &Enum,
    ) -> model::Enum {
        let values = self.values(it);
        let names = values
            .iter()
            .map(|(value, ident)| (value.name.value.as_str(), ident));
        let docs = Docs::new(self, definition, names, None);
        let values = values.iter().map(|(value, ident)| {
            let name = &value.name.value;
            let of_value = docs.of_part(definition, definition, name);
            model::Value {
                ident: ident.clone(),
                wire: name.clone(),
                docs: docs.member(
                    &of_value,
                    name,
                    value.condition.as_ref(),
                    &value.features,
                    self.only_in(&definition.name, Some(name)),
                ),
                deprecated: self.deprecation(&value.features, &of_value),
            }
        });
        model::Enum {
            values: values.collect(),
            docs: docs.item(),
            name: definition.name.clone(),
            extras: self.extras(definition, false),
            is_ordered: self.derives.is_ordered(definition),
            ident,
        }
    }

    /// The values that exist, with their names as variants of the enum and of unions with this discriminator.
    pub(super) fn values<'e>(&mut self, it: &'e Enum) -> Vec<(&'e EnumValue, Ident)> {
        let exists = |value: &&EnumValue| self.conditions.allows(value.condition.as_ref());
        let values: Vec<&EnumValue> = it.values.iter().filter(exists).collect();
        let names = values
            .iter()
            .map(|value| (value.name.value.as_str(), Some(value.name.span)));
        let names: Vec<_> = names.collect();
        let idents = scope::assign(&names, Style::Variant, &mut self.faults);
        values.into_iter().zip(idents).collect()
    }
}
