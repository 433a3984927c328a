//! A program for one schema also compiles with the next one, which only adds items.

#[path = "../../../qapi-compat/tests/random/dice.rs"]
mod dice;
#[allow(dead_code)]
#[path = "../downstream/fixture.rs"]
mod fixture;
#[allow(dead_code)]
#[path = "../../../qapi-compat/tests/random/model.rs"]
mod model;
#[allow(dead_code)]
#[path = "../../../qapi-compat/tests/random/values.rs"]
mod values;

mod crates;
mod programs;
mod rules;
mod wire;

use std::path::Path;

use integration_tests::{Release, releases};
use qapi_codegen::Builder;

use fixture::{DEPENDENCIES, Fixture, success};

const BEFORE: &str = include_str!("before.json");
const AFTER: &str = include_str!("after.json");

/// The definitions that the program for QEMU uses.
const USED: [&str; 19] = [
    "BLOCK_JOB_COMPLETED",
    "DEVICE_DELETED",
    "RESET",
    "RESUME",
    "RTC_CHANGE",
    "SHUTDOWN",
    "STOP",
    "VNC_CONNECTED",
    "blockdev-add",
    "device_add",
    "device_del",
    "human-monitor-command",
    "migrate-set-parameters",
    "qmp_capabilities",
    "query-block",
    "query-blockstats",
    "query-status",
    "quit",
    "BlockdevOptionsNbd",
];

/// Compiles a program with the code from each schema, complete or limited to `only`.
fn check(name: &str, program: &str, only: &[&str], schemas: &[(String, &Path)]) {
    let fixture = Fixture::new(name);
    let package = format!("[package]\nname = \"{name}\"\nedition = \"2024\"\n[workspace]\n");
    fixture.write("Cargo.toml", &(package + DEPENDENCIES));
    let mut lib = "#![deny(warnings)]\n#![allow(deprecated)]\n".to_owned();
    for (module, schema) in schemas {
        let builder = Builder::new(schema).docs(false);
        let builder = match only {
            [] => builder,
            only => builder.only(only.iter().copied()),
        };
        let bindings = builder.generate().unwrap_or_else(|error| panic!("{error}"));
        fixture.write(&format!("src/{module}/qapi.rs"), &bindings.to_string());
        fixture.write(&format!("src/{module}/program.rs"), program);
        lib += &format!("pub mod {module} {{\n    pub mod qapi;\n    pub mod program;\n}}\n");
    }
    fixture.write("src/lib.rs", &lib);
    success(fixture.cargo(&["check"]));
}

#[test]
fn a_schema_that_only_adds_breaks_no_program() {
    let fixture = Fixture::new("compat-schemas");
    fixture.write("before.json", BEFORE);
    fixture.write("after.json", AFTER);
    let (before, after) = (fixture.path("before.json"), fixture.path("after.json"));
    check(
        "compat",
        include_str!("program.rs"),
        &[],
        &[("before".to_owned(), &before), ("after".to_owned(), &after)],
    );
}

#[test]
fn programs_keep_working_with_a_newer_qemu() {
    let Some(releases) = releases() else {
        return;
    };
    let is_modern = |release: &&Release| release.version.as_slice() >= [5, 2].as_slice();
    let schemas: Vec<_> = releases
        .iter()
        .filter(is_modern)
        .map(|release| {
            let module = release.name.replace(['.', '-'], "_");
            (module, release.schemas[0].as_path())
        })
        .collect();
    assert!(schemas.len() > 1);
    check("compat-releases", include_str!("qemu.rs"), &USED, &schemas);
}
