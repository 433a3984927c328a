//! Schemas with names that are problematic in Rust, and with large numbers of items: they compile without a warning in
//! each edition, and values survive decoding and encoding.

#[allow(dead_code)]
#[path = "../downstream/fixture.rs"]
mod fixture;
mod samples;

use std::io::Write as _;
use std::process::Stdio;

use integration_tests::{releases, root};
use qapi_codegen::Builder;

use fixture::{DEPENDENCIES, Fixture};
use samples::Samples;

/// Compiles the code generated from the schema at `root` with `edition`, and runs a program that decodes and encodes
/// values of all its types.
fn round_trip(name: &str, root: &str, edition: &str) {
    let samples = Samples::of(root);
    let fixture = Fixture::new(name);
    fixture.write("schema.json", &samples.schema);
    let bindings = Builder::new(fixture.path("schema.json")).generate();
    let name = name.replace('.', "-");
    let package = format!("[package]\nname = \"{name}\"\nedition = \"{edition}\"\n[workspace]\n");
    fixture.write("Cargo.toml", &(package + DEPENDENCIES));
    fixture.write("src/main.rs", include_str!("program.rs"));
    fixture.write(
        "src/qapi.rs",
        &bindings.expect("it is generated").to_string(),
    );
    let mut program = fixture.cargo(&["run", "--quiet"]);
    let mut program = program
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("cargo runs");
    let mut stdin = program.stdin.take().expect("it is piped");
    let lines = samples.lines.join("\n");
    let writer = std::thread::spawn(move || stdin.write_all(lines.as_bytes()));
    let output = program.wait_with_output().expect("it ends");
    writer
        .join()
        .expect("it ends")
        .expect("it is read to its end");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stdout)
    );
}

fn schema(name: &str) -> String {
    let path = root().join("tests/schemas").join(name);
    path.display().to_string()
}

#[test]
fn odd_names_compile_and_round_trip() {
    // The lints of other editions are among the tests in `downstream`.
    round_trip("odd-names", &schema("odd-names.json"), "2021");
}

#[test]
fn types_of_releases_round_trip() {
    let Some(releases) = releases() else {
        return;
    };
    // QEMU 6.1 is the last with simple unions.
    let with_simple_unions = releases
        .iter()
        .rfind(|it| it.version.as_slice() < [6, 2].as_slice());
    for release in with_simple_unions.into_iter().chain(releases.last()) {
        let root = release.schemas[0].display().to_string();
        round_trip(&release.name, &root, "2024");
    }
}

#[test]
fn many_items_compile_and_round_trip() {
    let fixture = Fixture::new("great-numbers-schema");
    fixture.write("numbers.json", &great_numbers());
    let path = fixture.path("numbers.json").display().to_string();
    round_trip("great-numbers", &path, "2024");
}

/// A struct with a thousand members, an enum with as many values, a union with two hundred branches, and so on.
fn great_numbers() -> String {
    let many = |count: usize, item: &dyn Fn(usize) -> String| -> String {
        (0..count).map(item).collect::<Vec<_>>().join(",\n  ")
    };
    let types = ["int", "str", "bool", "uint64", "Value", "Small"];
    let ty = |i: usize| types[i % types.len()];
    let optional = many(1000, &|i| format!("'*m{i}': '{}'", ty(i)));
    let required = many(300, &|i| format!("'m{i}': '{}'", ty(i)));
    let lists = many(100, &|i| format!("'m{i}': [ '{}' ]", ty(i)));
    let values = many(1000, &|i| format!("'v{i}'"));
    let branches = many(200, &|i| format!("'v{i}': 'Branch{i}'"));
    let mut schema = format!(
        "{{ 'struct': 'Small', 'data': {{ 'a': 'int' }} }}\n\
         {{ 'enum': 'Value', 'data': [ {values} ] }}\n\
         {{ 'struct': 'Optional', 'data': {{ {optional} }} }}\n\
         {{ 'struct': 'Required', 'data': {{ {required} }} }}\n\
         {{ 'struct': 'Lists', 'data': {{ {lists} }} }}\n\
         {{ 'union': 'Union', 'base': {{ 'value': 'Value', 'id': 'str' }},\n  \
            'discriminator': 'value', 'data': {{ {branches} }} }}\n\
         {{ 'command': 'take-all', 'data': 'Required', 'returns': 'Union' }}\n"
    );
    for i in 0..200 {
        let members = format!("{{ 'b{i}': 'int', '*c{i}': 'Small' }}");
        schema += &format!("{{ 'struct': 'Branch{i}', 'data': {members} }}\n");
        schema += &format!("{{ 'event': 'EVENT_{i}', 'data': {members} }}\n");
        schema += &format!("{{ 'command': 'command-{i}', 'data': {members} }}\n");
    }
    schema
}
