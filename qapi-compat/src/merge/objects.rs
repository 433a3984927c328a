//! The members and branches of several objects.

use foldhash::{HashMap, HashMapExt as _, HashSet, HashSetExt as _};
use qapi_parser::{Branches, Builtin, Condition, Id, Kind, Member, Spanned};

use crate::merge::availability::Set;
use crate::merge::input::Input;
use crate::merge::parts::{add_features, either};
use crate::merge::types::Types;

/// An object.
pub(super) struct Object {
    pub(super) fields: Vec<Field>,
    /// For a union.
    pub(super) union: Option<Union>,
}

/// A member.
pub(super) struct Field {
    /// Its name, condition and features; the type is the first of `types`.
    pub(super) member: Member,
    /// The first object that declares it.
    pub(super) owner: Id,
    pub(super) types: Types,
    /// Whether it is a member of a branch in any schema.
    pub(super) is_from_branch: bool,
    pub(super) present: Set,
    /// The schemas that require it.
    pub(super) required: Set,
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
    let branches = types.iter().flat_map(|id| branches_of(input, *id));
    match &discriminator {
        None => {
            fields.add_branches(branches.collect(), |_| true);
        }
        // What one schema has in a branch and another one in the base is in the base.
        Some(_) => {
            let base: HashSet<String> = fields.by_name.keys().map(|it| (*it).to_owned()).collect();
            fields.add_branches(branches.collect(), |name| base.contains(name));
        }
    }
    let moved: Vec<String> = fields
        .list
        .iter()
        .filter(|it| it.field.is_from_branch)
        .map(|it| it.field.member.name.value.clone())
        .collect();
    let union = discriminator.map(|discriminator| {
        let mut without = without.to_vec();
        without.extend(moved);
        without.sort_unstable();
        without.dedup();
        merge_branches(input, types, discriminator, &without)
    });
    Object {
        fields: fields.finish(types),
        union,
    }
}

/// Whether the object that holds the values of all `types` is a struct although some of them are unions.
pub(super) fn loses_branches(input: &Input<'_>, types: &Types) -> bool {
    types.iter().any(|id| union(input, *id).is_some()) && discriminator(input, types, &[]).is_none()
}

fn union<'i>(input: &'i Input<'_>, id: Id) -> Option<&'i Branches> {
    input.object(id)?.branches.as_ref()
}

fn branches_of(input: &Input<'_>, id: Id) -> Vec<Id> {
    let branches = union(input, id).into_iter().flat_map(|it| &it.branches);
    branches.map(|it| it.ty).collect()
}

/// The discriminator that all objects have.
fn discriminator(input: &Input<'_>, types: &Types, without: &[String]) -> Option<Spanned<String>> {
    let mut unions = types.iter().filter_map(|id| union(input, *id));
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
            union(input, *id).is_some() || input.members(*id).iter().any(|(_, it)| is_tag(it))
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
        let Some(union) = union(input, id) else {
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
    let structs = types.iter().filter(|id| union(input, **id).is_none());
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
            open.extend(branches_of(input, id));
        }
    }
    names
}

/// Members by name, in the order in which they were added.
struct Fields<'i, 'o> {
    input: &'i Input<'o>,
    without: &'i [String],
    list: Vec<Draft>,
    by_name: HashMap<&'i str, usize>,
}

struct Draft {
    field: Field,
    /// The objects that require it.
    required_by: Vec<Id>,
    /// Whether it is conditional in some objects only.
    conditional: bool,
    unconditional: bool,
}

impl<'i, 'o> Fields<'i, 'o> {
    fn new(input: &'i Input<'o>, without: &'i [String]) -> Self {
        Self {
            input,
            without,
            list: Vec::new(),
            by_name: HashMap::new(),
        }
    }

    fn add_base(&mut self, id: Id) {
        for (owner, member) in self.input.members(id) {
            if let Some(draft) = self.add(owner, member)
                && !member.optional
            {
                draft.required_by.push(id);
            }
        }
    }

    /// Adds the members of branches, and of their branches, that are wanted.
    fn add_branches(&mut self, mut open: Vec<Id>, is_wanted: impl Fn(&str) -> bool) {
        let mut seen = HashSet::new();
        open.reverse();
        while let Some(id) = open.pop() {
            if !seen.insert(id) {
                continue;
            }
            for (owner, member) in self.input.members(id) {
                if is_wanted(&member.name.value)
                    && let Some(draft) = self.add(owner, member)
                {
                    draft.field.is_from_branch = true;
                }
            }
            open.extend(branches_of(self.input, id));
        }
    }

    fn add(&mut self, owner: Id, member: &'i Member) -> Option<&mut Draft> {
        if self.without.contains(&member.name.value) {
            return None;
        }
        let present = Set::of(self.input.schema(owner));
        let name = member.name.value.as_str();
        let index = self.list.len();
        let index = *self.by_name.entry(name).or_insert(index);
        if index == self.list.len() {
            self.list.push(Draft {
                field: Field {
                    member: member.clone(),
                    owner,
                    types: Types::default(),
                    is_from_branch: false,
                    present,
                    required: Set::default(),
                },
                required_by: Vec::new(),
                conditional: false,
                unconditional: false,
            });
        }
        let draft = &mut self.list[index];
        let field = &mut draft.field;
        field.types.add(member.ty);
        field.present = field.present.with(present);
        let condition: &mut Option<Condition> = &mut field.member.condition;
        *condition = either(condition.as_ref(), member.condition.as_ref());
        add_features(&mut field.member.features, &member.features);
        match member.condition {
            Some(_) => draft.conditional = true,
            None => draft.unconditional = true,
        }
        Some(draft)
    }

    fn finish(self, types: &Types) -> Vec<Field> {
        let input = self.input;
        let drafts = self.list.into_iter();
        let fields = drafts.map(|draft| {
            let mut field = draft.field;
            let lacking = types.iter().filter(|id| !draft.required_by.contains(id));
            let lacking: Vec<Id> = lacking.copied().collect();
            // What is conditional in some schemas only may be missing there.
            let may_be_missing = draft.conditional && draft.unconditional;
            field.member.optional = !lacking.is_empty() || may_be_missing;
            let requiring = input.schemas(&draft.required_by);
            field.required = requiring.without(input.schemas(&lacking));
            field
        });
        fields.collect()
    }
}
