//! The members of several objects.

use foldhash::{HashMap, HashMapExt as _, HashSet, HashSetExt as _};
use qapi_parser::{Condition, Id, Member};

use crate::merge::availability::Set;
use crate::merge::input::Input;
use crate::merge::parts::{add_features, either};
use crate::merge::types::Types;

/// A member.
pub(super) struct Field {
    /// Its name, condition and features; the type is the first of `types`.
    pub(super) member: Member,
    /// The first object that declares it.
    pub(super) owner: Id,
    /// The objects that declare it with features.
    pub(super) featured_by: Vec<Id>,
    pub(super) types: Types,
    /// Whether it is a member of a branch in any schema.
    pub(super) is_from_branch: bool,
    pub(super) present: Set,
    /// The schemas that require it.
    pub(super) required: Set,
}

/// Members by name, in the order in which they were added.
pub(super) struct Fields<'i, 'o> {
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
    pub(super) fn new(input: &'i Input<'o>, without: &'i [String]) -> Self {
        Self {
            input,
            without,
            list: Vec::new(),
            by_name: HashMap::new(),
        }
    }

    pub(super) fn add_base(&mut self, id: Id) {
        for (owner, member) in self.input.members(id) {
            if let Some(draft) = self.add(owner, member)
                && !member.optional
            {
                draft.required_by.push(id);
            }
        }
    }

    /// The names of the members so far.
    pub(super) fn names(&self) -> HashSet<&'i str> {
        self.by_name.keys().copied().collect()
    }

    /// Adds the members of branches, and of their branches, that are wanted.
    pub(super) fn add_branches(&mut self, mut open: Vec<Id>, is_wanted: impl Fn(&str) -> bool) {
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
            open.extend(self.input.branches_of(id));
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
                    featured_by: Vec::new(),
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
        if !member.features.is_empty() {
            field.featured_by.push(owner);
            add_features(&mut field.member.features, &member.features);
        }
        match member.condition {
            Some(_) => draft.conditional = true,
            None => draft.unconditional = true,
        }
        Some(draft)
    }

    pub(super) fn finish(self, types: &Types) -> Vec<Field> {
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
