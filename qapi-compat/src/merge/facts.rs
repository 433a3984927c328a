//! The availability of the parts of a merged type.

use qapi_parser::Id;

use crate::merge::availability::{Facts, Part, Set};
use crate::merge::contents::Contents;
use crate::merge::graph::Node;
use crate::merge::input::Input;

/// The availability of a merged type.
pub(super) fn facts(input: &Input<'_>, node: &Node) -> Facts {
    let is_defined = |id: &Id| input.get(*id).span.is_some();
    let defined: Vec<Id> = node.types.iter().copied().filter(is_defined).collect();
    let mut facts = Facts {
        present: input.schemas(&node.types),
        defined: input.schemas(&defined),
        ..Facts::default()
    };
    let part = |present: Set, required: Set| Part { present, required };
    let none = Set::default();
    match &node.contents {
        Contents::Enum(values) => {
            let parts = values.iter();
            let parts = parts.map(|it| (it.value.name.value.clone(), part(it.present, none)));
            facts.parts.extend(parts);
        }
        Contents::Alternate(list) => {
            let parts = list.iter();
            let parts = parts.map(|it| (it.alternative.name.value.clone(), part(it.present, none)));
            facts.parts.extend(parts);
        }
        Contents::Object(it) => {
            let parts = it.fields.iter();
            let parts =
                parts.map(|it| (it.member.name.value.clone(), part(it.present, it.required)));
            facts.parts.extend(parts);
            let branches = it.union.iter().flat_map(|it| &it.branches);
            let branches = branches.map(|it| (it.branch.name.value.clone(), it.present));
            facts.branches.extend(branches);
        }
    }
    facts
}
