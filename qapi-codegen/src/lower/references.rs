//! References to other definitions.

use qapi_parser::{Id, Kind};

/// The definitions that a definition refers to: types of elements, members, branches and alternatives, the base, and
/// arguments, data and return types.
pub(super) fn references(kind: &Kind) -> Vec<Id> {
    match kind {
        Kind::Array(element) => vec![*element],
        Kind::Object(it) => {
            let members = it.members.iter().map(|member| member.ty);
            let branches = it.branches.iter().flat_map(|union| &union.branches);
            let branches = branches.map(|branch| branch.ty);
            it.base.into_iter().chain(members).chain(branches).collect()
        }
        Kind::Alternate(it) => it.alternatives.iter().map(|branch| branch.ty).collect(),
        Kind::Command(it) => it.arguments.into_iter().chain(it.returns).collect(),
        Kind::Event(it) => it.data.into_iter().collect(),
        Kind::Builtin(_) | Kind::Enum(_) | Kind::Extern => Vec::new(),
    }
}
