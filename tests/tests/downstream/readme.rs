//! The crates that the README shows build.

use std::fs;

use integration_tests::{root, shared};

use crate::fixture::{DEPENDENCIES, Fixture, success};

/// The files that the README shows: blocks whose first line is a comment with a path.
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
    assert!(files.len() >= 4, "{files:?}");
    let absolute = |path: std::path::PathBuf| {
        let path = path.canonicalize().expect("the path exists");
        path.display().to_string()
    };
    for (path, text) in files {
        let text = text
            .replace("../qemu/", &(absolute(qemu.clone()) + "/"))
            .replace("../qapi/", &(absolute(root().to_owned()) + "/"));
        fixture.write(&path, &text);
    }
    fixture.write(
        "Cargo.toml",
        &format!(
            "[package]\nname = \"vm-manager\"\nedition = \"2024\"\n[workspace]\nmembers = [\"vm-api\"]\n\
             {DEPENDENCIES}vm-api = {{ path = \"vm-api\" }}\n"
        ),
    );
    let output = success(fixture.cargo(&["run", "--quiet"]));
    assert!(output.contains("device_del"), "{output}");
}
