//! Conversions into generated types: short requests compile, and no two impls overlap, whatever the schema.

#[allow(dead_code)]
#[path = "../downstream/fixture.rs"]
mod fixture;

use integration_tests::shared;
use qapi_codegen::Builder;

use fixture::{DEPENDENCIES, Fixture, success};

fn package(fixture: &Fixture, name: &str, lib: &str) {
    let package = format!("[package]\nname = \"{name}\"\nedition = \"2024\"\n[workspace]\n");
    fixture.write("Cargo.toml", &(package + DEPENDENCIES));
    fixture.write(
        "src/lib.rs",
        &format!("#![deny(warnings)]\n#![allow(dead_code)]\n{lib}"),
    );
}

#[test]
fn requests_compile_with_old_and_new_schemas() {
    let Some(corpus) = shared("corpus") else {
        return;
    };
    let fixture = Fixture::new("conversions");
    let mut lib = String::new();
    for release in ["7.2", "11.1.0-rc2"] {
        let module = format!("qemu_{}", release.replace(['.', '-'], "_"));
        for schema in ["qapi", "qga"] {
            let path = corpus.join(format!("qemu-{release}/{schema}/qapi-schema.json"));
            let bindings = Builder::new(path).docs(false).generate();
            let bindings = bindings.unwrap_or_else(|error| panic!("{error}"));
            fixture.write(&format!("src/{module}/{schema}.rs"), &bindings.to_string());
        }
        fixture.write(
            &format!("src/{module}/program.rs"),
            include_str!("program.rs"),
        );
        lib += &format!(
            "pub mod {module} {{\n    pub mod program;\n    pub mod qapi;\n    pub mod qga;\n}}\n"
        );
    }
    package(&fixture, "conversions", &lib);
    success(fixture.cargo(&["check"]));
}

#[test]
fn conversions_do_not_overlap() {
    let fixture = Fixture::new("conversions-overlap");
    fixture.write("schema.json", include_str!("overlap.json"));
    let builder = Builder::new(fixture.path("schema.json"));
    let plain = builder.generate().unwrap_or_else(|error| panic!("{error}"));
    fixture.write("src/plain.rs", &plain.to_string());
    let foreign = builder
        .extern_type("Text", "::std::string::String")
        .extern_type("Other", "::std::string::String")
        .extern_type("Plain", "::std::string::String")
        .generate()
        .unwrap_or_else(|error| panic!("{error}"));
    fixture.write("src/foreign.rs", &foreign.to_string());
    package(&fixture, "overlap", "pub mod foreign;\npub mod plain;\n");
    success(fixture.cargo(&["check"]));
}
