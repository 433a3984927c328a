//! The crates in the README compile.

use std::fs;
use std::path::Path;

use integration_tests::{root, shared};

use crate::fixture::{Fixture, success};

/// The files in the README: blocks whose first line is a comment with a path.
fn files() -> Vec<(String, String)> {
    let readme = fs::read_to_string(root().join("README.md")).expect("the README is readable");
    let blocks = readme.split("```").skip(1).step_by(2);
    let files = blocks.filter_map(|block| {
        let (_language, text) = block.split_once('\n')?;
        let path = text.lines().next()?.strip_prefix("// ");
        let path = path.or_else(|| text.lines().next()?.strip_prefix("# "))?;
        let is_file = path.ends_with(".rs") || path.ends_with(".toml");
        is_file.then(|| (path.to_owned(), text.to_owned()))
    });
    files.collect()
}

#[test]
fn the_project_of_the_readme_builds() {
    let Some(qemu) = shared("corpus/qemu-7.2") else {
        return;
    };
    let fixture = Fixture::new("readme");
    let files = files();
    assert!(files.len() >= 5, "{files:?}");
    let folder = |path: &Path| {
        let path = path.canonicalize().expect("the path exists");
        format!("{}/", path.display())
    };
    let (qapi, qemu) = (folder(root()), folder(&qemu));
    for (path, text) in files {
        let text = text
            .replace("../../qapi/", &qapi)
            .replace("../qapi/", &qapi)
            .replace("../../qemu/", &qemu);
        fixture.write(&path, &text);
    }
    success(fixture.cargo(&["build", "--quiet"]));
}
