//! The generated code as a whole.

use std::fs;

use integration_tests::root;
use qapi_codegen::{Builder, Error};

use crate::fixture::{DEPENDENCIES, Fixture, success};
use crate::support::{SCHEMA, builder, generated};

#[test]
fn all_options_that_do_not_fit_are_reported() {
    let builder = builder("several", SCHEMA);
    let error = builder
        .only(["Depp", "Deep", "Plane"])
        .derive("a b")
        .generate();
    let error = error.unwrap_err().to_string();
    let calls = error
        .lines()
        .filter_map(|line| line.split(" in the build script").next());
    assert_eq!(
        calls.collect::<Vec<_>>(),
        [
            "`.only([\"Depp\"])`",
            "`.only([\"Plane\"])`",
            "`.derive(\"a b\")`"
        ]
    );
}

#[test]
fn documentation_can_be_omitted() {
    let schema = root().join("schema/showcase.json");
    let with = generated(&Builder::new(&schema));
    let without = generated(&Builder::new(&schema).docs(false));
    assert!(with.contains("A lamp above a bed.") && !without.contains("A lamp above a bed."));
    assert!(!without.contains("Since QEMU"));
    // Attributes are kept.
    assert!(without.contains("#[deprecated]"));
}

#[test]
fn the_output_is_deterministic_and_is_written_as_displayed() {
    let schema = root().join("schema/showcase.json");
    let first = Builder::new(&schema).generate().expect("it is good");
    let second = Builder::new(&schema).generate().expect("it is good");
    assert_eq!(first.to_string(), second.to_string());
    let fixture = Fixture::new("options-written");
    first
        .write_to(fixture.path("qapi.rs"))
        .expect("it can be written");
    let written = fs::read_to_string(fixture.path("qapi.rs")).expect("it is there");
    assert_eq!(written, first.to_string());
    assert_eq!(first.files(), [schema]);
    let elsewhere = first.write_to(fixture.path("no/such/folder/qapi.rs"));
    assert!(matches!(elsewhere, Err(Error::Unwritable { .. })));
}

#[test]
fn the_code_compiles_with_any_options() {
    let mine = "pub mod mine {
    pub type Deep = ::serde_json::Value;
    pub type Text = ::std::string::String;
}
";
    let builders = [
        ("undecided", builder("c1", SCHEMA)),
        (
            "yes",
            builder("c2", SCHEMA)
                .config("CONFIG_B", true)
                .config("CONFIG_FANCY", true),
        ),
        (
            "no",
            builder("c3", SCHEMA)
                .config("CONFIG_B", false)
                .config("CONFIG_FANCY", false),
        ),
        ("event", builder("c4", SCHEMA).only(["HAPPENED"])),
        (
            "event_without_data",
            builder("c5", SCHEMA).only(["FANCY_HAPPENED"]),
        ),
        ("command", builder("c6", SCHEMA).only(["get-union"])),
        (
            "command_without_arguments",
            builder("c7", SCHEMA).only(["do-nothing"]),
        ),
        ("one_enum", builder("c8", SCHEMA).only(["Kind"])),
        ("one_struct", builder("c9", SCHEMA).only(["Alone"])),
        ("one_union", builder("c10", SCHEMA).only(["Union"])),
        ("one_alternate", builder("c11", SCHEMA).only(["Either"])),
        (
            "one_alternate_without_objects",
            builder("c19", SCHEMA)
                .config("CONFIG_FANCY", false)
                .only(["Either"]),
        ),
        (
            "theirs",
            builder("c12", SCHEMA).extern_type("Deep", "crate::mine::Deep"),
        ),
        (
            "branch",
            builder("c13", SCHEMA).extern_type("Plain", "crate::mine::Deep"),
        ),
        (
            "enumeration",
            builder("c14", SCHEMA).extern_type("Ribbon", "crate::mine::Text"),
        ),
        (
            "alternative",
            builder("c15", SCHEMA).extern_type("Fancy", "crate::mine::Deep"),
        ),
        (
            "derived",
            builder("c16", SCHEMA)
                .derive("::std::fmt::Debug")
                .derive_for("Ribbon", "std::cmp::PartialOrd")
                .attribute("#[must_use]")
                .extern_type("Deep", "u8"),
        ),
        (
            "alike",
            builder("c20", SCHEMA).extern_type("Fancy", "::std::string::String"),
        ),
        ("bare", builder("c17", SCHEMA).docs(false)),
        ("empty", builder("c18", "")),
        (
            "showcase",
            Builder::new(root().join("schema/showcase.json"))
                .docs(false)
                .config("CONFIG_ARCTIC", false),
        ),
    ];
    let fixture = Fixture::new("options");
    let mut lib = format!("#![deny(warnings, clippy::all)]\n{mine}");
    for (module, builder) in builders {
        fixture.write(&format!("src/{module}.rs"), &generated(&builder));
        lib += &format!("pub mod {module};\n");
    }
    fixture.write("src/lib.rs", &lib);
    let package = "[package]\nname = \"options\"\nedition = \"2024\"\n[workspace]\n";
    fixture.write("Cargo.toml", &(package.to_owned() + DEPENDENCIES));
    success(fixture.cargo(&["clippy"]));
}
