//! A schema's files as parts of it.

use std::path::{Component, Path, PathBuf};

use super::id::Id;
use crate::load::absolute;
use crate::source::{Source, SourceId, Span};

/// Names a module of a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ModuleId(pub(crate) usize);

/// A file of a schema, or the part that is built in.
#[derive(Debug)]
pub struct Module {
    /// The file's path, relative to the folder of the schema's root; `./builtin` for what is built in.
    pub name: String,
    /// What it holds, in order.
    pub entries: Vec<Entry>,
}

/// What a [`Module`] holds.
#[derive(Clone, Copy, Debug)]
pub enum Entry {
    /// An include, of a file that may have been included before.
    Include(ModuleId, Span),
    /// A definition.
    Definition(Id),
}

impl ModuleId {
    /// The part that is built in.
    pub(super) const BUILTIN: Self = Self(0);

    /// The module that a file is.
    pub(super) fn of_file(file: SourceId) -> Self {
        Self(file.0 as usize + 1)
    }
}

/// The built-in module and those of the files, in the order of their ids and with no entries yet.
pub(super) fn list(files: &[&Source], root: &Path) -> Vec<Module> {
    let root = absolute(root);
    let folder = root.parent().unwrap_or(&root);
    let names = files
        .iter()
        .map(|file| name(&absolute(file.path()), folder));
    let names = std::iter::once("./builtin".to_owned()).chain(names);
    let module = |name| Module {
        name,
        entries: Vec::new(),
    };
    names.map(module).collect()
}

/// The path of a schema's file as seen from the folder of its root; both are absolute.
fn name(path: &Path, folder: &Path) -> String {
    let from: Vec<Component<'_>> = folder.components().collect();
    let to: Vec<Component<'_>> = path.components().collect();
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n(Component::ParentDir, from.len() - shared);
    let relative: PathBuf = up.chain(to[shared..].iter().copied()).collect();
    relative.display().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_relative_to_the_folder_of_the_root() {
        let name = |path: &str, folder: &str| name(Path::new(path), Path::new(folder));
        assert_eq!(name("/a/b.json", "/a"), "b.json");
        assert_eq!(name("/a/sub/c.json", "/a"), "sub/c.json");
        assert_eq!(name("/x/c.json", "/a"), "../x/c.json");
    }
}
