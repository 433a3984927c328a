//! Writes the merged definitions.

use foldhash::{HashMap, HashMapExt as _};
use qapi_parser::{Alternate, Branch, Branches, Definition, DocId, Enum, Id, Kind, Member, Object};

use crate::merge::availability::Facts;
use crate::merge::contents::Contents;
use crate::merge::docs::Docs;
use crate::merge::facts::facts;
use crate::merge::graph::{Graph, Node, Type};
use crate::merge::homes::Homes;
use crate::merge::input::Input;
use crate::merge::objects::Union;
use crate::merge::parts::{add_features, either};
use crate::merge::provenance::Origin;
use crate::merge::roots::Root;
use crate::merge::types::Types;
use crate::merge::written::Written;

/// What the merge has found, to be written.
pub(super) struct Output<'g, 'i, 'o> {
    input: &'i Input<'o>,
    graph: &'g Graph<'i, 'o>,
    homes: &'g Homes,
    /// Where the merged types will be.
    ids: HashMap<usize, Id>,
    /// The merged definitions.
    written: HashMap<Id, (Definition, Facts)>,
    /// The arrays by their elements.
    arrays: HashMap<Id, Id>,
    /// The number of definitions, with the additional ones.
    count: usize,
    docs: Docs,
    origins: HashMap<Id, usize>,
    merged: Vec<(Id, Id)>,
    made_of: HashMap<Id, Origin>,
    bases: Vec<(Id, Id)>,
}

impl<'g, 'i, 'o> Output<'g, 'i, 'o> {
    pub(super) fn new(graph: &'g Graph<'i, 'o>, homes: &'g Homes) -> Self {
        let input = graph.input;
        let mut output = Self {
            input,
            graph,
            homes,
            ids: HashMap::new(),
            written: HashMap::new(),
            arrays: HashMap::new(),
            count: input.parts.definitions.len(),
            docs: Docs::default(),
            origins: HashMap::new(),
            merged: Vec::new(),
            made_of: HashMap::new(),
            bases: Vec::new(),
        };
        for id in input.ids() {
            let it = input.get(id);
            // The types that every schema has.
            if it.span.is_none() && input.schema(id) == 0 {
                if let Kind::Array(element) = it.kind {
                    output.arrays.insert(element, id);
                }
                output.written.insert(id, (it.clone(), Facts::default()));
            }
        }
        for &node in &homes.nodes {
            let id = homes.claimed.get(&node).copied();
            let id = id.unwrap_or_else(|| output.additional());
            output.ids.insert(node, id);
        }
        output
    }

    pub(super) fn write(mut self, roots: &[Root]) -> Written {
        for &id in &self.graph.externs {
            self.keep(id);
        }
        for &node in &self.homes.nodes {
            self.node(node);
        }
        for root in roots {
            self.root(root);
        }
        Written {
            definitions: self.written,
            origins: self.origins,
            merged: self.merged,
            docs: self.docs,
            made_of: self.made_of,
            bases: self.bases,
        }
    }

    fn additional(&mut self) -> Id {
        self.count += 1;
        Id::new(self.count - 1)
    }

    /// The definition of a merged type.
    fn ty(&mut self, types: &Types, without: &[String]) -> Option<Id> {
        let graph = self.graph;
        let ty = graph.get(types, without)?;
        self.id(ty)
    }

    fn id(&mut self, ty: &Type) -> Option<Id> {
        match ty {
            Type::Fixed(id) => Some(*id),
            Type::Node(node) => self.ids.get(&self.homes.of(*node)).copied(),
            Type::List(like, element) => {
                let element = self.id(element)?;
                Some(self.array(*like, element))
            }
            Type::Conflict(..) => self.input.builtin("any"),
        }
    }

    fn array(&mut self, like: Id, element: Id) -> Id {
        if let Some(&array) = self.arrays.get(&element) {
            return array;
        }
        let id = match self.written.contains_key(&like) {
            true => self.additional(),
            false => like,
        };
        let array = Definition {
            kind: Kind::Array(element),
            ..self.input.get(like).clone()
        };
        self.written.insert(id, (array, Facts::default()));
        self.arrays.insert(element, id);
        id
    }

    /// Writes a type that the caller provides.
    fn keep(&mut self, id: Id) {
        let mut definition = self.input.get(id).clone();
        let members = self.input.members(id).into_iter();
        let members: Vec<Member> = members.map(|(_, it)| it.clone()).collect();
        let mut ty = |id: Id| self.ty(&Types::from_iter([id]), &[]).unwrap_or(id);
        match &mut definition.kind {
            Kind::Object(it) => {
                it.base = None;
                it.members = members;
                it.members.iter_mut().for_each(|it| it.ty = ty(it.ty));
                if let Some(union) = &mut it.branches {
                    union.tag = ty(union.tag);
                    union.branches.iter_mut().for_each(|it| it.ty = ty(it.ty));
                }
            }
            Kind::Alternate(it) => it.alternatives.iter_mut().for_each(|it| it.ty = ty(it.ty)),
            _ => {}
        }
        let bases = self.input.bases(id).into_iter();
        self.bases.extend(bases.map(|base| (id, base)));
        let facts = Facts {
            defined: self.input.schemas(self.input.externs(id)),
            ..Facts::default()
        };
        self.written.insert(id, (definition, facts));
    }

    fn node(&mut self, index: usize) {
        let input = self.input;
        let node = &self.graph.nodes[index];
        let Some(&id) = self.ids.get(&index) else {
            return;
        };
        let claimed = self.homes.claimed.get(&index);
        let place = claimed.copied().unwrap_or(node.lead);
        let mut definition = Definition {
            doc: input.get(node.lead).doc.or(input.get(place).doc),
            condition: input.get(node.lead).condition.clone(),
            features: Vec::new(),
            kind: self.kind(node),
            ..input.get(place).clone()
        };
        // An object without members is there under any condition.
        let defined = node.types.iter().map(|id| input.get(*id));
        for it in defined.filter(|it| it.span.is_some()) {
            definition.condition = either(definition.condition.as_ref(), it.condition.as_ref());
            add_features(&mut definition.features, &it.features);
        }
        // Only a branch with a single member needs no type of its own.
        if node.is_branch && definition.is_implicit && !node.contents.is_wrapper() {
            definition.is_implicit = false;
            let name = definition.name.strip_prefix("q_obj_");
            definition.name = name.unwrap_or(&definition.name).to_owned();
        }
        // Inline members are documented with the command.
        let doc = definition.doc.or(input.doc(place)).or(input.doc(node.lead));
        for (owner, part) in node.contents.documented() {
            self.docs.describe(id, doc, input.doc(owner), part);
        }
        let features = node.contents.featured().into_iter();
        let features = features.map(|(part, by)| (part.to_owned(), self.docs_of(by)));
        let origin = Origin {
            docs: self.docs_of(&node.types),
            parts: features.collect(),
            bases: Vec::new(),
        };
        self.made_of.insert(id, origin);
        let bases = node.types.iter().flat_map(|id| input.bases(*id));
        self.bases.extend(bases.map(|base| (id, base)));
        let named = node.types.iter().filter(|id| !input.get(**id).is_implicit);
        self.merged.extend(named.map(|from| (*from, id)));
        let origin = claimed.or(node.types.last());
        let origin = origin.map_or(0, |id| input.schema(*id));
        self.origins.insert(id, origin);
        let facts = facts(input, node);
        self.written.insert(id, (definition, facts));
    }

    /// The documentation of some definitions.
    fn docs_of(&self, ids: &[Id]) -> Vec<DocId> {
        ids.iter().filter_map(|id| self.input.doc(*id)).collect()
    }

    fn kind(&mut self, node: &Node) -> Kind {
        match &node.contents {
            Contents::Enum(values) => {
                let prefix = match self.input.kind(node.lead) {
                    Kind::Enum(it) => it.prefix.clone(),
                    _ => None,
                };
                let values = values.iter().map(|it| it.value.clone()).collect();
                Kind::Enum(Enum { values, prefix })
            }
            Contents::Alternate(list) => {
                let alternatives = list.iter().map(|it| Branch {
                    ty: self.ty(&it.types, &[]).unwrap_or(it.alternative.ty),
                    ..it.alternative.clone()
                });
                let alternatives = alternatives.collect();
                Kind::Alternate(Alternate { alternatives })
            }
            Contents::Object(it) => {
                let members = it.fields.iter().map(|it| Member {
                    ty: self.ty(&it.types, &[]).unwrap_or(it.member.ty),
                    ..it.member.clone()
                });
                let members = members.collect();
                let branches = it.union.as_ref().map(|union| Branches {
                    discriminator: union.discriminator.clone(),
                    tag: self.ty(&union.tags, &[]).unwrap_or(Id::new(0)),
                    branches: self.branches(union),
                });
                Kind::Object(Object {
                    base: None,
                    members,
                    branches,
                })
            }
        }
    }

    fn branches(&mut self, union: &Union) -> Vec<Branch> {
        let branches = union.branches.iter().map(|it| Branch {
            ty: self.ty(&it.types, &it.without).unwrap_or(it.branch.ty),
            ..it.branch.clone()
        });
        branches.collect()
    }

    fn root(&mut self, root: &Root) {
        let input = self.input;
        let id = root.ids[0];
        let mut definition = input.get(id).clone();
        for &other in &root.ids[1..] {
            let other = input.get(other);
            definition.condition = either(definition.condition.as_ref(), other.condition.as_ref());
            add_features(&mut definition.features, &other.features);
            if let (Kind::Command(it), Kind::Command(other)) = (&mut definition.kind, &other.kind) {
                it.gen_code &= other.gen_code;
                it.success_response &= other.success_response;
                it.allow_oob &= other.allow_oob;
                it.boxed |= other.boxed;
            }
        }
        let arguments = root
            .arguments
            .as_ref()
            .and_then(|types| self.ty(types, &[]));
        let returns = root.returns.as_ref().and_then(|types| self.ty(types, &[]));
        match &mut definition.kind {
            Kind::Command(it) => (it.arguments, it.returns) = (arguments, returns),
            Kind::Event(it) => it.data = arguments,
            _ => {}
        }
        let origin = Origin {
            docs: self.docs_of(&root.ids),
            ..Origin::default()
        };
        self.made_of.insert(id, origin);
        let facts = Facts {
            defined: input.schemas(&root.ids),
            ..Facts::default()
        };
        self.written.insert(id, (definition, facts));
    }
}
