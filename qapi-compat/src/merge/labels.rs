//! Names of schemas, derived from their paths.

use std::path::{Component, Path};

/// A short unique name for each path: the folder or file in which it differs from the others.
pub(super) fn labels(paths: &[&Path]) -> Vec<String> {
    let parts: Vec<Vec<String>> = paths.iter().map(|path| parts(path)).collect();
    let shared = (0..).take_while(|&index| {
        let first = parts.first().and_then(|parts| parts.get(index));
        first.is_some() && parts.iter().all(|parts| parts.get(index) == first)
    });
    let shared = shared.count();
    let short: Vec<String> = parts
        .iter()
        .map(|parts| parts.get(shared).cloned().unwrap_or_default())
        .collect();
    let is_unique = |name: &String| short.iter().filter(|it| *it == name).count() == 1;
    parts
        .iter()
        .zip(&short)
        .map(
            |(parts, short)| match !short.is_empty() && is_unique(short) {
                true => short.clone(),
                false => parts.get(shared..).unwrap_or_default().join("/"),
            },
        )
        .zip(paths)
        .map(|(label, path)| match label.is_empty() {
            true => path.display().to_string(),
            false => label,
        })
        .collect()
}

/// The folders and the file of a path, without the file's extension.
fn parts(path: &Path) -> Vec<String> {
    let path = path.with_extension("");
    let names = path.components().filter_map(|part| match part {
        Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
        _ => None,
    });
    names.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_the_part_in_which_paths_differ() {
        let labels = |paths: &[&str]| {
            let paths: Vec<&Path> = paths.iter().map(Path::new).collect();
            labels(&paths)
        };
        let qemu = [
            "../qemu-10.2/qapi/qapi-schema.json",
            "../qemu-7.2/qapi/qapi-schema.json",
        ];
        assert_eq!(labels(&qemu), ["qemu-10.2", "qemu-7.2"]);
        let moved = [
            "c/qemu-11.1/qapi/qapi-schema.json",
            "c/qemu-2.3/qapi-schema.json",
        ];
        assert_eq!(labels(&moved), ["qemu-11.1", "qemu-2.3"]);
        assert_eq!(
            labels(&["schema/new.json", "schema/old.json"]),
            ["new", "old"]
        );
        assert_eq!(
            labels(&["a/b/x.json", "a/c/x.json", "a/b/y.json"]),
            ["b/x", "c", "b/y"]
        );
    }
}
