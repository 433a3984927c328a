//! String discriminators, as in QEMU 1.5 to 1.7. They imply an enum with the branches as values.

use super::{Draft, DraftEntry, DraftKind, DraftMember, Drafts, Union};
use crate::ast::EnumValue;
use crate::schema::Id;

/// How many bases are searched. The checks report longer chains.
const MAX_BASES: usize = 100;

impl<'a> Drafts<'a> {
    /// Enters the enums, each before its union, unless their names are taken.
    pub(crate) fn imply_string_tags(&mut self) {
        let tags = self.ids().filter_map(|id| {
            let tag = self.string_tag_of(id)?;
            (!self.by_name.contains_key(tag.name)).then_some((id, tag))
        });
        let tags: Vec<_> = tags.collect();
        if !tags.is_empty() {
            self.insert(tags);
        }
    }

    /// The implicit enum of the union `id`, if its discriminator is a string.
    fn string_tag_of(&self, id: Id) -> Option<Draft<'a>> {
        let draft = self.get(id);
        let DraftKind::Object {
            base: Some(base),
            union: Some(union),
            ..
        } = &draft.kind
        else {
            return None;
        };
        let member = self.member_of(base.name, union.discriminator.value)?;
        (member.ty.name == "str").then(|| self.string_tag(draft, union))
    }

    fn string_tag(&self, draft: &Draft<'a>, union: &Union<'a>) -> Draft<'a> {
        let values = union.branches.iter().map(|branch| EnumValue {
            name: branch.name,
            condition: branch.condition.clone(),
            features: Vec::new(),
        });
        Draft {
            name: self.arena.name(string_tag_name(draft.name)),
            at: draft.at,
            is_implicit: true,
            doc: None,
            condition: draft.condition.clone(),
            features: Vec::new(),
            kind: DraftKind::Enum {
                values: values.collect(),
                prefix: None,
            },
        }
    }

    /// Finds a member of an object or of its bases by name.
    fn member_of(&self, object: &str, name: &str) -> Option<&DraftMember<'a>> {
        let mut next = Some(object);
        for _ in 0..MAX_BASES {
            let id = *self.by_name.get(next?)?;
            let DraftKind::Object { base, members, .. } = &self.get(id).kind else {
                return None;
            };
            if let Some(member) = members.iter().find(|member| member.name.value == name) {
                return Some(member);
            }
            next = base.as_ref().map(|base| base.name);
        }
        None
    }

    /// Enters drafts, each before an existing one. No references have been resolved yet.
    fn insert(&mut self, drafts: Vec<(Id, Draft<'a>)>) {
        let mut drafts = drafts.into_iter().peekable();
        let mut inserted = Vec::with_capacity(drafts.len());
        let mut moved = Vec::with_capacity(self.list.len());
        let mut list = Vec::with_capacity(self.list.len() + drafts.len());
        for (index, draft) in std::mem::take(&mut self.list).into_iter().enumerate() {
            if let Some((_, new)) = drafts.next_if(|(at, _)| at.index() == index) {
                inserted.push((new.name, Id(list.len() as u32)));
                list.push(new);
            }
            moved.push(Id(list.len() as u32));
            list.push(draft);
        }
        self.list = list;
        for id in self.by_name.values_mut() {
            *id = moved[id.index()];
        }
        self.by_name.extend(inserted);
        // The entries list all definitions in order.
        let mut ids = self.ids().peekable();
        let mut entries = Vec::with_capacity(self.list.len());
        for entry in std::mem::take(&mut self.entries) {
            let DraftEntry::Definition(id) = entry else {
                entries.push(entry);
                continue;
            };
            let id = moved[id.index()];
            let up_to_it = std::iter::from_fn(|| ids.next_if(|next| *next <= id));
            entries.extend(up_to_it.map(DraftEntry::Definition));
        }
        self.entries = entries;
    }
}

/// The name of the implicit enum of a union.
pub(crate) fn string_tag_name(union: &str) -> String {
    format!("{union}Kind")
}
