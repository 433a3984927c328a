//! Turns drafts that passed every check into the final schema.

use std::path::Path;

use foldhash::HashSet;

use super::draft::{Draft, DraftBranch, DraftEntry, DraftKind, Drafts, Reference, Union};
use super::module::{self, Entry, Module, ModuleId};
use super::{
    Alternate, Branch, Branches, Command, Definition, Doc, DocId, Enum, EnumValue, Event, Feature,
    Id, Kind, Member, Object, Section, SectionKind,
};
use crate::ast::{self, Condition};
use crate::doc;
use crate::source::{Source, SourceId, Spanned};

/// Turns valid drafts into owned definitions and the modules that contain them.
pub(crate) fn definitions(
    drafts: &Drafts<'_>,
    files: &[&Source],
    root: &Path,
) -> (Vec<Definition>, Vec<Module>) {
    let finisher = Finisher {
        drafts: &drafts.list,
        empty: drafts.by_name["q_empty"],
    };
    let mut modules = module::list(files, root);
    let mut definitions = Vec::with_capacity(drafts.list.len());
    for entry in &drafts.entries {
        match entry {
            DraftEntry::Include(include) => {
                let included = ModuleId::of_file(include.file);
                let home = ModuleId::of_file(include.span.source);
                let entry = Entry::Include(included, include.span);
                modules[home.0].entries.push(entry);
            }
            &DraftEntry::Definition(id) => {
                let home = finisher.home(id);
                let home = home.map_or(ModuleId::BUILTIN, ModuleId::of_file);
                modules[home.0].entries.push(Entry::Definition(id));
                definitions.push(finisher.definition(id, home));
            }
        }
    }
    (definitions, modules)
}

struct Finisher<'a> {
    drafts: &'a [Draft<'a>],
    /// The empty object type.
    empty: Id,
}

impl Finisher<'_> {
    /// The file of a definition. An array belongs to the file of its element type.
    fn home(&self, id: Id) -> Option<SourceId> {
        let draft = &self.drafts[id.index()];
        let draft = match &draft.kind {
            DraftKind::Array { element } => &self.drafts[self.target(element).index()],
            _ => draft,
        };
        draft.at.map(|at| at.name.source)
    }

    /// The target of a reference. The checks have resolved every reference of a valid schema.
    fn target(&self, reference: &Reference<'_>) -> Id {
        reference.id().unwrap_or(self.empty)
    }

    fn definition(&self, id: Id, module: ModuleId) -> Definition {
        let draft = &self.drafts[id.index()];
        Definition {
            name: draft.name.to_owned(),
            span: draft.at.map(|at| at.name),
            is_implicit: draft.is_implicit,
            module,
            doc: draft.doc.map(DocId),
            condition: condition(&draft.condition),
            features: features(&draft.features),
            kind: self.kind(&draft.kind),
        }
    }

    fn kind(&self, kind: &DraftKind<'_>) -> Kind {
        match kind {
            DraftKind::Builtin(builtin) => Kind::Builtin(*builtin),
            DraftKind::Extern => Kind::Extern,
            DraftKind::Enum { values, prefix } => Kind::Enum(Enum {
                values: values.iter().map(value).collect(),
                prefix: prefix.map(str::to_owned),
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
                        name: member.name.to_owned(),
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

    fn branches(&self, union: &Union<'_>) -> Option<Branches> {
        let tag = *union.tag.get()?;
        let mut branches: Vec<Branch> = union.branches.iter().map(|b| self.branch(b)).collect();
        let named: HashSet<&str> = union.branches.iter().map(|b| b.name.value).collect();
        if let DraftKind::Enum { values, .. } = &self.drafts[tag.index()].kind {
            let others = values.iter().filter(|v| !named.contains(v.name.value));
            branches.extend(others.map(|value| Branch {
                name: value.name.to_owned(),
                ty: self.empty,
                condition: condition(&value.condition),
            }));
        }
        Some(Branches {
            discriminator: union.discriminator.to_owned(),
            tag,
            branches,
        })
    }

    fn branch(&self, branch: &DraftBranch<'_>) -> Branch {
        Branch {
            name: branch.name.to_owned(),
            ty: self.target(&branch.ty),
            condition: condition(&branch.condition),
        }
    }
}

fn value(value: &ast::EnumValue<'_>) -> EnumValue {
    EnumValue {
        name: value.name.to_owned(),
        condition: condition(&value.condition),
        features: features(&value.features),
    }
}

fn condition(condition: &Option<Box<Spanned<Condition>>>) -> Option<Condition> {
    condition.as_ref().map(|condition| condition.value.clone())
}

fn features(features: &[ast::Feature<'_>]) -> Vec<Feature> {
    let feature = |feature: &ast::Feature<'_>| Feature {
        name: feature.name.to_owned(),
        condition: condition(&feature.condition),
    };
    features.iter().map(feature).collect()
}

/// Turns documentation into owned blocks.
pub(crate) fn documentation(docs: &ast::Docs<'_>) -> Vec<Doc> {
    let block = |index: usize| {
        let block = &docs.blocks[index];
        let sections = docs.sections(index).iter();
        let sections = sections.map(|section| self::section(section, block.source, &docs.runs));
        let mut sections: Vec<_> = sections.collect();
        let missing = block.missing.iter().map(|&name| Section {
            kind: SectionKind::Member(name.to_owned()),
            text: String::new(),
            span: block.span,
        });
        if !block.missing.is_empty() {
            let members_end = members_end(&sections);
            sections.splice(members_end..members_end, missing);
        }
        Doc {
            span: block.span,
            symbol: block.symbol.map(Spanned::to_owned),
            sections,
        }
    };
    (0..docs.blocks.len()).map(block).collect()
}

/// The index after the member descriptions, or where they would begin.
fn members_end(sections: &[Section]) -> usize {
    let is_text =
        |section: &&Section| matches!(section.kind, SectionKind::Intro | SectionKind::Plain);
    let is_member = |section: &&Section| matches!(section.kind, SectionKind::Member(_));
    let text = sections.iter().take_while(is_text).count();
    text + sections[text..].iter().take_while(is_member).count()
}

fn section(section: &ast::Section<'_>, source: &Source, runs: &[ast::Run]) -> Section {
    let mut text = doc::text(
        source,
        &runs[section.runs.start as usize..section.runs.end as usize],
    );
    let kind = match section.kind {
        ast::SectionKind::Intro => SectionKind::Intro,
        ast::SectionKind::Plain => SectionKind::Plain,
        ast::SectionKind::Member(name) => SectionKind::Member(name.to_owned()),
        ast::SectionKind::Feature(name) => SectionKind::Feature(name.to_owned()),
        ast::SectionKind::Bogus(name) => {
            // Kept as plain text.
            text = format!("@{}: {text}", name.value);
            SectionKind::Plain
        }
        ast::SectionKind::Returns => SectionKind::Returns,
        ast::SectionKind::Errors => SectionKind::Errors,
        ast::SectionKind::Since => SectionKind::Since,
        ast::SectionKind::Todo => SectionKind::Todo,
    };
    Section {
        kind,
        text,
        span: section.span,
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::{Entry, Loader};

    #[test]
    fn an_array_is_in_the_module_of_its_elements() {
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
