//! How to load a schema: the way of the data from end to end.

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
    /// A loader that reads files and judges leniently.
    pub fn new() -> Self {
        Self {
            mode: Mode::default(),
            read: Box::new(load::read_file),
            extern_types: Vec::new(),
        }
    }

    /// Sets how strictly schemas are judged.
    pub fn mode(mut self, mode: Mode) -> Self {
        self.mode = mode;
        self
    }

    /// Takes the bytes of files, the root among them, from `read` instead of the file system.
    ///
    /// `read` is given the path of the root as it is passed to [`Loader::load`], and that of an included file joined to
    /// the folder of the including one. What it answers with an error is reported as unreadable.
    pub fn read_with(mut self, read: impl Fn(&Path) -> io::Result<Vec<u8>> + 'a) -> Self {
        self.read = Box::new(read);
        self
    }

    /// Accepts a type by this name though the schema does not define it: its definition is [`Kind::Extern`].
    ///
    /// [`Kind::Extern`]: crate::Kind::Extern
    pub fn extern_type(mut self, name: impl Into<String>) -> Self {
        self.extern_types.push(name.into());
        self
    }

    /// Loads the schema whose root is at `root`, and all that it includes.
    ///
    /// # Errors
    ///
    /// [`Error::Unreadable`] when the root cannot be read, and [`Error::Rejected`], with all independent errors, when
    /// the schema breaks a rule of the language.
    pub fn load(&self, root: impl AsRef<Path>) -> Result<Schema, Error> {
        let root = root.as_ref();
        let ((definitions, modules, docs), warnings) = self.run(root, |drafts, docs, files| {
            let (definitions, modules) = finish::definitions(drafts, files, root);
            (definitions, modules, finish::documentation(docs))
        })?;
        Ok(Schema::new(definitions, modules, docs, warnings))
    }

    /// Judges the schema whose root is at `root` as [`Loader::load`] does, but does not build it, which takes time.
    ///
    /// # Errors
    ///
    /// Those of [`Loader::load`].
    pub fn judge(&self, root: impl AsRef<Path>) -> Result<Judged, Error> {
        let (definitions, warnings) = self.run(root.as_ref(), |drafts, _, _| {
            let written = drafts.list.iter().filter(|draft| !draft.is_implicit);
            written.count()
        })?;
        Ok(Judged {
            definitions,
            warnings,
        })
    }

    /// Takes a schema from text through the last check; `finish` makes of it what is to outlive the text.
    fn run<T>(
        &self,
        root: &Path,
        finish: impl FnOnce(&Drafts<'_>, &Docs<'_>, &[&Source]) -> T,
    ) -> Result<(T, Diagnostics), Error> {
        let mut findings = Findings::new(self.mode);
        let (arena, values) = (Arena::default(), Values::default());
        // Text to syntax, with what is included.
        let loaded = load::load(root, &self.read, &arena, &values, &mut findings)?;
        // Syntax to definitions, in one name space.
        let items = expr::read(loaded.items, &loaded.docs, &loaded.pragmas, &mut findings);
        let (mut drafts, redefined) = Drafts::define(items, &arena);
        // QEMU reads all definitions before it enters one.
        redefined.into_iter().for_each(|fault| findings.push(fault));
        drafts.imply_string_tags();
        drafts.is_incomplete |= loaded.incomplete;
        drafts.define_extern(&self.extern_types);
        // Names to what they name, or to what is wrong with that.
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

/// What is known of a schema that has been accepted and was not to be built: the answer of [`Loader::judge`].
#[derive(Debug)]
#[non_exhaustive]
pub struct Judged {
    /// How many definitions are written in it.
    pub definitions: usize,
    /// What was found and does not matter to what the schema means, with the files that were read.
    pub warnings: Diagnostics,
}
