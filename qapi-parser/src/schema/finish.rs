//! Drafts that passed every check to the schema.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::draft::{Draft, DraftBranch, DraftEntry, DraftKind, Drafts, Reference, Union};
use super::module::{self, Entry, Module, ModuleId};
use super::{
    Alternate, Branch, Branches, Command, Definition, DocId, Enum, EnumValue, Event, Feature, Id,
    Kind, Member, Object, Schema,
};
use crate::ast::{self, Condition, Doc};
use crate::diagnostic::Diagnostics;
use crate::load::absolute;
use crate::source::{SourceId, Sources, Spanned};

/// Turns drafts without errors into the schema.
pub(crate) fn finish(
    drafts: Drafts,
    docs: Vec<Doc>,
    sources: Arc<Sources>,
    root: &Path,
    warnings: Diagnostics,
) -> Schema {
    let finisher = Finisher {
        drafts: &drafts.list,
        empty: drafts.by_name["q_empty"],
    };
    let mut modules = Modules::new(root, &sources);
    // An array may be needed before the include that leads to the home of its elements.
    for entry in &drafts.entries {
        if let DraftEntry::Include(include) = entry {
            modules.of_path(&include.path);
        }
    }
    let mut definitions: Vec<Definition> = Vec::new();
    for entry in drafts.entries {
        match entry {
            DraftEntry::Include(include) => {
                let included = modules.of_path(&include.path);
                let module = modules.of_source(include.span.source);
                modules.add(module, Entry::Include(included, include.span));
            }
            DraftEntry::Definition(id) => {
                let module = finisher
                    .home(id)
                    .map_or(BUILTIN, |at| modules.of_source(at));
                modules.add(module, Entry::Definition(id));
                definitions.push(finisher.definition(id, module));
            }
        }
    }
    Schema {
        sources,
        definitions,
        by_name: drafts.by_name,
        modules: modules.list,
        docs,
        warnings,
    }
}

const BUILTIN: ModuleId = ModuleId(0);

/// The modules in the order in which the schema comes to them.
struct Modules<'a> {
    list: Vec<Module>,
    by_path: HashMap<PathBuf, ModuleId>,
    by_source: HashMap<SourceId, ModuleId>,
    root: &'a Path,
    sources: Arc<Sources>,
}

impl<'a> Modules<'a> {
    fn new(root: &'a Path, sources: &Arc<Sources>) -> Self {
        let mut modules = Self {
            list: Vec::new(),
            by_path: HashMap::new(),
            by_source: HashMap::new(),
            root,
            sources: Arc::clone(sources),
        };
        modules.list.push(Module {
            name: "./builtin".to_owned(),
            entries: Vec::new(),
        });
        modules.of_path(root);
        modules
    }

    fn of_path(&mut self, path: &Path) -> ModuleId {
        let root = self.root;
        let list = &mut self.list;
        *self.by_path.entry(absolute(path)).or_insert_with(|| {
            list.push(Module {
                name: module::name(path, root),
                entries: Vec::new(),
            });
            ModuleId(list.len() - 1)
        })
    }

    fn of_source(&mut self, source: SourceId) -> ModuleId {
        if let Some(&module) = self.by_source.get(&source) {
            return module;
        }
        let sources = Arc::clone(&self.sources);
        let module = self.of_path(sources.get(source).path());
        self.by_source.insert(source, module);
        module
    }

    fn add(&mut self, module: ModuleId, entry: Entry) {
        self.list[module.0].entries.push(entry);
    }
}

struct Finisher<'a> {
    drafts: &'a [Draft],
    /// The object without members.
    empty: Id,
}

impl Finisher<'_> {
    /// The file of a definition; an array is at home where its elements are.
    fn home(&self, id: Id) -> Option<SourceId> {
        let draft = &self.drafts[id.index()];
        let draft = match &draft.kind {
            DraftKind::Array { element } => &self.drafts[self.target(element).index()],
            _ => draft,
        };
        draft.at.map(|at| at.name.source)
    }

    /// What a reference names. The checks have followed all that a schema without errors has.
    fn target(&self, reference: &Reference) -> Id {
        reference.id().unwrap_or(self.empty)
    }

    fn definition(&self, id: Id, module: ModuleId) -> Definition {
        let draft = &self.drafts[id.index()];
        Definition {
            name: draft.name.clone(),
            span: draft.at.map(|at| at.name),
            is_implicit: draft.is_implicit,
            module,
            doc: draft.doc.map(DocId),
            condition: condition(&draft.condition),
            features: features(&draft.features),
            kind: self.kind(&draft.kind),
        }
    }

    fn kind(&self, kind: &DraftKind) -> Kind {
        match kind {
            DraftKind::Builtin(builtin) => Kind::Builtin(*builtin),
            DraftKind::Extern => Kind::Extern,
            DraftKind::Enum { values, prefix } => Kind::Enum(Enum {
                values: values.iter().map(value).collect(),
                prefix: prefix.clone(),
            }),
            DraftKind::Array { element } => Kind::Array(self.target(element)),
            DraftKind::Object {
                base,
                members,
                union,
            } => Kind::Object(Object {
                base: base.as_ref().map(|base| self.target(base)),
                members: members
                    .iter()
                    .map(|member| Member {
                        name: member.name.clone(),
                        ty: self.target(&member.ty),
                        optional: member.optional,
                        condition: condition(&member.condition),
                        features: features(&member.features),
                    })
                    .collect(),
                branches: union.as_ref().and_then(|union| self.branches(union)),
            }),
            DraftKind::Alternate { alternatives } => Kind::Alternate(Alternate {
                alternatives: alternatives.iter().map(|b| self.branch(b)).collect(),
            }),
            DraftKind::Command {
                data,
                returns,
                flags,
            } => Kind::Command(Command {
                arguments: data.as_ref().map(|data| self.target(data)),
                returns: returns.as_ref().map(|returns| self.target(returns)),
                boxed: flags.boxed,
                gen_code: !flags.no_gen,
                success_response: !flags.no_success_response,
                allow_oob: flags.allow_oob,
                allow_preconfig: flags.allow_preconfig,
                coroutine: flags.coroutine,
            }),
            DraftKind::Event { data, boxed } => Kind::Event(Event {
                data: data.as_ref().map(|data| self.target(data)),
                boxed: *boxed,
            }),
        }
    }

    fn branches(&self, union: &Union) -> Option<Branches> {
        let tag = *union.tag.get()?;
        let mut branches: Vec<Branch> = union.branches.iter().map(|b| self.branch(b)).collect();
        let named: HashSet<&str> = union
            .branches
            .iter()
            .map(|b| b.name.value.as_str())
            .collect();
        if let DraftKind::Enum { values, .. } = &self.drafts[tag.index()].kind {
            let others = values
                .iter()
                .filter(|v| !named.contains(v.name.value.as_str()));
            branches.extend(others.map(|value| Branch {
                name: value.name.clone(),
                ty: self.empty,
                condition: condition(&value.condition),
            }));
        }
        Some(Branches {
            discriminator: union.discriminator.clone(),
            tag,
            branches,
        })
    }

    fn branch(&self, branch: &DraftBranch) -> Branch {
        Branch {
            name: branch.name.clone(),
            ty: self.target(&branch.ty),
            condition: condition(&branch.condition),
        }
    }
}

fn value(value: &ast::EnumValue) -> EnumValue {
    EnumValue {
        name: value.name.clone(),
        condition: condition(&value.condition),
        features: features(&value.features),
    }
}

fn condition(condition: &Option<Spanned<Condition>>) -> Option<Condition> {
    condition.as_ref().map(|condition| condition.value.clone())
}

fn features(features: &[ast::Feature]) -> Vec<Feature> {
    let feature = |feature: &ast::Feature| Feature {
        name: feature.name.clone(),
        condition: condition(&feature.condition),
    };
    features.iter().map(feature).collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::{Entry, Loader};

    #[test]
    fn an_array_is_at_home_with_its_elements() {
        let read = |path: &Path| {
            let text = match path.to_str() {
                Some("root.json") => {
                    "{ 'command': 'c', 'returns': [ 'Ab' ], 'data': { 'x': [ 'int' ] } }\n{ 'include': 'sub/ab.json' }"
                }
                _ => "{ 'struct': 'Ab', 'data': {} }",
            };
            Ok(text.into())
        };
        let schema = Loader::new().read_with(read).load("root.json").unwrap();
        let shown: Vec<_> = schema
            .modules()
            .iter()
            .skip(1)
            .map(|module| {
                let entries = module.entries.iter().map(|entry| match entry {
                    Entry::Include(id, _) => format!("include {}", schema.module(*id).name),
                    Entry::Definition(id) => schema.get(*id).name.clone(),
                });
                format!(
                    "{}: {}",
                    module.name,
                    entries.collect::<Vec<_>>().join(", ")
                )
            })
            .collect();
        assert_eq!(
            shown,
            [
                "root.json: q_obj_c-arg, c, include sub/ab.json",
                "sub/ab.json: AbList, Ab"
            ]
        );
    }
}
