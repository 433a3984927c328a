//! Where the merge starts: commands, events and named types.

use foldhash::{HashMap, HashMapExt as _};
use qapi_parser::{Id, Kind};

use crate::merge::input::Input;
use crate::merge::types::Types;

/// A command or an event of several schemas.
pub(super) struct Root {
    /// Its definitions, in the order of the schemas.
    pub(super) ids: Vec<Id>,
    /// The arguments or the data.
    pub(super) arguments: Option<Types>,
    pub(super) returns: Option<Types>,
}

/// The wanted commands and events.
pub(super) fn roots(input: &Input<'_>) -> Vec<Root> {
    let mut groups: Vec<Vec<Id>> = Vec::new();
    let mut by_name: HashMap<&str, usize> = HashMap::new();
    for id in input.ids() {
        let it = input.get(id);
        if matches!(it.kind, Kind::Command(_) | Kind::Event(_)) && is_wanted(input, &it.name) {
            let index = *by_name.entry(it.name.as_str()).or_insert(groups.len());
            match groups.get_mut(index) {
                Some(group) => group.push(id),
                None => groups.push(vec![id]),
            }
        }
    }
    let roots = groups.into_iter().map(|ids| {
        let data: Vec<_> = ids.iter().map(|id| data(input, *id)).collect();
        Root {
            arguments: at_place(input, data.iter().map(|it| (it.0, it.1))),
            returns: at_place(input, data.iter().map(|it| (it.0, it.2))),
            ids,
        }
    });
    roots.collect()
}

/// The schema of a command or an event, its arguments and its return type.
fn data(input: &Input<'_>, id: Id) -> (usize, Option<Id>, Option<Id>) {
    let (arguments, returns) = match input.kind(id) {
        Kind::Command(it) => (it.arguments, it.returns),
        Kind::Event(it) => (it.data, None),
        _ => (None, None),
    };
    (input.schema(id), arguments, returns)
}

/// The types at the same place in the schemas. An absent type is an object without members.
fn at_place(
    input: &Input<'_>,
    types: impl Iterator<Item = (usize, Option<Id>)> + Clone,
) -> Option<Types> {
    types.clone().find_map(|(_, id)| id)?;
    let types = types.filter_map(|(schema, id)| id.or(input.empty(schema)));
    Some(types.collect())
}

/// The wanted types with names.
pub(super) fn named(input: &Input<'_>) -> Vec<Id> {
    let named = input.ids().filter(|&id| {
        let it = input.get(id);
        let is_type = matches!(
            it.kind,
            Kind::Enum(_) | Kind::Object(_) | Kind::Alternate(_)
        );
        is_type && !it.is_implicit && !input.is_extern(id) && is_wanted(input, &it.name)
    });
    named.collect()
}

fn is_wanted(input: &Input<'_>, name: &str) -> bool {
    input.options.only.is_none_or(|only| only.contains(name))
}
