//! Loads schemas: the data flow from end to end.

use std::io;
use std::path::Path;
use std::sync::Arc;

use crate::arena::Arena;
use crate::ast::Docs;
use crate::diagnostic::{Diagnostics, Findings, Mode};
use crate::error::Error;
use crate::schema::Schema;
use crate::schema::draft::Drafts;
use crate::schema::finish;
use crate::source::Source;
use crate::syntax::Values;
use crate::{check, expr, load};

/// Loads schemas.
///
/// ```no_run
/// use qapi_parser::{Loader, Mode};
///
/// let schema = Loader::new()
///     .mode(Mode::Strict)
///     .load("qapi/qapi-schema.json")?;
/// println!("{} definitions", schema.definitions().len());
/// # Ok::<(), qapi_parser::Error>(())
/// ```
pub struct Loader<'a> {
    mode: Mode,
    read: Box<load::Read<'a>>,
    extern_types: Vec<String>,
}

impl<'a> Loader<'a> {
    /// Creates a loader that reads files and validates in lenient mode.
    pub fn new() -> Self {
        Self {
            mode: Mode::default(),
            read: Box::new(load::read_file),
            extern_types: Vec::new(),
        }
    }

    /// Sets how strictly schemas are validated.
    pub fn mode(mut self, mode: Mode) -> Self {
        self.mode = mode;
        self
    }

    /// Reads files, including the root, with `read` instead of from the file system.
    ///
    /// `read` gets the path of the root as it is passed to [`Loader::load`]. It gets the path of an included file joined to
    /// the directory of the including file. Errors are reported as unreadable files.
    pub fn read_with(mut self, read: impl Fn(&Path) -> io::Result<Vec<u8>> + 'a) -> Self {
        self.read = Box::new(read);
        self
    }

    /// Accepts a type by this name even if the schema does not define it. Its definition is [`Kind::Extern`].
    ///
    /// [`Kind::Extern`]: crate::Kind::Extern
    pub fn extern_type(mut self, name: impl Into<String>) -> Self {
        self.extern_types.push(name.into());
        self
    }

    /// Loads the schema with the root file at `root`, and all files that it includes.
    ///
    /// # Errors
    ///
    /// [`Error::Unreadable`] if the root cannot be read, and [`Error::Rejected`], with all independent errors, if the
    /// schema breaks a rule of the language.
    pub fn load(&self, root: impl AsRef<Path>) -> Result<Schema, Error> {
        let root = root.as_ref();
        let ((definitions, modules, docs), warnings) = self.run(root, |drafts, docs, files| {
            let (definitions, modules) = finish::definitions(drafts, files, root);
            (definitions, modules, finish::documentation(docs))
        })?;
        Ok(Schema::new(definitions, modules, docs, warnings))
    }

    /// Validates the schema like [`Loader::load`], but does not build a [`Schema`], which saves time.
    ///
    /// # Errors
    ///
    /// The same as for [`Loader::load`].
    pub fn check(&self, root: impl AsRef<Path>) -> Result<Checked, Error> {
        let (definitions, warnings) = self.run(root.as_ref(), |drafts, _, _| {
            let written = drafts.list.iter().filter(|draft| !draft.is_implicit);
            written.count()
        })?;
        Ok(Checked {
            definitions,
            warnings,
        })
    }

    /// Takes a schema from text to the last check. `finish` turns it into owned data.
    fn run<T>(
        &self,
        root: &Path,
        finish: impl FnOnce(&Drafts<'_>, &Docs<'_>, &[&Source]) -> T,
    ) -> Result<(T, Diagnostics), Error> {
        let mut findings = Findings::new(self.mode);
        let (arena, values) = (Arena::default(), Values::default());
        // From text to syntax, including all files.
        let loaded = load::load(root, &self.read, &arena, &values, &mut findings)?;
        // From syntax to definitions in one namespace.
        let items = expr::read(loaded.items, &loaded.docs, &loaded.pragmas, &mut findings);
        let (mut drafts, redefined) = Drafts::define(items, &arena);
        // QEMU reads all definitions before it enters the first.
        redefined.into_iter().for_each(|fault| findings.push(fault));
        drafts.imply_string_tags();
        drafts.is_incomplete |= loaded.incomplete;
        drafts.define_extern(&self.extern_types);
        // Resolve names and check all rules.
        let mut docs = loaded.docs;
        check::run(&drafts, &mut docs, &loaded.pragmas, &mut findings);
        let is_accepted = findings.errors() == 0;
        let finished = is_accepted.then(|| finish(&drafts, &docs, &loaded.files));
        let sources = Arc::new(arena.into_sources());
        let findings = Diagnostics::new(sources, findings.finish());
        match finished {
            Some(finished) => Ok((finished, findings)),
            None => Err(Error::Rejected(findings)),
        }
    }
}

impl Default for Loader<'_> {
    fn default() -> Self {
        Self::new()
    }
}

/// The result of [`Loader::check`] for a valid schema.
#[derive(Debug)]
#[non_exhaustive]
pub struct Checked {
    /// The number of explicit definitions.
    pub definitions: usize,
    /// Findings that do not change the meaning of the schema, and the files that were read.
    pub warnings: Diagnostics,
}
