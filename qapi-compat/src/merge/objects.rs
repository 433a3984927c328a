//! The members and branches of several objects.

use foldhash::{HashMap, HashMapExt as _, HashSet, HashSetExt as _};
use qapi_parser::{Builtin, Id, Kind, Member, Spanned};

use crate::merge::availability::Set;
use crate::merge::fields::{Field, Fields};
use crate::merge::input::Input;
use crate::merge::parts::either;
use crate::merge::types::Types;

/// An object.
pub(super) struct Object {
    pub(super) fields: Vec<Field>,
    /// For a union.
    pub(super) union: Option<Union>,
}

/// The part of a union that depends on its discriminator.
pub(super) struct Union {
    pub(super) discriminator: Spanned<String>,
    /// The types of the discriminator.
    pub(super) tags: Types,
    pub(super) branches: Vec<Branch>,
}

/// A branch.
pub(super) struct Branch {
    /// Its name and condition; the type is the first of `types`.
    pub(super) branch: qapi_parser::Branch,
    pub(super) types: Types,
    /// The members that the union has instead.
    pub(super) without: Vec<String>,
    pub(super) present: Set,
}

/// The object that holds the values of all `types`, except the members that `without` names.
///
/// It is a union if each of them has branches that the same discriminator selects, or at least the discriminator. Otherwise
/// it is a struct with the members of all branches.
pub(super) fn merge_objects(input: &Input<'_>, types: &Types, without: &[String]) -> Object {
    let mut fields = Fields::new(input, without);
    for &id in types.iter() {
        fields.add_base(id);
    }
    let discriminator = discriminator(input, types, without);
    let branches = types.iter().flat_map(|id| input.branches_of(*id));
    match &discriminator {
        None => {
            fields.add_branches(branches.collect(), |_| true);
        }
        // What one schema has in a branch and another one in the base is in the base.
        Some(_) => {
            let base = fields.names();
            fields.add_branches(branches.collect(), |name| base.contains(name));
        }
    }
    let fields = fields.finish(types);
    let union = discriminator.map(|discriminator| {
        let mut without = without.to_vec();
        let moved = fields.iter().filter(|it| it.is_from_branch);
        without.extend(moved.map(|it| it.member.name.value.clone()));
        without.sort_unstable();
        without.dedup();
        merge_branches(input, types, discriminator, &without)
    });
    Object { fields, union }
}

/// Whether the object that holds the values of all `types` is a struct although some of them are unions.
pub(super) fn loses_branches(input: &Input<'_>, types: &Types) -> bool {
    types.iter().any(|id| input.union(*id).is_some()) && discriminator(input, types, &[]).is_none()
}

/// The discriminator that all objects have.
fn discriminator(input: &Input<'_>, types: &Types, without: &[String]) -> Option<Spanned<String>> {
    let mut unions = types.iter().filter_map(|id| input.union(*id));
    let discriminator = &unions.next()?.discriminator;
    let name = &discriminator.value;
    let is_tag = |member: &Member| {
        let is_string = match input.kind(member.ty) {
            Kind::Builtin(it) => *it == Builtin::Str,
            it => matches!(it, Kind::Enum(_)),
        };
        member.name.value == *name && !member.optional && is_string
    };
    let is_same = unions.all(|it| it.discriminator.value == *name)
        && !without.contains(name)
        && types.iter().all(|id| {
            input.union(*id).is_some() || input.members(*id).iter().any(|(_, it)| is_tag(it))
        });
    is_same.then(|| discriminator.clone())
}

fn merge_branches(
    input: &Input<'_>,
    types: &Types,
    discriminator: Spanned<String>,
    without: &[String],
) -> Union {
    let mut tags: Vec<Id> = Vec::new();
    let mut branches: Vec<Branch> = Vec::new();
    let mut by_name: HashMap<&str, usize> = HashMap::new();
    for &id in types.iter() {
        let Some(union) = input.union(id) else {
            continue;
        };
        tags.push(union.tag);
        let present = Set::of(input.schema(id));
        for branch in &union.branches {
            let name = branch.name.value.as_str();
            if let Some(&index) = by_name.get(name) {
                let known = &mut branches[index];
                known.types.add(branch.ty);
                known.present = known.present.with(present);
                let condition = &mut known.branch.condition;
                *condition = either(condition.as_ref(), branch.condition.as_ref());
                continue;
            }
            by_name.insert(name, branches.len());
            branches.push(Branch {
                branch: branch.clone(),
                types: Types::from_iter([branch.ty]),
                without: Vec::new(),
                present,
            });
        }
    }
    // The branches of a struct with the discriminator have no members.
    let structs = types.iter().filter(|id| input.union(**id).is_none());
    let empty = structs.filter_map(|id| input.empty(input.schema(*id)));
    let empty: Types = empty.collect();
    for branch in &mut branches {
        branch.types.extend(&empty);
        let names = names_in(input, &branch.types);
        let moved = without.iter().filter(|it| names.contains(it.as_str()));
        branch.without = moved.cloned().collect();
    }
    Union {
        discriminator,
        tags: tags.into_iter().collect(),
        branches,
    }
}

/// The names of the members of objects and of their branches.
fn names_in<'i>(input: &'i Input<'_>, types: &Types) -> HashSet<&'i str> {
    let mut names = HashSet::new();
    let mut seen = HashSet::new();
    let mut open = types.to_vec();
    while let Some(id) = open.pop() {
        if seen.insert(id) {
            let members = input.members(id).into_iter();
            names.extend(members.map(|(_, it)| it.name.value.as_str()));
            open.extend(input.branches_of(id));
        }
    }
    names
}
