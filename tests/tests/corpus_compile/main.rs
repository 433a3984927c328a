//! The schemas of all available releases: the code generated from each compiles without a warning of the compiler,
//! clippy's or rustdoc's.

#[allow(dead_code)]
#[path = "../downstream/fixture.rs"]
mod fixture;

use integration_tests::{Release, releases, skip};
use qapi_codegen::Builder;

use fixture::{DEPENDENCIES, Fixture, success};

/// A workspace with a crate for each release, which has a module for each schema.
fn fixture(name: &str, releases: &[Release]) -> Fixture {
    let fixture = Fixture::new(name);
    let mut members = Vec::new();
    for (index, release) in releases.iter().enumerate() {
        let member = release.name.replace('.', "-");
        let is_newest = index + 1 == releases.len();
        let mut modules = Vec::new();
        // The storage daemon's schema is part of QEMU's.
        for (module, path) in ["qmp", "qga"].into_iter().zip(&release.schemas) {
            for (module, docs) in [(module.to_owned(), true), (format!("{module}_bare"), false)] {
                if !docs && !is_newest {
                    continue;
                }
                let bindings = Builder::new(path).docs(docs).generate();
                let bindings = bindings.unwrap_or_else(|error| panic!("{error}"));
                let path = format!("{member}/src/{module}.rs");
                fixture.write(&path, &bindings.to_string());
                let attribute = if docs {
                    "/// Generated."
                } else {
                    "#[allow(missing_docs)]"
                };
                modules.push(format!("{attribute}\npub mod {module};\n"));
            }
        }
        let package = format!("[package]\nname = \"{member}\"\nedition = \"2024\"\n");
        fixture.write(&format!("{member}/Cargo.toml"), &(package + DEPENDENCIES));
        fixture.write(
            &format!("{member}/src/lib.rs"),
            &format!(
                "//! A release.\n#![deny(warnings, missing_docs, clippy::all)]\n{}",
                modules.concat()
            ),
        );
        members.push(format!("{member:?}"));
    }
    let workspace = format!(
        "[workspace]\nresolver = \"2\"\nmembers = [{}]\n",
        members.join(", ")
    );
    fixture.write("Cargo.toml", &workspace);
    fixture
}

#[test]
fn every_release_compiles_without_warnings_of_clippy() {
    let Some(releases) = releases() else {
        return;
    };
    let fixture = fixture("corpus-clippy", &releases);
    let version = fixture.cargo(&["clippy", "--version"]).output();
    if !version.is_ok_and(|output| output.status.success()) {
        skip("there is no cargo clippy");
        return;
    }
    success(fixture.cargo(&["clippy", "--workspace"]));
}

#[test]
fn rustdoc_has_no_warnings_for_any_release() {
    let Some(releases) = releases() else {
        return;
    };
    let fixture = fixture("corpus-rustdoc", &releases);
    let mut doc = fixture.cargo(&["doc", "--workspace", "--no-deps"]);
    doc.env("RUSTDOCFLAGS", "-D warnings");
    success(doc);
}
