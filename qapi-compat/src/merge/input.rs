//! The definitions of all schemas in one arena.

use foldhash::{HashMap, HashMapExt as _};
use qapi_parser::{Branches, Builtin, Definition, DocId, Id, Kind, Member, Object, Parts, Schema};

use crate::merge::availability::Set;
use crate::merge::options::Options;
use crate::shape::{Json, json_of};

/// All schemas.
pub(super) struct Input<'a> {
    pub(super) parts: Parts,
    pub(super) options: Options<'a>,
    /// Where the definitions of each schema begin.
    starts: Vec<usize>,
    /// For each schema, its object without members.
    empty: Vec<Option<Id>>,
    /// The built-in types of the first schema.
    builtins: HashMap<String, Id>,
    /// The definitions of types that the caller provides, by name.
    externs: HashMap<String, Vec<Id>>,
    /// For inline members, the definitions that document them.
    documented: HashMap<Id, Id>,
}

impl<'a> Input<'a> {
    /// Joins schemas; `labels` are their names.
    pub(super) fn new(
        first: Schema,
        others: Vec<Schema>,
        labels: &[String],
        options: Options<'a>,
    ) -> Self {
        let mut parts = first.into_parts();
        let mut starts = vec![0];
        for (schema, label) in others.into_iter().zip(labels.iter().skip(1)) {
            let modules = parts.modules.len();
            starts.push(parts.append(schema.into_parts()));
            for module in &mut parts.modules[modules..] {
                module.name = format!("{} of {label}", module.name);
            }
        }
        let mut input = Self {
            empty: vec![None; starts.len()],
            parts,
            options,
            starts,
            builtins: HashMap::new(),
            externs: HashMap::new(),
            documented: HashMap::new(),
        };
        for index in 0..input.parts.definitions.len() {
            input.index(Id::new(index));
        }
        input
    }

    fn index(&mut self, id: Id) {
        let schema = self.schema(id);
        let it = &self.parts.definitions[id.index()];
        if it.span.is_none() && it.name == "q_empty" {
            self.empty[schema] = Some(id);
        }
        if it.span.is_none() && !self.builtins.contains_key(&it.name) {
            self.builtins.insert(it.name.clone(), id);
        }
        if self.is_extern(id) {
            let name = self.get(id).name.clone();
            self.externs.entry(name).or_default().push(id);
        }
        let it = &self.parts.definitions[id.index()];
        let in_place = match &it.kind {
            Kind::Command(it) => it.arguments,
            Kind::Event(it) => it.data,
            Kind::Object(it) => it.base,
            _ => None,
        };
        if let Some(in_place) = in_place.filter(|_| it.doc.is_some()) {
            self.documented.insert(in_place, id);
        }
    }

    pub(super) fn ids(&self) -> impl Iterator<Item = Id> + use<> {
        (0..self.parts.definitions.len()).map(Id::new)
    }

    pub(super) fn get(&self, id: Id) -> &Definition {
        &self.parts.definitions[id.index()]
    }

    pub(super) fn kind(&self, id: Id) -> &Kind {
        &self.get(id).kind
    }

    pub(super) fn object(&self, id: Id) -> Option<&Object> {
        match self.kind(id) {
            Kind::Object(it) => Some(it),
            _ => None,
        }
    }

    /// The number of the schema that a definition is from.
    pub(super) fn schema(&self, id: Id) -> usize {
        self.starts.partition_point(|start| *start <= id.index()) - 1
    }

    /// The schemas that some definitions are from.
    pub(super) fn schemas(&self, ids: &[Id]) -> Set {
        let schemas = ids.iter().map(|id| Set::of(self.schema(*id)));
        schemas.fold(Set::default(), Set::with)
    }

    /// Whether the caller provides the type. A built-in type that the caller replaces still has its JSON type.
    pub(super) fn is_extern(&self, id: Id) -> bool {
        let it = self.get(id);
        match it.kind {
            Kind::Extern => true,
            Kind::Builtin(_) | Kind::Command(_) | Kind::Event(_) => false,
            _ => self.options.extern_types.contains(&it.name.as_str()),
        }
    }

    /// The definitions of a type that the caller provides. The first one stands for all.
    pub(super) fn externs(&self, id: Id) -> &[Id] {
        let known = self.externs.get(&self.get(id).name);
        known.map_or(&[], |ids| ids)
    }

    /// The built-in type of the first schema with this name.
    pub(super) fn builtin(&self, name: &str) -> Option<Id> {
        self.builtins.get(name).copied()
    }

    /// The type of the first schema that stands for a built-in type of any schema.
    pub(super) fn the_builtin(&self, id: Id) -> Id {
        self.builtin(&self.get(id).name).unwrap_or(id)
    }

    /// The object without members of a schema.
    pub(super) fn empty(&self, schema: usize) -> Option<Id> {
        self.empty[schema]
    }

    pub(super) fn is_any(&self, id: Id) -> bool {
        matches!(self.kind(id), Kind::Builtin(Builtin::Any))
    }

    /// Whether a type is an object without members.
    pub(super) fn is_empty(&self, id: Id) -> bool {
        self.object(id).is_some_and(|it| it.branches.is_none()) && self.members(id).is_empty()
    }

    /// The JSON type of a type's values, if there is only one.
    pub(super) fn json(&self, id: Id) -> Option<Json> {
        json_of(self.kind(id))
    }

    /// The branches of a union.
    pub(super) fn union(&self, id: Id) -> Option<&Branches> {
        self.object(id)?.branches.as_ref()
    }

    /// The types of the branches of a union.
    pub(super) fn branches_of(&self, id: Id) -> Vec<Id> {
        let branches = self.union(id).into_iter().flat_map(|it| &it.branches);
        branches.map(|it| it.ty).collect()
    }

    /// An object and its bases.
    fn chain(&self, id: Id) -> Vec<(Id, &Object)> {
        let base = |(_, object): &(Id, &Object)| {
            let base = object.base?;
            Some((base, self.object(base)?))
        };
        let first = self.object(id).map(|object| (id, object));
        std::iter::successors(first, base).collect()
    }

    /// The bases of an object.
    pub(super) fn bases(&self, id: Id) -> Vec<Id> {
        let chain = self.chain(id).into_iter().skip(1);
        chain.map(|(base, _)| base).collect()
    }

    /// The members of an object, those of its bases first, each with the object that declares it.
    pub(super) fn members(&self, id: Id) -> Vec<(Id, &Member)> {
        let mut chain = self.chain(id);
        chain.reverse();
        let members = chain
            .into_iter()
            .flat_map(|(id, object)| object.members.iter().map(move |member| (id, member)));
        members.collect()
    }

    /// The documentation of a definition, or of the one that documents its members.
    pub(super) fn doc(&self, id: Id) -> Option<DocId> {
        let documenting = self.documented.get(&id).copied().unwrap_or(id);
        self.get(id).doc.or(self.get(documenting).doc)
    }
}
