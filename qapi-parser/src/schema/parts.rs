//! A schema in parts, for tools that create one schema from others.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use super::{
    Definition, Doc, DocId, Entry, Feature, Id, Kind, Module, ModuleId, Schema, SectionKind,
};
use crate::diagnostic::Diagnostics;
use crate::source::{Source, SourceId, Sources, Span};

/// The mutable parts of a [`Schema`].
///
/// The rules of the language are not checked again.
///
/// ```
/// use std::collections::HashMap;
///
/// use qapi_parser::{Loader, Schema};
///
/// let load = |text: &'static str| Loader::new().read_with(move |_| Ok(text.into())).load("schema.json");
/// let mut parts = load("{ 'event': 'STOP' }")?.into_parts();
/// parts.append(load("{ 'event': 'RESUME' }")?.into_parts());
/// let schema = Schema::from_parts(parts);
/// assert!(schema.find("STOP").is_some() && schema.find("RESUME").is_some());
/// # Ok::<(), qapi_parser::Error>(())
/// ```
#[derive(Debug)]
pub struct Parts {
    /// The definitions, each at the index of its [`Id`].
    pub definitions: Vec<Definition>,
    /// The modules: the first one is built in.
    pub modules: Vec<Module>,
    /// The documentation blocks.
    pub docs: Vec<Doc>,
    sources: Vec<Source>,
}

impl Schema {
    /// Converts the schema to parts. The warnings are lost.
    pub fn into_parts(self) -> Parts {
        Parts {
            definitions: self.definitions,
            modules: self.modules,
            docs: self.docs,
            sources: self.warnings.into_sources().into_files(),
        }
    }

    /// Creates a schema from parts. The ids in `parts` must be those of its definitions.
    pub fn from_parts(parts: Parts) -> Self {
        let sources = Arc::new(Sources::new(parts.sources));
        Self {
            definitions: parts.definitions,
            by_name: OnceLock::new(),
            modules: parts.modules,
            docs: parts.docs,
            warnings: Diagnostics::none(sources),
        }
    }
}

impl Parts {
    /// Appends the contents of `other`, and returns the offset of its definitions: the definition with index `i` moves
    /// to the offset plus `i`.
    ///
    /// The built-in types of `other` are included, as definitions with the same names.
    pub fn append(&mut self, mut other: Parts) -> usize {
        let shift = Shift {
            definitions: self.definitions.len(),
            modules: self.modules.len() - 1,
            docs: self.docs.len(),
            sources: self.sources.len() as u32,
        };
        for definition in &mut other.definitions {
            ids(&mut definition.kind, &mut |id| {
                id.0 += shift.definitions as u32
            });
            spans(definition, &mut |span| shift.span(span));
            definition.module = shift.module(definition.module);
            definition.doc = definition.doc.map(|doc| shift.doc(doc));
        }
        for entry in other.modules.iter_mut().flat_map(|it| &mut it.entries) {
            match entry {
                Entry::Include(module, span) => {
                    *module = shift.module(*module);
                    shift.span(span);
                }
                Entry::Definition(id) => id.0 += shift.definitions as u32,
            }
        }
        for doc in &mut other.docs {
            doc_spans(doc, &mut |span| shift.span(span));
        }
        for source in &mut other.sources {
            source.renumber(|id| SourceId(id.0 + shift.sources));
        }
        self.definitions.append(&mut other.definitions);
        self.docs.append(&mut other.docs);
        self.sources.append(&mut other.sources);
        let mut modules = other.modules.into_iter();
        // The built-in part is one.
        if let Some(builtin) = modules.next() {
            self.modules[0].entries.extend(builtin.entries);
        }
        self.modules.extend(modules);
        shift.definitions
    }

    /// Adds a definition to its module.
    pub fn add(&mut self, definition: Definition) -> Id {
        let id = Id::new(self.definitions.len());
        let module = &mut self.modules[definition.module.0];
        module.entries.push(Entry::Definition(id));
        self.definitions.push(definition);
        id
    }

    /// Adds a documentation block.
    pub fn add_doc(&mut self, doc: Doc) -> DocId {
        self.docs.push(doc);
        DocId(self.docs.len() - 1)
    }

    /// Removes definitions. References to them are redirected to their replacements, which may also be
    /// replaced.
    pub fn replace(&mut self, replaced: &HashMap<Id, Id>) {
        let last = |mut id: Id| {
            // A cycle would be a bug of the caller, but must not cause a hang.
            for _ in 0..=replaced.len() {
                match replaced.get(&id) {
                    Some(&next) => id = next,
                    None => break,
                }
            }
            id
        };
        let mut kept = 0;
        let moved: Vec<u32> = (0..self.definitions.len())
            .map(|index| {
                let new = kept;
                kept += u32::from(!replaced.contains_key(&Id::new(index)));
                new
            })
            .collect();
        let new = |id: Id| Id(moved[last(id).index()]);
        let mut index = 0;
        self.definitions.retain_mut(|definition| {
            let is_kept = !replaced.contains_key(&Id::new(index));
            index += 1;
            if is_kept {
                ids(&mut definition.kind, &mut |id| *id = new(*id));
            }
            is_kept
        });
        for module in &mut self.modules {
            module.entries.retain_mut(|entry| match entry {
                Entry::Include(..) => true,
                Entry::Definition(id) if replaced.contains_key(id) => false,
                Entry::Definition(id) => {
                    *id = new(*id);
                    true
                }
            });
        }
    }
}

/// The offsets of the numbers of one schema when it is appended to another.
struct Shift {
    definitions: usize,
    modules: usize,
    docs: usize,
    sources: u32,
}

impl Shift {
    fn span(&self, span: &mut Span) {
        span.source.0 += self.sources;
    }

    fn module(&self, id: ModuleId) -> ModuleId {
        match id {
            ModuleId::BUILTIN => id,
            ModuleId(number) => ModuleId(number + self.modules),
        }
    }

    fn doc(&self, id: DocId) -> DocId {
        DocId(id.0 + self.docs)
    }
}

/// All ids that a definition has.
fn ids(kind: &mut Kind, change: &mut impl FnMut(&mut Id)) {
    match kind {
        Kind::Builtin(_) | Kind::Extern | Kind::Enum(_) => {}
        Kind::Array(element) => change(element),
        Kind::Object(it) => {
            it.base.iter_mut().for_each(&mut *change);
            it.members
                .iter_mut()
                .for_each(|member| change(&mut member.ty));
            if let Some(union) = &mut it.branches {
                change(&mut union.tag);
                union.branches.iter_mut().for_each(|it| change(&mut it.ty));
            }
        }
        Kind::Alternate(it) => it.alternatives.iter_mut().for_each(|it| change(&mut it.ty)),
        Kind::Command(it) => {
            it.arguments.iter_mut().for_each(&mut *change);
            it.returns.iter_mut().for_each(change);
        }
        Kind::Event(it) => it.data.iter_mut().for_each(change),
    }
}

/// All spans that a definition has.
fn spans(definition: &mut Definition, change: &mut impl FnMut(&mut Span)) {
    definition.span.iter_mut().for_each(&mut *change);
    features(&mut definition.features, change);
    match &mut definition.kind {
        Kind::Enum(it) => {
            for value in &mut it.values {
                change(&mut value.name.span);
                features(&mut value.features, change);
            }
        }
        Kind::Object(it) => {
            for member in &mut it.members {
                change(&mut member.name.span);
                features(&mut member.features, change);
            }
            if let Some(union) = &mut it.branches {
                change(&mut union.discriminator.span);
                let branches = union.branches.iter_mut();
                branches.for_each(|branch| change(&mut branch.name.span));
            }
        }
        Kind::Alternate(it) => {
            let alternatives = it.alternatives.iter_mut();
            alternatives.for_each(|it| change(&mut it.name.span));
        }
        Kind::Builtin(_) | Kind::Extern | Kind::Array(_) | Kind::Command(_) | Kind::Event(_) => {}
    }
}

fn features(features: &mut [Feature], change: &mut impl FnMut(&mut Span)) {
    features.iter_mut().for_each(|it| change(&mut it.name.span));
}

/// All spans that a documentation block has.
fn doc_spans(doc: &mut Doc, change: &mut impl FnMut(&mut Span)) {
    change(&mut doc.span);
    doc.symbol.iter_mut().for_each(|it| change(&mut it.span));
    for section in &mut doc.sections {
        change(&mut section.span);
        if let SectionKind::Member(name) | SectionKind::Feature(name) = &mut section.kind {
            change(&mut name.span);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use crate::testing::schema;
    use crate::{Kind, Schema};

    #[test]
    fn references_are_redirected_to_replacements() {
        let mut parts = schema("{ 'struct': 'Aa', 'data': { 'x': 'int' } }").into_parts();
        let other =
            schema("{ 'struct': 'Bb', 'data': { 'y': 'str' } }\n{ 'event': 'E', 'data': 'Bb' }");
        let old = parts.definitions.len();
        let shift = parts.append(other.into_parts());
        assert_eq!(shift, old);
        let find = |name: &str, from: usize| {
            let position = parts.definitions[from..]
                .iter()
                .position(|it| it.name == name);
            super::Id::new(from + position.unwrap())
        };
        let mut replaced: HashMap<_, _> = (0..shift)
            .filter(|index| parts.definitions[*index].span.is_none())
            .map(|index| (super::Id::new(shift + index), super::Id::new(index)))
            .collect();
        replaced.insert(find("Bb", shift), find("Aa", 0));
        parts.replace(&replaced);
        let schema = Schema::from_parts(parts);
        let event = schema.get(schema.find("E").unwrap());
        let Kind::Event(it) = &event.kind else {
            panic!("{event:?}");
        };
        assert_eq!(schema.get(it.data.unwrap()).name, "Aa");
        assert!(schema.find("Bb").is_none());
        let names = |name: &str| {
            schema
                .definitions()
                .filter(|(_, it)| it.name == name)
                .count()
        };
        assert_eq!((names("str"), names("strList")), (1, 1));
        let position = schema.sources().position(event.span.unwrap());
        assert_eq!((position.line, schema.sources().iter().len()), (2, 2));
    }
}
