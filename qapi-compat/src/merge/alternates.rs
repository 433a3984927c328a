//! The alternatives of several alternates.

use qapi_parser::{Branch, Id};

use crate::merge::availability::Set;
use crate::merge::input::Input;
use crate::merge::join::alternatives;
use crate::merge::parts::{either, unique};
use crate::merge::types::Types;
use crate::shape::Json;

/// An alternative.
pub(super) struct Alternative {
    /// Its name and condition; the type is the first of `types`.
    pub(super) alternative: Branch,
    /// The name in the first alternate that has it.
    pub(super) name: String,
    /// The first alternate that has it.
    pub(super) owner: Id,
    pub(super) types: Types,
    pub(super) present: Set,
    json: Option<Json>,
}

/// The alternatives of the alternates among `types`, each with those of the other types that it holds.
pub(super) fn merge_alternates(input: &Input<'_>, types: &Types) -> Vec<Alternative> {
    let mut merged: Vec<Alternative> = Vec::new();
    for &owner in types.iter() {
        let present = Set::of(input.schema(owner));
        for it in alternatives(input, owner) {
            let json = input.json(it.ty);
            if let Some(index) = position(&merged, json) {
                let known = &mut merged[index];
                known.types.add(it.ty);
                known.present = known.present.with(present);
                let condition = &mut known.alternative.condition;
                *condition = either(condition.as_ref(), it.condition.as_ref());
                continue;
            }
            let is_taken = |name: &str| merged.iter().any(|it| it.alternative.name.value == name);
            let name = unique(&it.name, is_taken);
            merged.push(Alternative {
                alternative: Branch { name, ..it.clone() },
                name: it.name.value.clone(),
                owner,
                types: Types::from_iter([it.ty]),
                present,
                json,
            });
        }
    }
    for &id in types.iter() {
        if alternatives(input, id).is_empty()
            && let Some(index) = position(&merged, input.json(id))
        {
            let known = &mut merged[index];
            known.types.add(id);
            known.present = known.present.with(Set::of(input.schema(id)));
            known.alternative.condition = None;
        }
    }
    merged
}

/// The alternative that takes a JSON type. Where there is no other one, an integer is a number.
fn position(merged: &[Alternative], json: Option<Json>) -> Option<usize> {
    let exact = |json| merged.iter().position(|it| it.json == Some(json));
    exact(json?).or_else(|| match json? {
        Json::Integer => exact(Json::Number),
        Json::Number => exact(Json::Integer),
        _ => None,
    })
}
