//! What an enum, an object or an alternate contains that holds the values of several.

use foldhash::{HashMap, HashMapExt as _};
use qapi_parser::{EnumValue, Id, Kind};

use crate::merge::alternates::{Alternative, merge_alternates};
use crate::merge::availability::Set;
use crate::merge::input::Input;
use crate::merge::objects::{Object, merge_objects};
use crate::merge::parts::{add_features, either};
use crate::merge::types::Types;

pub(super) enum Contents {
    Enum(Vec<Value>),
    Object(Object),
    Alternate(Vec<Alternative>),
}

/// A value of enums.
pub(super) struct Value {
    pub(super) value: EnumValue,
    /// The first enum that has it.
    pub(super) owner: Id,
    /// The enums that have it with features.
    pub(super) featured_by: Vec<Id>,
    pub(super) present: Set,
}

impl Contents {
    /// The contents of `types`, without the members that `without` names.
    pub(super) fn new(input: &Input<'_>, types: &Types, without: &[String]) -> Self {
        let is = |is: fn(&Kind) -> bool| types.iter().any(|id| is(input.kind(*id)));
        if is(|it| matches!(it, Kind::Alternate(_))) {
            return Self::Alternate(merge_alternates(input, types));
        }
        match is(|it| matches!(it, Kind::Enum(_))) {
            true => Self::Enum(merge_enums(input, types)),
            false => Self::Object(merge_objects(input, types, without)),
        }
    }
}

fn merge_enums(input: &Input<'_>, types: &Types) -> Vec<Value> {
    let mut values: Vec<Value> = Vec::new();
    let mut by_name: HashMap<&str, usize> = HashMap::new();
    for &owner in types.iter() {
        let Kind::Enum(it) = input.kind(owner) else {
            continue;
        };
        let present = Set::of(input.schema(owner));
        for value in &it.values {
            let name = value.name.value.as_str();
            let has_features = !value.features.is_empty();
            if let Some(&index) = by_name.get(name) {
                let known = &mut values[index];
                known.present = known.present.with(present);
                let condition = &mut known.value.condition;
                *condition = either(condition.as_ref(), value.condition.as_ref());
                add_features(&mut known.value.features, &value.features);
                known.featured_by.extend(has_features.then_some(owner));
                continue;
            }
            by_name.insert(name, values.len());
            values.push(Value {
                value: value.clone(),
                owner,
                featured_by: has_features.then_some(owner).into_iter().collect(),
                present,
            });
        }
    }
    values
}

impl Contents {
    /// The types of each part, with the members that they are without.
    pub(super) fn parts(&self) -> Vec<(&Types, &[String])> {
        match self {
            Self::Enum(_) => Vec::new(),
            Self::Object(it) => {
                let fields = it.fields.iter().map(|it| (&it.types, &[][..]));
                let union = it.union.iter();
                let branches = union.clone().flat_map(|it| &it.branches);
                let branches = branches.map(|it| (&it.types, &it.without[..]));
                let tags = union.map(|it| (&it.tags, &[][..]));
                fields.chain(branches).chain(tags).collect()
            }
            Self::Alternate(it) => it.iter().map(|it| (&it.types, &[][..])).collect(),
        }
    }

    /// Whether it is an object with a single member, which is required.
    pub(super) fn is_wrapper(&self) -> bool {
        match self {
            Self::Object(it) if it.union.is_none() => {
                matches!(&it.fields[..], [field] if !field.member.optional)
            }
            _ => false,
        }
    }

    /// The names of members.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        let fields = match self {
            Self::Object(it) => &it.fields[..],
            _ => &[],
        };
        fields.iter().map(|it| it.member.name.value.as_str())
    }

    /// The names of values and members with features, each with the types that describe these.
    pub(super) fn featured(&self) -> Vec<(&str, &[Id])> {
        let all: Vec<(&str, &[Id])> = match self {
            Self::Enum(it) => {
                let values = it.iter();
                let values = values.map(|it| (it.value.name.value.as_str(), &it.featured_by[..]));
                values.collect()
            }
            Self::Object(it) => {
                let fields = it.fields.iter();
                let fields = fields.map(|it| (it.member.name.value.as_str(), &it.featured_by[..]));
                fields.collect()
            }
            Self::Alternate(_) => Vec::new(),
        };
        let featured = all.into_iter().filter(|(_, by)| !by.is_empty());
        featured.collect()
    }

    /// The names of values, members and alternatives, each with the type that describes it.
    pub(super) fn documented(&self) -> Vec<(Id, &str)> {
        match self {
            Self::Enum(it) => {
                let values = it.iter();
                let values = values.map(|it| (it.owner, it.value.name.value.as_str()));
                values.collect()
            }
            Self::Object(it) => {
                let fields = it.fields.iter();
                let fields = fields.map(|it| (it.owner, it.member.name.value.as_str()));
                fields.collect()
            }
            Self::Alternate(it) => it.iter().map(|it| (it.owner, it.name.as_str())).collect(),
        }
    }
}
