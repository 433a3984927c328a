//! Reads files into expressions: follows includes, applies pragmas and attaches documentation.
//!
//! Implements docs/qapi.md section 2.

mod pragma;
mod read;

use std::io;
use std::path::{Component, Path, PathBuf};

use foldhash::HashMap;

use crate::arena::Arena;
use crate::ast::{Docs, Include};
use crate::diagnostic::{Diagnostic, Findings};
use crate::doc;
use crate::error::Error;
use crate::source::{Source, SourceId, Span};
use crate::syntax::{self, Object, Value, Values};

pub(crate) use pragma::Pragmas;
pub(crate) use read::read_file;

/// The maximum nesting of includes.
const MAX_INCLUDE_DEPTH: usize = 100;

/// The maximum number of files in a schema.
const MAX_FILES: usize = 10_000;

/// Reads the file at a path.
pub(crate) type Read<'a> = dyn Fn(&Path) -> io::Result<Vec<u8>> + 'a;

/// An include, or the unparsed object of a definition.
pub(crate) enum Item<'a> {
    Include(Include),
    Expression {
        value: Value<'a>,
        doc: Option<usize>,
    },
}

/// The contents of all files of a schema.
pub(crate) struct Loaded<'a> {
    /// The files, in the order of their ids.
    pub(crate) files: Vec<&'a Source>,
    pub(crate) items: Vec<Item<'a>>,
    pub(crate) docs: Docs<'a>,
    pub(crate) pragmas: Pragmas<'a>,
    /// Whether definitions may be missing because of syntax errors.
    pub(crate) incomplete: bool,
}

/// Reads the schema with the root file at `root`.
pub(crate) fn load<'a>(
    root: &Path,
    read: &Read<'_>,
    arena: &'a Arena,
    values: &'a Values,
    findings: &mut Findings,
) -> Result<Loaded<'a>, Error> {
    let bytes = read(root).map_err(|source| Error::Unreadable {
        path: root.to_owned(),
        source,
    })?;
    let mut loader = Loader {
        read,
        arena,
        values,
        findings,
        open: vec![absolute(root)],
        seen: HashMap::from_iter([(absolute(root), SourceId(0))]),
        out: Loaded {
            files: Vec::new(),
            items: Vec::new(),
            docs: Docs::default(),
            pragmas: Pragmas::default(),
            incomplete: false,
        },
    };
    loader.file(root, bytes, None);
    Ok(loader.out)
}

struct Loader<'a, 'b> {
    read: &'b Read<'b>,
    arena: &'a Arena,
    values: &'a Values,
    findings: &'b mut Findings,
    /// The current file and those that include it, starting with the root, as absolute paths.
    open: Vec<PathBuf>,
    /// The files that have been read, by absolute path.
    seen: HashMap<PathBuf, SourceId>,
    out: Loaded<'a>,
}

impl<'a> Loader<'a, '_> {
    fn file(&mut self, path: &Path, bytes: Vec<u8>, included_at: Option<Span>) {
        let (text, fault) = read::decode(bytes);
        let source = self.arena.file(path.to_owned(), text, included_at);
        self.out.files.push(source);
        if let Some(message) = fault {
            let length = source.text().len();
            let end = Span::new(source.id(), length, length);
            self.out.incomplete = true;
            self.findings
                .push(Diagnostic::error(end, message).hint("save the file as UTF-8"));
            return;
        }
        // The documentation block directly before the next object.
        let mut doc = None;
        let mut items = syntax::Items::new(self.arena, self.values, source);
        loop {
            let found = items.next();
            for old in items.old_forms() {
                self.findings.tolerate(old);
            }
            let Some(found) = found else { break };
            let syntax::Found { item, behind } = match found {
                Ok(found) => found,
                Err(fault) => {
                    self.out.incomplete = true;
                    self.findings.push(*fault);
                    doc = None;
                    continue;
                }
            };
            match item {
                syntax::Item::Comment(comment) => {
                    self.reject_doc(doc.take());
                    let is_broken_off = behind.is_some() || comment.fault.is_some();
                    doc = (!is_broken_off).then_some(self.out.docs.blocks.len());
                    doc::parse(comment, behind, source, &mut self.out.docs, self.findings);
                    self.out.incomplete |= is_broken_off;
                }
                syntax::Item::Value(value) => {
                    if let Some(fault) = behind {
                        self.out.incomplete = true;
                        self.findings.push(*fault);
                    }
                    self.value(value, source, doc.take());
                }
            }
        }
        self.reject_doc(doc);
    }

    fn value(&mut self, value: Value<'a>, source: &Source, doc: Option<usize>) {
        let Some(object) = value.as_object() else {
            let message = "top-level expression must be an object";
            self.fault(value.span(), value.span(), message);
            return;
        };
        if let Some(name) = object.get("include") {
            self.reject_doc(doc);
            self.include(object, name, source, value.span());
        } else if let Some(settings) = object.get("pragma") {
            self.reject_doc(doc);
            self.pragma(object, settings, value.span());
        } else {
            let doc = doc.filter(|&doc| self.is_about_definition(doc));
            self.out.items.push(Item::Expression { value, doc });
        }
    }

    fn fault(&mut self, directive: Span, at: Span, message: impl Into<String>) {
        self.findings
            .push(Diagnostic::error(at, message).within(directive));
    }

    /// Reports another key, at `at`, of a directive.
    fn beside(&mut self, directive: Span, at: Span, key: &str) {
        let fault = Diagnostic::error(at, format!("invalid '{key}' directive")).within(directive);
        let hint = format!("'{key}' must be the only key of its object");
        self.findings.push(fault.hint(hint));
    }

    /// Reports a block about a definition that is not followed by one.
    fn reject_doc(&mut self, doc: Option<usize>) {
        let Some(block) = doc.map(|index| &self.out.docs.blocks[index]) else {
            return;
        };
        if let Some(symbol) = &block.symbol {
            let message = format!(
                "documentation for '{}' is not followed by the definition",
                symbol.value
            );
            self.findings
                .tolerate(Diagnostic::error(symbol.span, message).within(block.span));
        }
    }

    fn is_about_definition(&mut self, doc: usize) -> bool {
        let block = &self.out.docs.blocks[doc];
        if block.symbol.is_none() {
            let line = Span::new(
                block.span.source,
                block.span.start as usize,
                block.span.start as usize + 2,
            );
            self.findings.tolerate(
                Diagnostic::error(line, "definition documentation required")
                    .within(block.span)
                    .hint("start the block with '# @NAME:' to document the definition"),
            );
        }
        block.symbol.is_some()
    }

    fn include(&mut self, object: Object<'a>, name: Value<'a>, source: &Source, span: Span) {
        if let Some((key, _)) = object.iter().find(|(key, _)| key.value != "include") {
            return self.beside(span, key.span, "include");
        }
        let at = name.span();
        let Some(name) = name.as_str() else {
            return self.fault(span, at, "value of 'include' must be a string");
        };
        let folder = source.path().parent().unwrap_or(Path::new(""));
        let path = folder.join(name);
        let absolute_path = absolute(&path);
        if let Some(&file) = self.seen.get(&absolute_path) {
            if self.open.contains(&absolute_path) {
                return self.fault(span, at, format!("inclusion loop for {name}"));
            }
            let include = Include { file, span };
            return self.out.items.push(Item::Include(include));
        }
        if self.open.len() > MAX_INCLUDE_DEPTH {
            let message = format!("includes are nested deeper than {MAX_INCLUDE_DEPTH} levels");
            return self.fault(span, at, message);
        }
        if self.seen.len() == MAX_FILES {
            return self.fault(span, at, format!("more than {MAX_FILES} files"));
        }
        match (self.read)(&path) {
            Ok(bytes) => {
                // The next file gets this id.
                let file = SourceId(self.out.files.len() as u32);
                self.out.items.push(Item::Include(Include { file, span }));
                self.seen.insert(absolute_path.clone(), file);
                self.open.push(absolute_path);
                self.file(&path, bytes, Some(span));
                self.open.pop();
            }
            Err(error) => {
                self.out.incomplete = true;
                let message = format!("can't read include file '{}': {error}", path.display());
                let hint = "paths are relative to the including file";
                self.findings
                    .push(Diagnostic::error(at, message).within(span).hint(hint));
            }
        }
    }

    fn pragma(&mut self, object: Object<'a>, settings: Value<'a>, span: Span) {
        if let Some((key, _)) = object.iter().find(|(key, _)| key.value != "pragma") {
            return self.beside(span, key.span, "pragma");
        }
        let at = settings.span();
        let Some(settings) = settings.as_object() else {
            return self.fault(span, at, "value of 'pragma' must be an object");
        };
        for (name, value) in settings.iter() {
            self.out.pragmas.set(name, value, span, self.findings);
        }
    }
}

/// An absolute path without `.` and `..`. Links are not followed, as in QEMU.
pub(crate) fn absolute(path: &Path) -> PathBuf {
    let full = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut plain = PathBuf::new();
    for part in full.components() {
        match part {
            Component::ParentDir => {
                plain.pop();
            }
            part => plain.push(part),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::schema;

    #[test]
    fn paths_are_distinguished_by_name() {
        assert_eq!(absolute(Path::new("/a/./b/../c")), Path::new("/a/c"));
        assert_eq!(absolute(Path::new("/../a")), Path::new("/a"));
        let here = std::env::current_dir().unwrap();
        assert_eq!(absolute(Path::new("x/../y")), here.join("y"));
    }

    #[test]
    fn documentation_belongs_to_the_definition_after_it() {
        let schema = schema(
            "##\n# Free.\n##\n\n##\n# @a:\n##\n{ 'command': 'a' }\n{ 'command': 'b' }\n\
             ##\n# @C:\n##\n{ 'event': 'C' }",
        );
        let doc = |name| {
            let definition = schema.get(schema.find(name).unwrap());
            definition.doc.map(|id| id.0)
        };
        assert_eq!((doc("a"), doc("b"), doc("C")), (Some(1), None, Some(2)));
        assert_eq!(schema.docs().len(), 3);
    }
}
