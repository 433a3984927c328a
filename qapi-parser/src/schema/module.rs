//! Modules: the files of a schema.

use std::path::{Component, Path, PathBuf};

use super::id::Id;
use crate::load::absolute;
use crate::source::{Source, SourceId, Span};

/// The id of a module in a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ModuleId(pub(crate) usize);

/// A file of a schema, or the module of built-in definitions.
#[derive(Debug)]
pub struct Module {
    /// The path of the file relative to the directory of the root file; `./builtin` for built-in definitions.
    pub name: String,
    /// Its entries, in order.
    pub entries: Vec<Entry>,
}

/// An entry of a [`Module`].
#[derive(Clone, Copy, Debug)]
pub enum Entry {
    /// An include. The file may have been included before.
    Include(ModuleId, Span),
    /// A definition.
    Definition(Id),
}

impl ModuleId {
    /// The module of built-in definitions.
    pub(super) const BUILTIN: Self = Self(0);

    /// The module of a file.
    pub(super) fn of_file(file: SourceId) -> Self {
        Self(file.0 as usize + 1)
    }
}

/// The built-in module and the modules of the files, in the order of their ids and without entries.
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

/// The path of a schema file relative to the directory of the root. Both arguments are absolute.
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
