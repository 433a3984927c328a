//! The schemas of all releases at hand: what is generated from each compiles without a warning of the compiler's,
//! clippy's or rustdoc's.

#[allow(dead_code)]
#[path = "../downstream/fixture.rs"]
mod fixture;

use std::fs;
use std::path::{Path, PathBuf};

use integration_tests::{shared, skip};
use qapi_codegen::Builder;

use fixture::{DEPENDENCIES, Fixture, success};

/// The schemas of a release, each with the name of a module.
fn schemas(release: &Path) -> Vec<(&'static str, PathBuf)> {
    let candidates = [
        ("qmp", "qapi/qapi-schema.json"),
        // Up to 2.11.
        ("qmp", "qapi-schema.json"),
        ("qga", "qga/qapi-schema.json"),
    ];
    let schemas = candidates.map(|(kind, path)| (kind, release.join(path)));
    schemas
        .into_iter()
        .filter(|(_, path)| path.exists())
        .collect()
}

/// The releases at hand, the newest last.
fn releases(corpus: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(corpus).expect("it can be read");
    let mut releases: Vec<_> = entries
        .map(|entry| entry.expect("it can be read").path())
        .filter(|path| !schemas(path).is_empty())
        .collect();
    let version = |path: &PathBuf| -> Vec<u32> {
        let name = path.file_name().expect("it has one").to_string_lossy();
        let numbers = name.split(|c: char| !c.is_ascii_digit());
        numbers.filter_map(|number| number.parse().ok()).collect()
    };
    releases.sort_by_key(version);
    releases
}

/// A workspace with a crate for each release, which has a module for each schema.
fn fixture(name: &str, corpus: &Path) -> Fixture {
    let fixture = Fixture::new(name);
    let releases = releases(corpus);
    let mut members = Vec::new();
    for release in &releases {
        let member = release.file_name().expect("it has one").to_string_lossy();
        let member = member.replace('.', "-");
        let is_newest = Some(release) == releases.last();
        let mut modules = Vec::new();
        for (module, path) in schemas(release) {
            for (module, docs) in [(module.to_owned(), true), (format!("{module}_bare"), false)] {
                if !docs && !is_newest {
                    continue;
                }
                let bindings = Builder::new(&path).docs(docs).generate();
                let bindings = bindings.unwrap_or_else(|error| panic!("{error}"));
                let path = format!("{member}/src/{module}.rs");
                fixture.write(&path, &bindings.to_string());
                modules.push(format!("pub mod {module};\n"));
            }
        }
        let package = format!("[package]\nname = \"{member}\"\nedition = \"2024\"\n");
        fixture.write(&format!("{member}/Cargo.toml"), &(package + DEPENDENCIES));
        fixture.write(
            &format!("{member}/src/lib.rs"),
            &format!("#![deny(warnings, clippy::all)]\n{}", modules.concat()),
        );
        members.push(format!("{member:?}"));
    }
    assert!(!members.is_empty(), "the corpus has releases");
    let workspace = format!(
        "[workspace]\nresolver = \"2\"\nmembers = [{}]\n",
        members.join(", ")
    );
    fixture.write("Cargo.toml", &workspace);
    fixture
}

#[test]
fn every_release_compiles_and_clippy_has_nothing_to_say() {
    let Some(corpus) = shared("corpus") else {
        return;
    };
    let fixture = fixture("corpus-clippy", &corpus);
    let version = fixture.cargo(&["clippy", "--version"]).output();
    if !version.is_ok_and(|output| output.status.success()) {
        skip("there is no cargo clippy");
        return;
    }
    success(fixture.cargo(&["clippy", "--workspace"]));
}

#[test]
fn rustdoc_has_nothing_to_say_of_any_release() {
    let Some(corpus) = shared("corpus") else {
        return;
    };
    let fixture = fixture("corpus-rustdoc", &corpus);
    let mut doc = fixture.cargo(&["doc", "--workspace", "--no-deps"]);
    doc.env("RUSTDOCFLAGS", "-D warnings");
    success(doc);
}
