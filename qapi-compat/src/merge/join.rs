//! The type that holds the values of several types.

use qapi_parser::{Branch, Id, Kind};

use crate::merge::input::Input;
use crate::merge::numbers;
use crate::merge::types::Types;
use crate::shape::Json;

/// What types at the same place become.
pub(super) enum Joined {
    /// A built-in type, or one that the caller provides.
    Fixed(Id),
    /// A list of what these become.
    List(Types),
    /// An enum, an object or an alternate with the contents of these.
    Contents(Types),
    /// No type holds the values of these two.
    Conflict(Id, Id),
}

/// The type that holds the values of all `types`. It only depends on the set, so the order of schemas does not decide whether
/// there is one.
pub(super) fn join(input: &Input<'_>, types: &Types) -> Joined {
    if let Some(id) = types.iter().find(|id| input.is_extern(**id)) {
        return Joined::Fixed(input.externs(*id).first().copied().unwrap_or(*id));
    }
    if let Some(id) = types.iter().find(|id| input.is_any(**id)) {
        return Joined::Fixed(input.the_builtin(*id));
    }
    let (alternates, others): (Vec<Id>, Vec<Id>) = types
        .iter()
        .partition(|id| matches!(input.kind(**id), Kind::Alternate(_)));
    if let Some(alternate) = alternates.first() {
        let missing = others
            .iter()
            .find(|id| alternative_for(input, &alternates, **id).is_none());
        return match missing {
            Some(id) => Joined::Conflict(*alternate, *id),
            None => Joined::Contents(types.clone()),
        };
    }
    let Some(&first) = types.first() else {
        return Joined::Contents(Types::default());
    };
    let kind = class(input, first);
    if let Some(other) = types.iter().find(|id| class(input, **id) != kind) {
        return Joined::Conflict(first, *other);
    }
    match kind {
        Some(Json::Number) => Joined::Fixed(numbers::join(input, types)),
        Some(Json::List) => {
            Joined::List(types.iter().filter_map(|id| element(input, *id)).collect())
        }
        // An enum keeps unknown strings, so the first schema decides.
        Some(Json::String) if !matches!(input.kind(first), Kind::Builtin(_)) => {
            let enums = types.iter().copied();
            Joined::Contents(
                enums
                    .filter(|id| matches!(input.kind(*id), Kind::Enum(_)))
                    .collect(),
            )
        }
        Some(Json::Object) => match types.iter().all(|id| input.get(*id).span.is_none()) {
            true => Joined::Fixed(input.the_builtin(first)),
            false => Joined::Contents(types.clone()),
        },
        _ => Joined::Fixed(input.the_builtin(first)),
    }
}

/// The JSON type of a type's values. Integers are numbers.
fn class(input: &Input<'_>, id: Id) -> Option<Json> {
    match input.json(id) {
        Some(Json::Integer) => Some(Json::Number),
        json => json,
    }
}

pub(super) fn element(input: &Input<'_>, id: Id) -> Option<Id> {
    match input.kind(id) {
        Kind::Array(element) => Some(*element),
        _ => None,
    }
}

pub(super) fn alternatives<'i>(input: &'i Input<'_>, id: Id) -> &'i [Branch] {
    match input.kind(id) {
        Kind::Alternate(it) => &it.alternatives,
        _ => &[],
    }
}

/// The type of an alternative that takes the values of a type.
fn alternative_for(input: &Input<'_>, alternates: &[Id], id: Id) -> Option<Id> {
    let wanted = class(input, id)?;
    let mut all = alternates.iter().flat_map(|it| alternatives(input, *it));
    let found = all.find(|it| class(input, it.ty) == Some(wanted));
    found.map(|it| it.ty)
}
