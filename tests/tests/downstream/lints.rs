//! Generated code under strict lints.

use integration_tests::{root, skip};
use qapi_codegen::Builder;

use crate::fixture::{DEPENDENCIES, Fixture, success};

const EDITIONS: [&str; 2] = ["2021", "2024"];

/// A workspace with a crate of each edition.
fn fixture(name: &str) -> Fixture {
    let fixture = Fixture::new(name);
    let generate = |schema: &str| {
        let bindings = Builder::new(root().join(schema))
            .generate()
            .expect("it is a good schema");
        bindings.to_string()
    };
    let qapi = generate("schema/qapi-schema.json");
    let values = generate("tests/schemas/values.json");
    let odd_names = generate("tests/schemas/odd-names.json");
    let members = EDITIONS.map(|edition| format!("\"of-{edition}\""));
    let members = members.join(", ");
    fixture.write(
        "Cargo.toml",
        &format!("[workspace]\nresolver = \"2\"\nmembers = [{members}]\n"),
    );
    for edition in EDITIONS {
        let package = format!(
            "[package]\nname = \"of-{edition}\"\nversion = \"0.0.0\"\nedition = \"{edition}\"\n"
        );
        fixture.write(
            &format!("of-{edition}/Cargo.toml"),
            &(package + DEPENDENCIES),
        );
        fixture.write(
            &format!("of-{edition}/src/lib.rs"),
            // The types of odd names form one long chain, which rustdoc follows to decide whether they are `Send`.
            "//! A strict user.\n\
             #![recursion_limit = \"1024\"]\n\
             #![deny(warnings, missing_docs, unreachable_pub, clippy::all)]\n\
             #![forbid(unsafe_code)]\n\
             pub mod odd_names;\n\
             pub mod qapi;\n\
             pub mod values;\n",
        );
        // A program with a private module, which uses only parts of it.
        fixture.write(
            &format!("of-{edition}/src/main.rs"),
            "//! A program of a strict user.\n\
             #![deny(warnings, clippy::all)]\n\
             mod odd_names;\n\
             mod qapi;\n\
             fn main() {\n\
                 let line = std::env::args().nth(1).unwrap_or_default();\n\
                 let message = serde_json::from_str::<qapi::EventMessage>(&line);\n\
                 if let Ok(qapi::EventMessage { event: qapi::Event::RtcChange(change), .. }) = message {\n\
                     println!(\"{}\", change.offset);\n\
                 }\n\
             }\n",
        );
        let documented = |text: &str| format!("//! Generated.\n{text}");
        fixture.write(&format!("of-{edition}/src/qapi.rs"), &documented(&qapi));
        fixture.write(&format!("of-{edition}/src/values.rs"), &documented(&values));
        fixture.write(
            &format!("of-{edition}/src/odd_names.rs"),
            &documented(&odd_names),
        );
    }
    fixture
}

#[test]
fn clippy_has_no_warnings() {
    let fixture = fixture("clippy");
    let version = fixture.cargo(&["clippy", "--version"]).output();
    if !version.is_ok_and(|output| output.status.success()) {
        skip("there is no cargo clippy");
        return;
    }
    success(fixture.cargo(&["clippy", "--workspace", "--all-targets"]));
}

#[test]
fn rustdoc_has_no_warnings() {
    let fixture = fixture("rustdoc");
    let mut doc = fixture.cargo(&["doc", "--workspace", "--no-deps"]);
    doc.env("RUSTDOCFLAGS", "-D warnings");
    success(doc);
    // Examples are not run.
    let doctests = success(fixture.cargo(&["test", "--workspace", "--doc"]));
    assert_eq!(
        doctests.matches("0 passed; 0 failed").count(),
        EDITIONS.len(),
        "{doctests}"
    );
}
