//! Types that fit several schemas.

use std::fs;
use std::path::PathBuf;

use qapi_codegen::{Builder, Error};
use tempfile::TempDir;

struct Schemas(TempDir);

impl Schemas {
    /// The schemas of a new and an old QEMU, each in its own folder.
    fn new(new: &str, old: &str) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for (name, text) in [("qemu-10.0", new), ("qemu-7.2", old)] {
            let folder = folder.path().join(name);
            fs::create_dir(&folder).expect("a folder");
            fs::write(folder.join("schema.json"), text).expect("a file");
        }
        Self(folder)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name).join("schema.json")
    }

    fn builder(&self) -> Builder {
        let builder = Builder::new(self.path("qemu-10.0"));
        builder.compatible_with(self.path("qemu-7.2"))
    }

    fn code(&self) -> String {
        let bindings = self.builder().generate();
        bindings
            .unwrap_or_else(|error| panic!("{error}"))
            .to_string()
    }
}

/// A struct or an enum of the code.
fn item<'a>(code: &'a str, name: &str) -> &'a str {
    let start = code
        .find(&format!(" {name} {{"))
        .unwrap_or_else(|| panic!("no {name}"));
    let length = code[start..]
        .find("\n    }\n")
        .or(code[start..].find("\n}\n"));
    &code[start..start + length.expect("an end")]
}

#[test]
fn items_that_some_schemas_lack_are_optional_and_documented() {
    let schemas = Schemas::new(
        "{ 'struct': 'Status', 'data': { 'running': 'bool', 'mode': 'str', 'both': 'int' } }
         { 'command': 'query-status', 'returns': 'Status' }
         { 'command': 'fresh' }",
        "{ 'struct': 'StatusInfo', 'data': { 'running': 'bool', 'singlestep': 'bool', '*both': 'size' } }
         { 'command': 'query-status', 'returns': 'StatusInfo' }
         { 'event': 'GONE' }",
    );
    let code = schemas.code();
    let status = item(&code, "Status");
    for line in [
        "pub running: bool,",
        "/// Only in QEMU's qemu-10.0 schema.\n    pub mode: Option<String>,",
        "/// Only in QEMU's qemu-7.2 schema.\n    pub singlestep: Option<bool>,",
        "pub both: Option<u64>,",
    ] {
        assert!(status.contains(line), "no {line} in {status}");
    }
    // The first schema gives the names.
    assert!(!code.contains("StatusInfo"));
    assert!(
        code.contains("/// Only in QEMU's qemu-7.2 schema.\n    #[derive"),
        "{code}"
    );
}

#[test]
fn new_takes_members_that_any_schema_requires() {
    let schemas = Schemas::new(
        "{ 'command': 'go', 'data': { 'to': 'str', '*pace': 'int', 'soft': 'bool' } }",
        "{ 'command': 'go', 'data': { 'to': 'str', 'pace': 'int', 'hard': 'bool' } }",
    );
    let code = schemas.code();
    let go = item(&code, "Go");
    // All schemas have `pace`, and one requires it; each of the others is missing in one schema.
    for field in [
        "pub pace: i64,",
        "pub soft: Option<bool>,",
        "pub hard: Option<bool>,",
    ] {
        assert!(go.contains(field), "no {field} in {go}");
    }
    let new = code.split_once("impl commands::Go {").expect("an impl").1;
    let (new, _) = new.split_once("-> Self").expect("a function");
    for argument in ["to: ", "pace: i64", "soft: bool", "hard: bool"] {
        assert!(new.contains(argument), "no {argument} in {new}");
    }
}

#[test]
fn the_type_that_holds_both_is_used() {
    let schemas = Schemas::new(
        "{ 'enum': 'Capture', 'data': [ 'none', 'stdout' ] }
         { 'alternate': 'CaptureOutput', 'data': { 'flag': 'bool', 'mode': 'Capture' } }
         { 'command': 'exec', 'data': { '*capture': 'CaptureOutput', '*names': [ 'Capture' ] } }
         { 'enum': 'Kind', 'data': [ 'file' ] }
         { 'struct': 'FileWrapper', 'data': { 'data': 'str' } }
         { 'union': 'Backend', 'base': { 'type': 'Kind' }, 'discriminator': 'type', 'data': { 'file': 'FileWrapper' } }
         { 'command': 'add', 'data': { 'backend': 'Backend' } }",
        "{ 'command': 'exec', 'data': { '*capture': 'bool', '*names': [ 'str' ] } }
         { 'union': 'Backend', 'data': { 'file': 'str', 'null': 'int' } }
         { 'command': 'add', 'data': { 'backend': 'Backend' } }",
    );
    let code = schemas.code();
    let exec = item(&code, "Exec");
    assert!(
        exec.contains("pub capture: Option<super::CaptureOutput>,"),
        "{exec}"
    );
    assert!(
        exec.contains("pub names: Option<Vec<super::Capture>>,"),
        "{exec}"
    );
    let branches = item(&code, "BackendBranch");
    assert!(branches.contains("File(FileWrapper),"), "{branches}");
    assert!(branches.contains("Null(i64),"), "{branches}");
}

#[test]
fn different_types_with_one_name_are_two() {
    let schemas = Schemas::new(
        "{ 'struct': 'Info', 'data': { 'a': 'str' } }\n{ 'command': 'query-new', 'returns': 'Info' }",
        "{ 'enum': 'Info', 'data': [ 'b' ] }
         { 'struct': 'Old', 'data': { 'info': 'Info' } }
         { 'command': 'query-old', 'returns': 'Old' }",
    );
    let code = schemas.code();
    assert!(item(&code, "Info").contains("pub a: String,"));
    assert!(code.contains("pub enum InfoQemu72 {"));
}

#[test]
fn return_values_with_nothing_in_common_are_an_error_with_both_places() {
    for (new, old, wanted) in [
        (
            "{ 'command': 'go', 'returns': 'int' }",
            "{ 'command': 'go', 'returns': [ 'str' ] }",
            "the return value of 'go' is 'int' in one schema and a list of 'str' in another",
        ),
        (
            "{ 'command': 'go' }",
            "{ 'command': 'go', 'returns': 'int' }",
            "'go' returns a value that is not an object in one schema, and nothing in another",
        ),
    ] {
        let Err(error @ Error::Merge(_)) = Schemas::new(new, old).builder().generate() else {
            panic!("it is an error");
        };
        let text = error.to_string();
        for part in [
            wanted,
            "qemu-10.0/schema.json:1:",
            "qemu-7.2/schema.json:1:",
        ] {
            assert!(text.contains(part), "{text}");
        }
    }
}

#[test]
fn types_with_nothing_in_common_are_an_error_with_both_places() {
    let schemas = Schemas::new(
        "{ 'struct': 'Info', 'data': { 'a': 'str' } }
         { 'command': 'go', 'data': { 'it': 'Info' } }\n{ 'command': 'stop' }",
        "{ 'command': 'go', 'data': { 'it': [ 'int' ] } }\n{ 'command': 'stop' }",
    );
    let Err(error @ Error::Merge(_)) = schemas.builder().generate() else {
        panic!("it is an error");
    };
    let text = error.to_string();
    assert!(
        text.contains("'it' is struct 'Info' in one schema and a list of 'int' in another"),
        "{text}"
    );
    for place in ["qemu-10.0/schema.json:2:", "qemu-7.2/schema.json"] {
        assert!(text.contains(place), "{text}");
    }
    assert!(
        text.contains("`only`") && text.contains("`extern_type`"),
        "{text}"
    );
    // The ways to fix it.
    assert!(schemas.builder().only(["stop"]).generate().is_ok());
    assert!(
        schemas
            .builder()
            .extern_type("Info", "crate::Info")
            .generate()
            .is_ok()
    );
}

#[test]
fn cargo_reruns_for_all_files() {
    let schemas = Schemas::new("{ 'event': 'A' }", "{ 'event': 'B' }");
    let bindings = schemas.builder().generate().expect("it is generated");
    assert_eq!(
        bindings.files(),
        [schemas.path("qemu-10.0"), schemas.path("qemu-7.2")]
    );
}
