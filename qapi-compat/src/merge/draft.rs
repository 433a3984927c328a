//! Two schemas in one namespace, during the merge.

use foldhash::{HashMap, HashMapExt as _, HashSet, HashSetExt as _};
use qapi_parser::{
    Builtin, Condition, Definition, Diagnostic, DocId, Feature, Id, Kind, Member, Object, Parts,
    Schema, SectionKind, Span,
};

use crate::merge::availability::{Availability, Facts, Part, Set};

/// The definitions of the schema so far, followed by those of the schema that is added.
pub(super) struct Draft<'a> {
    pub(super) parts: Parts,
    /// Where the definitions of the added schema begin.
    pub(super) first_new: usize,
    /// The number of the added schema.
    pub(super) number: usize,
    pub(super) facts: HashMap<Id, Facts>,
    pub(super) faults: Vec<Diagnostic>,
    pub(super) extern_types: &'a [&'a str],
    /// For types of the added schema, the types that they become.
    pub(super) homes: HashMap<Id, Id>,
    /// The arrays by their elements.
    pub(super) arrays: HashMap<Id, Id>,
    /// For objects, the unions that have them as branches.
    pub(super) unions: HashMap<Id, Vec<Id>>,
    /// The objects that are used other than as branches.
    pub(super) used: HashSet<Id>,
    /// For inline members, the definitions that document them.
    documented: HashMap<Id, Id>,
    builtins: HashMap<&'static str, Id>,
    /// The objects that had no members before.
    empty: HashSet<Id>,
}

impl<'a> Draft<'a> {
    pub(super) fn new(
        old: Schema,
        new: Schema,
        number: usize,
        availability: &Availability,
        extern_types: &'a [&'a str],
    ) -> Self {
        let mut parts = old.into_parts();
        let first_new = parts.append(new.into_parts());
        let (mut facts, mut documented) = (HashMap::new(), HashMap::new());
        let (mut builtins, mut arrays) = (HashMap::new(), HashMap::new());
        let mut unions: HashMap<Id, Vec<Id>> = HashMap::new();
        let mut used = HashSet::new();
        for (index, it) in parts.definitions.iter().enumerate() {
            let id = Id::new(index);
            match &it.kind {
                Kind::Object(it) => {
                    used.extend(it.base);
                    used.extend(it.members.iter().map(|member| member.ty));
                    for branch in it.branches.iter().flat_map(|union| &union.branches) {
                        unions.entry(branch.ty).or_default().push(id);
                    }
                }
                Kind::Array(element) => {
                    used.insert(*element);
                }
                Kind::Alternate(it) => used.extend(it.alternatives.iter().map(|it| it.ty)),
                Kind::Command(it) => used.extend(it.arguments.into_iter().chain(it.returns)),
                Kind::Event(it) => used.extend(it.data),
                Kind::Builtin(_) | Kind::Enum(_) | Kind::Extern => {}
            }
            let is_new = index >= first_new;
            match is_new {
                true => {
                    facts.insert(id, noted(it, number));
                }
                false => {
                    let known = availability.get(&it.name).cloned();
                    facts.insert(id, known.unwrap_or_default());
                }
            }
            let in_place = match &it.kind {
                Kind::Command(it) => it.arguments,
                Kind::Event(it) => it.data,
                Kind::Object(it) => it.base,
                Kind::Builtin(builtin) if !is_new => {
                    builtins.insert(name(*builtin), id);
                    None
                }
                Kind::Array(element) if !is_new => {
                    arrays.insert(*element, id);
                    None
                }
                _ => None,
            };
            if let Some(in_place) = in_place.filter(|_| it.doc.is_some()) {
                documented.insert(in_place, id);
            }
        }
        let mut draft = Self {
            parts,
            first_new,
            number,
            facts,
            faults: Vec::new(),
            extern_types,
            homes: HashMap::new(),
            arrays,
            unions,
            used,
            documented,
            builtins,
            empty: HashSet::new(),
        };
        let ids = (0..draft.parts.definitions.len()).map(Id::new);
        draft.empty = ids.filter(|id| draft.has_nothing(*id)).collect();
        draft
    }

    pub(super) fn definition(&self, id: Id) -> &Definition {
        &self.parts.definitions[id.index()]
    }

    pub(super) fn kind(&self, id: Id) -> &Kind {
        &self.definition(id).kind
    }

    /// Whether the caller provides the type.
    pub(super) fn is_extern(&self, id: Id) -> bool {
        let it = self.definition(id);
        matches!(it.kind, Kind::Extern) || self.extern_types.contains(&it.name.as_str())
    }

    pub(super) fn is_new(&self, id: Id) -> bool {
        id.index() >= self.first_new
    }

    /// The type that a type has become, as far as known.
    pub(super) fn home(&self, id: Id) -> Id {
        self.homes.get(&id).copied().unwrap_or(id)
    }

    pub(super) fn builtin(&self, name: &str) -> Option<Id> {
        self.builtins.get(name).copied()
    }

    pub(super) fn object(&self, id: Id) -> Option<&Object> {
        match self.kind(id) {
            Kind::Object(it) => Some(it),
            _ => None,
        }
    }

    pub(super) fn object_mut(&mut self, id: Id) -> Option<&mut Object> {
        match &mut self.parts.definitions[id.index()].kind {
            Kind::Object(it) => Some(it),
            _ => None,
        }
    }

    /// Whether a type was an object without members before the merge.
    pub(super) fn is_empty(&self, id: Id) -> bool {
        self.empty.contains(&id)
    }

    fn has_nothing(&self, id: Id) -> bool {
        let is_plain = self.object(id).is_some_and(|it| it.branches.is_none());
        is_plain && self.members(id).is_empty()
    }

    /// The members of an object, those of its bases first, each with the object that declares it.
    pub(super) fn members(&self, id: Id) -> Vec<(Id, &Member)> {
        self.chain(id, |base| base)
    }

    /// The same after bases were replaced by their merged types.
    pub(super) fn merged_members(&self, id: Id) -> Vec<(Id, &Member)> {
        self.chain(id, |base| self.home(base))
    }

    fn chain(&self, id: Id, base: impl Fn(Id) -> Id) -> Vec<(Id, &Member)> {
        let mut chain = vec![];
        let mut next = Some(id);
        while let Some((id, object)) = next.and_then(|id| Some((id, self.object(id)?))) {
            chain.push((id, object));
            next = object.base.map(&base);
        }
        let chain = chain.into_iter().rev();
        chain
            .flat_map(|(id, object)| object.members.iter().map(move |member| (id, member)))
            .collect()
    }

    /// The number of bases of an object.
    pub(super) fn depth(&self, id: Id) -> usize {
        let base = |id: &Id| self.object(*id).and_then(|it| it.base);
        std::iter::successors(Some(id), base).count()
    }

    pub(super) fn part(&mut self, id: Id, name: &str) -> &mut Part {
        let facts = self.facts.entry(id).or_default();
        facts.parts.entry(name.to_owned()).or_default()
    }

    /// Notes that the added schema has a definition, a member, a value or a branch as well.
    pub(super) fn has_part(&mut self, id: Id, name: &str, is_required: bool) {
        let number = Set::of(self.number);
        let part = self.part(id, name);
        part.present = part.present.with(number);
        if is_required {
            part.required = part.required.with(number);
        }
    }

    pub(super) fn has(&mut self, id: Id) {
        let number = Set::of(self.number);
        let facts = self.facts.entry(id).or_default();
        facts.present = facts.present.with(number);
    }

    /// Copies the description of a part from the documentation of `from` to that of `to`.
    pub(super) fn copy_doc(&mut self, from: Id, to: Id, part: &str) {
        let doc = |id: Id| -> Option<DocId> {
            let documenting = self.documented.get(&id).copied().unwrap_or(id);
            self.definition(id).doc.or(self.definition(documenting).doc)
        };
        let (Some(from), Some(to)) = (doc(from), doc(to)) else {
            return;
        };
        if from == to {
            return;
        }
        let sections = self.parts.docs[from.index()].sections.iter();
        let found = sections.filter(|section| match &section.kind {
            SectionKind::Member(name) => name.value == part,
            _ => false,
        });
        let found: Vec<_> = found.cloned().collect();
        self.parts.docs[to.index()].sections.extend(found);
    }

    /// Copies inherited members into an object, so that they can change independently of other objects.
    pub(super) fn flatten(&mut self, id: Id) {
        let Some(base) = self.object(id).and_then(|it| it.base) else {
            return;
        };
        let own: HashSet<String> = match self.object(id) {
            Some(it) => it.members.iter().map(|it| it.name.value.clone()).collect(),
            None => HashSet::new(),
        };
        let inherited = self.members(base).into_iter();
        let inherited = inherited.filter(|(_, it)| !own.contains(&it.name.value));
        let inherited: Vec<(Id, Member)> = inherited.map(|(id, it)| (id, it.clone())).collect();
        for (owner, member) in &inherited {
            let name = member.name.value.clone();
            let part = *self.part(*owner, &name);
            *self.part(id, &name) = part;
            self.copy_doc(*owner, id, &name);
        }
        if let Some(object) = self.object_mut(id) {
            let inherited = inherited.into_iter().map(|(_, member)| member);
            object.members.splice(0..0, inherited);
            object.base = None;
        }
    }

    /// Changes a member of one object only.
    pub(super) fn change(&mut self, id: Id, name: &str, change: impl FnOnce(&mut Member)) {
        let is_own = |object: &Object| object.members.iter().any(|it| it.name.value == name);
        if !self.object(id).is_some_and(is_own) {
            self.flatten(id);
        }
        let members = self.object_mut(id).map(|it| &mut it.members);
        let member = members.and_then(|it| it.iter_mut().find(|it| it.name.value == name));
        if let Some(member) = member {
            change(member);
        }
    }

    pub(super) fn fault(&mut self, at: Option<Span>, other: Option<Span>, message: String) {
        if let Some(span) = at.or(other) {
            let fault = Diagnostic::error(span, message);
            let fault = match other.filter(|_| at.is_some()) {
                Some(other) => fault.label(other, "the other schema has this"),
                None => fault,
            };
            let hint = "exclude it with `only`, or replace the type with `extern_type`";
            self.faults.push(fault.hint(hint));
        }
    }
}

/// The availability of a definition that one schema has.
fn noted(definition: &Definition, number: usize) -> Facts {
    let here = Set::of(number);
    let mut parts = HashMap::new();
    let mut add = |name: &str, is_required: bool| {
        let required = match is_required {
            true => here,
            false => Set::default(),
        };
        let part = Part {
            present: here,
            required,
        };
        parts.insert(name.to_owned(), part);
    };
    match &definition.kind {
        Kind::Enum(it) => it.values.iter().for_each(|it| add(&it.name.value, false)),
        Kind::Object(it) => {
            for branch in it.branches.iter().flat_map(|union| &union.branches) {
                add(&branch.name.value, false);
            }
            for member in &it.members {
                add(&member.name.value, !member.optional);
            }
        }
        Kind::Alternate(it) => {
            let alternatives = it.alternatives.iter();
            alternatives.for_each(|it| add(&it.name.value, false));
        }
        _ => {}
    }
    Facts {
        present: here,
        parts,
    }
}

/// Notes the contents of the first schema.
pub(super) fn note<'s>(
    availability: &mut Availability,
    definitions: impl Iterator<Item = &'s Definition>,
    number: usize,
) {
    for definition in definitions {
        *availability.facts(&definition.name) = noted(definition, number);
    }
}

/// A finding that is about a schema as a whole.
pub(super) fn fault(schema: &Schema, message: String) -> Vec<Diagnostic> {
    let spans = schema.definitions().find_map(|(_, it)| it.span);
    let fault = spans.map(|span| Diagnostic::error(span, message));
    fault.into_iter().collect()
}

/// The condition under which one of two things exists.
pub(super) fn either(old: Option<&Condition>, new: Option<&Condition>) -> Option<Condition> {
    match (old?, new?) {
        (old, new) if old == new => Some(old.clone()),
        (old, new) => Some(Condition::Any(vec![old.clone(), new.clone()])),
    }
}

/// The features that one of two things has.
pub(super) fn features(old: &mut Vec<Feature>, new: &[Feature]) {
    for feature in new {
        if !old.iter().any(|it| it.name.value == feature.name.value) {
            old.push(feature.clone());
        }
    }
}

fn name(builtin: Builtin) -> &'static str {
    match builtin {
        Builtin::Str => "str",
        Builtin::Number => "number",
        Builtin::Int => "int",
        Builtin::Int8 => "int8",
        Builtin::Int16 => "int16",
        Builtin::Int32 => "int32",
        Builtin::Int64 => "int64",
        Builtin::Uint8 => "uint8",
        Builtin::Uint16 => "uint16",
        Builtin::Uint32 => "uint32",
        Builtin::Uint64 => "uint64",
        Builtin::Size => "size",
        Builtin::Bool => "bool",
        Builtin::Any => "any",
        Builtin::Null => "null",
    }
}
