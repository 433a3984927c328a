//! `qapi generate`.

use std::path::Path;

use super::{Fixture, shipped};

const SCHEMA: &str = "\
{ 'struct': 'Point', 'data': { 'x': 'int', 'y': { 'type': 'int', 'if': 'CONFIG_Y' } } }
{ 'event': 'MOVED', 'data': { 'to': 'Point' } }
{ 'event': 'STOPPED' }
";

#[test]
fn the_code_is_that_of_a_build_script() {
    let committed =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../generated-example/generated/qapi.rs");
    let committed = std::fs::read_to_string(committed).expect("the committed code");
    let fixture = Fixture::new(&[]);
    let (schema, fixture) = (shipped(), &fixture);
    let ran = fixture.run(&["generate", schema.to_str().unwrap()]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    assert!(ran.out == committed, "other code than in generated-example");
    let ran = fixture.run(&["generate", schema.to_str().unwrap(), "-o", "out.rs"]);
    assert_eq!(
        (ran.status, ran.out.as_str(), ran.err.as_str()),
        (0, "", "")
    );
    assert!(fixture.read("out.rs") == committed);
}

#[test]
fn options_are_those_of_the_builder() {
    let fixture = Fixture::new(&[("s.json", SCHEMA)]);
    let generate = |options: &[&str]| {
        let ran = fixture.run(&[&["generate", "s.json"], options].concat());
        assert_eq!((ran.status, ran.err.as_str()), (0, ""), "{options:?}");
        ran.out
    };
    let plain = generate(&[]);
    assert!(plain.contains("pub y: Option<i64>"));
    assert!(generate(&["--config", "CONFIG_Y"]).contains("pub y: i64"));
    assert!(generate(&["--config", "CONFIG_Y=true"]).contains("pub y: i64"));
    assert!(!generate(&["--config", "CONFIG_Y=false"]).contains("pub y"));
    assert!(!generate(&["--only", "STOPPED"]).contains("Moved"));
    let both = generate(&["--only", "STOPPED", "--only", "MOVED"]);
    assert_eq!(both, generate(&["--only", "STOPPED,MOVED"]));
    assert!(both.contains("Stopped") && both.contains("Moved"));
    let path = generate(&["--extern-type", "Point=crate::Point<u8>"]);
    assert!(path.contains("crate::Point<u8>"));
    assert!(generate(&["--derive", "::odd::Derive"]).contains("::odd::Derive"));
    let one = generate(&["--derive-for", "Point=::odd::Derive"]);
    assert_eq!(one.matches("::odd::Derive").count(), 1);
    let client = generate(&["--client", "::qapi_client"]);
    assert!(client.contains("::qapi_client") && client.len() < plain.len());
    let attribute = "#[odd = \"a=b\"]";
    assert!(generate(&["--attribute", attribute]).contains(attribute));
    let one = generate(&["--attribute-for", &format!("Point={attribute}")]);
    assert_eq!(one.matches(attribute).count(), 1);
    assert!(!generate(&["--no-docs"]).contains("Only where QEMU has"));
    assert!(generate(&["--no-format"]).lines().count() < plain.lines().count());
}

#[test]
fn an_invalid_option_is_named_as_on_the_command_line() {
    let fixture = Fixture::new(&[("s.json", SCHEMA)]);
    let options = [
        "--only=STOPPD",
        "--config=CONFIG_Z=false",
        "--config=CONFIG_W",
        "--extern-type=Pointt=crate::P",
        "--client=a b",
        "--derive-for=Point=a b",
    ];
    let ran = fixture.run(&[&["generate", "s.json"], &options[..]].concat());
    assert_eq!((ran.status, ran.out.as_str()), (2, ""));
    assert_eq!(
        ran.err,
        "\
error: --config CONFIG_W: the schema has no condition 'CONFIG_W'; did you mean 'CONFIG_Y'?
error: --config CONFIG_Z=false: the schema has no condition 'CONFIG_Z'; did you mean 'CONFIG_Y'?
error: --only STOPPD: the schema has no definition 'STOPPD'; did you mean 'STOPPED'?
error: --extern-type Pointt=crate::P: the schema has no type 'Pointt'; did you mean 'Point'?
error: --client a b: 'a b' is not a path to a Rust crate or module; name the crate: `::qapi_client`
error: --derive-for Point=a b: 'a b' is not a path to a derive macro
"
    );
}

#[test]
fn a_schema_that_cannot_be_generated_is_rejected() {
    let bad = "{ 'event': 'STOP', 'data': 'Gone' }\n";
    let meets = "{ 'enum': 'Ab', 'data': [ 'a-b', 'aB' ] }\n";
    let fixture = Fixture::new(&[("bad.json", bad), ("meets.json", meets)]);
    let ran = fixture.run(&["generate", "bad.json", "-o", "out.rs"]);
    assert_eq!((ran.status, ran.out.as_str()), (1, ""));
    assert!(ran.err.starts_with("bad.json:1:28: error: "), "{}", ran.err);
    assert!(!fixture.folder.path().join("out.rs").exists());
    let ran = fixture.run(&["generate", "gone.json"]);
    assert_eq!((ran.status, ran.out.as_str()), (2, ""));
    let ran = fixture.run(&["generate", "meets.json", "-o", "no/such/folder/out.rs"]);
    assert_eq!((ran.status, ran.out.as_str()), (2, ""), "{}", ran.err);
    assert!(
        ran.err.starts_with("no/such/folder/out.rs: error: "),
        "{}",
        ran.err
    );
}
