//! The generator in a build script.

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use integration_tests::root;

use crate::fixture::{DEPENDENCIES, Fixture, failure, success};

const PROGRAM: &str = r##"
pub mod qapi {
    include!(concat!(env!("OUT_DIR"), "/qapi.rs"));
}

fn main() -> Result<(), serde_json::Error> {
    let line = r#"{"event": "DOOR", "data": {"state": "ajar"}, "timestamp": {"seconds": 1, "microseconds": 2}}"#;
    let message: qapi::EventMessage = serde_json::from_str(line)?;
    println!("{:?}", message.event);
    Ok(())
}
"##;

/// A program that prints the name of an event, and a schema in two files that declares it.
fn fixture(name: &str, build: &str) -> Fixture {
    let fixture = Fixture::new(name);
    let codegen = root().join("qapi-codegen");
    fixture.write(
        "Cargo.toml",
        &format!(
            "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\
             {DEPENDENCIES}\n[build-dependencies]\nqapi-codegen.path = {codegen:?}\n[workspace]\n"
        ),
    );
    fixture.write(
        "build.rs",
        &format!("fn main() -> Result<(), qapi_codegen::Error> {{\n{build}\n}}\n"),
    );
    fixture.write("src/main.rs", PROGRAM);
    fixture.write("schema/root.json", "{ 'include': 'sub/door.json' }\n");
    fixture.write("schema/sub/door.json", DOOR);
    fixture
}

const DOOR: &str =
    "{ 'enum': 'State', 'data': [ 'open' ] }\n{ 'event': 'DOOR', 'data': { 'state': 'State' } }\n";

#[test]
fn one_line_generates_and_builds_again_when_a_schema_changes() {
    let fixture = fixture("one-line", "qapi_codegen::compile(\"schema/root.json\")");
    let built = success(fixture.cargo(&["run", "-vv"]));
    assert!(built.contains("state: Unknown(\"ajar\")"), "{built}");
    for file in ["schema/root.json", "schema/sub/door.json"] {
        let line = format!("cargo::rerun-if-changed={file}\n");
        assert_eq!(built.matches(&line).count(), 1, "{built}");
    }
    // Nothing has changed, so the build script does not run.
    let built = success(fixture.cargo(&["run", "-vv"]));
    assert!(!built.contains("cargo::rerun-if-changed"), "{built}");
    // An included file has.
    fixture.write(
        "schema/sub/door.json",
        &DOOR.replace("'open'", "'open', 'ajar'"),
    );
    touch(&fixture.path("schema/sub/door.json"), 10);
    let built = success(fixture.cargo(&["run", "-vv"]));
    assert!(built.contains("state: Ajar"), "{built}");
}

#[test]
fn a_file_that_would_not_change_is_not_touched() {
    let fixture = fixture(
        "long-way",
        "qapi_codegen::Builder::new(\"schema/root.json\").generate()?.write_to(\"src/generated.rs\")?;\n\
         qapi_codegen::Builder::new(\"schema/root.json\").generate()?.write_to_out_dir(\"qapi.rs\")",
    );
    success(fixture.cargo(&["build"]));
    let generated = fixture.path("src/generated.rs");
    let written = modified(&generated);
    touch(&fixture.path("schema/root.json"), 10);
    let built = success(fixture.cargo(&["build", "-vv"]));
    assert!(
        built.contains("cargo::rerun-if-changed"),
        "the build script was run again: {built}"
    );
    assert_eq!(modified(&generated), written);
}

#[test]
fn a_bad_schema_fails_the_build_with_the_place_and_the_line() {
    let fixture = fixture("bad-schema", "qapi_codegen::compile(\"schema/root.json\")");
    fixture.write(
        "schema/sub/door.json",
        "{ 'enum': 'State',\n  'data': [ 'open' ] }\n\n{ 'event': 'DOOR',\n  'data': { 'state': 'Stat',\n            'by': 'Person' } }\n",
    );
    let built = failure(fixture.cargo(&["build"]));
    for line in [
        "schema/sub/door.json:5:22: error: ",
        "5 |   'data': { 'state': 'Stat',",
        "6 |             'by': 'Person' } }",
        "^^^^^^",
        "'State'",
    ] {
        assert!(built.contains(line), "{line:?} is not in\n{built}");
    }
    assert!(
        built.contains("schema/root.json:1"),
        "the chain of includes:\n{built}"
    );
    for dump in ["Rejected", "Diagnostic", "\\n", "Span"] {
        assert!(!built.contains(dump), "{dump:?} is in\n{built}");
    }
}

#[test]
fn a_missing_schema_fails_the_build_with_its_path() {
    let fixture = fixture("no-schema", "qapi_codegen::compile(\"schema/qapi.json\")");
    let built = failure(fixture.cargo(&["build"]));
    assert!(
        built.contains("schema/qapi.json: error: can't read schema file: "),
        "{built}"
    );
}

fn modified(path: &PathBuf) -> SystemTime {
    fs::metadata(path)
        .and_then(|metadata| metadata.modified())
        .expect("it is there")
}

/// Makes a file newer than its last use by cargo, without waiting for the clock.
fn touch(path: &PathBuf, seconds: u64) {
    let file = fs::File::options()
        .append(true)
        .open(path)
        .expect("it is there");
    file.set_modified(SystemTime::now() + Duration::from_secs(seconds))
        .expect("it can be set");
}
