//! Schemas in the dialects of old releases: the generated code compiles, and decodes and encodes the messages of
//! those releases.

#[allow(dead_code)]
#[path = "../downstream/fixture.rs"]
mod fixture;

use std::fs;

use integration_tests::shared;
use qapi_codegen::Builder;
use qapi_parser::{Loader, Mode};

use fixture::{DEPENDENCIES, Fixture, success};

/// The schemas, by the names of the modules that are generated from them.
const SCHEMAS: [(&str, &str); 4] = [
    ("alternates", include_str!("alternates.json")),
    ("strings", include_str!("strings.json")),
    ("text", include_str!("text.json")),
    ("unions", include_str!("unions.json")),
];

fn fixture(name: &str) -> Fixture {
    let fixture = Fixture::new(name);
    let package = format!("[package]\nname = \"{name}\"\nedition = \"2024\"\n[workspace]\n");
    fixture.write("Cargo.toml", &(package + DEPENDENCIES));
    fixture
}

#[test]
fn messages_of_old_releases_are_read_and_written() {
    let fixture = fixture("dialects");
    for (module, schema) in SCHEMAS {
        let path = format!("schemas/{module}.json");
        fixture.write(&path, schema);
        let bindings = Builder::new(fixture.path(&path)).generate();
        let bindings = bindings.unwrap_or_else(|error| panic!("{error}"));
        fixture.write(&format!("src/{module}.rs"), &bindings.to_string());
    }
    fixture.write("src/main.rs", include_str!("program.rs"));
    success(fixture.cargo(&["run", "--quiet"]));
}

#[test]
fn options_apply_to_old_forms() {
    let fixture = fixture("dialect-options");
    for (module, schema) in SCHEMAS {
        fixture.write(&format!("{module}.json"), schema);
    }
    let builder = |schema: &str| Builder::new(fixture.path(&format!("{schema}.json")));
    let modules = [
        // The implicit enum of a string discriminator is generated with the union.
        ("only_union", builder("strings").only(["Options"])),
        (
            "only_event",
            builder("alternates").only(["CHOSEN", "choose"]),
        ),
        (
            "without_part",
            builder("alternates").config("CONFIG_PART", false),
        ),
        (
            "without_branches",
            builder("strings").config("CONFIG_NET", false).docs(false),
        ),
        (
            "foreign",
            builder("alternates").extern_type("Which", "::serde_json::Value"),
        ),
        (
            "foreign_base",
            builder("unions").extern_type("Round", "::serde_json::Value"),
        ),
    ];
    let mut lib = "#![deny(warnings)]\n".to_owned();
    for (module, builder) in modules {
        let bindings = builder.generate();
        let bindings = bindings.unwrap_or_else(|error| panic!("{module}: {error}"));
        fixture.write(&format!("src/{module}.rs"), &bindings.to_string());
        lib += &format!("pub mod {module};\n");
    }
    fixture.write("src/lib.rs", &lib);
    success(fixture.cargo(&["check", "--quiet"]));
}

#[test]
fn every_case_from_use_is_accepted_with_a_warning_and_compiles() {
    let Some(cases) = shared("cases/dialects") else {
        return;
    };
    let fixture = fixture("dialect-cases");
    let mut modules = "#![deny(warnings)]\n".to_owned();
    for entry in fs::read_dir(cases).expect("it can be read") {
        let path = entry.expect("it can be read").path();
        let name = path.file_stem().expect("a name").to_string_lossy();
        let schema = Loader::new().load(&path);
        let schema = schema.unwrap_or_else(|error| panic!("{error}"));
        // Each warning names the release that removed the form.
        let mut hints = schema.warnings().iter().filter_map(|it| it.suggestion());
        assert!(hints.any(|hint| hint.contains(" and later ")), "{name}");
        let strict = Loader::new().mode(Mode::Strict).load(&path);
        assert!(strict.is_err(), "{name}");
        let bindings = Builder::new(&path).generate();
        let bindings = bindings.unwrap_or_else(|error| panic!("{error}"));
        let module = name.replace('-', "_");
        fixture.write(&format!("src/{module}.rs"), &bindings.to_string());
        modules += &format!("pub mod {module};\n");
    }
    fixture.write("src/lib.rs", &modules);
    success(fixture.cargo(&["check", "--quiet"]));
}
