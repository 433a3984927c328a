//! Schemas of any size, with the same mix of definitions, members, conditions and documentation as QMP, about a
//! railway.
//!
//! A size always yields the same schema, byte for byte.

mod definition;
mod part;
mod prose;

use std::fmt::Write as _;
use std::path::Path;
use std::{fs, io};

/// The number of parts in QMP; each is a file.
const PARTS: usize = 40;

/// The name of the root file.
pub const ROOT: &str = "railway.json";

/// The names and texts of the files of a schema with `size` times the size of QMP, the root first.
pub fn schema(size: usize) -> impl Iterator<Item = (String, String)> {
    let parts = (0..size * PARTS).map(|part| (name(part), part::text(part)));
    let mut root = String::from("{ 'pragma': { 'doc-required': true } }\n");
    for part in 0..size * PARTS {
        let _ = write!(root, "\n{{ 'include': '{}' }}\n", name(part));
    }
    let root = (ROOT.to_owned(), root);
    std::iter::once(root).chain(parts)
}

/// The files of the schema that a later release might have: some members have other types, and those that were
/// optional are required.
pub fn successor(size: usize) -> impl Iterator<Item = (String, String)> {
    schema(size).map(|(name, text)| (name, text.replace("'uint32'", "'size'").replace("'*", "'")))
}

fn name(part: usize) -> String {
    format!("line{part}.json")
}

/// Writes the files of a schema to a folder.
///
/// # Errors
///
/// If a file cannot be written.
pub fn write(schema: impl Iterator<Item = (String, String)>, folder: &Path) -> io::Result<()> {
    for (name, text) in schema {
        fs::write(folder.join(name), text)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;
    use std::path::{Path, PathBuf};

    use qapi_parser::{Loader, Mode};

    #[test]
    fn strict_rules_are_kept() {
        let files: HashMap<PathBuf, String> = super::schema(1)
            .map(|(name, text)| (name.into(), text))
            .collect();
        let read = |path: &Path| Ok(files[path].clone().into_bytes());
        let loader = Loader::new().mode(Mode::Strict).read_with(read);
        if let Err(error) = loader.load(super::ROOT) {
            panic!("{error}");
        }
    }
}
