//! Parts of definitions that several schemas have.

use qapi_parser::{Condition, Feature, Spanned};

/// A name that differs from those of `others`.
pub(super) fn unique(name: &Spanned<String>, others: impl Fn(&str) -> bool) -> Spanned<String> {
    let mut name = name.clone();
    while others(&name.value) {
        name.value += "-value";
    }
    name
}

/// The condition under which one of two things exists.
pub(super) fn either(one: Option<&Condition>, other: Option<&Condition>) -> Option<Condition> {
    let (one, other) = (one?, other?);
    let mut parts = match one {
        Condition::Any(parts) => parts.clone(),
        one => vec![one.clone()],
    };
    if one != other && !parts.contains(other) {
        parts.push(other.clone());
    }
    match parts.len() {
        1 => Some(one.clone()),
        _ => Some(Condition::Any(parts)),
    }
}

/// Adds the features that something else has.
pub(super) fn add_features(features: &mut Vec<Feature>, others: &[Feature]) {
    for feature in others {
        if !features
            .iter()
            .any(|it| it.name.value == feature.name.value)
        {
            features.push(feature.clone());
        }
    }
}
