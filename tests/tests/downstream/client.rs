//! Generated code that takes the envelope from the client crate.

use integration_tests::root;
use qapi_codegen::Builder;

use crate::fixture::{DEPENDENCIES, Fixture, failure, success};

/// A crate with code from two schemas, which depends on the crate at `client`.
fn fixture(name: &str, client: &str) -> Fixture {
    let fixture = Fixture::new(name);
    fixture.write(
        "Cargo.toml",
        &format!(
            "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\
             {DEPENDENCIES}qapi-client = {{ path = {client:?} }}\n[workspace]\n"
        ),
    );
    for (schema, module) in [
        ("schema/showcase.json", "showcase"),
        ("tests/schemas/values.json", "values"),
    ] {
        let builder = Builder::new(root().join(schema)).client("::qapi_client");
        let bindings = builder.generate().expect("it is a good schema");
        fixture.write(&format!("src/{module}.rs"), &bindings.to_string());
    }
    fixture.write("src/main.rs", PROGRAM);
    fixture
}

const PROGRAM: &str = r##"
#![deny(warnings)]
mod showcase;
#[allow(dead_code)]
mod values;

use qapi_client::{Command, Execute, Message, Response};

/// Acts as a server that responds with `answer`.
fn execute<C: Command>(command: C, answer: C::Return) -> Result<C::Return, serde_json::Error>
where
    C::Return: serde::Serialize,
{
    println!("{}", serde_json::to_string(&Execute::new(command).with_id(1))?);
    let line = serde_json::to_string(&Response::success(answer).with_id(1))?;
    let response: Response<C::Return> = serde_json::from_str(&line)?;
    Ok(response.result.expect("it is a success"))
}

fn main() -> Result<(), serde_json::Error> {
    let label = execute(showcase::commands::QueryLabel::new("herbs"), "Basil".into())?;
    println!("{label}");
    let line = r#"{"timestamp": {"seconds": 1, "microseconds": 2}, "event": "NIGHTFALL"}"#;
    let message: showcase::Message = serde_json::from_str(line)?;
    let same: Message<showcase::Event> = message.clone();
    println!("{same:?}");
    let event: showcase::EventMessage = serde_json::from_str(line)?;
    println!("{}", event.event.name());
    Ok(())
}
"##;

#[test]
fn the_client_crate_has_the_envelope() {
    let client = root().join("qapi-client");
    let fixture = fixture("with-client", client.to_str().expect("UTF-8"));
    let code = std::fs::read_to_string(fixture.path("src/showcase.rs")).expect("it is there");
    assert!(!code.contains("pub struct Execute"), "it is carried");
    let output = success(fixture.cargo(&["run"]));
    for line in [
        r#"{"execute":"query-label","arguments":{"id":"herbs"},"id":1}"#,
        "Basil",
        "NIGHTFALL",
    ] {
        assert!(output.contains(line), "{line:?} is not in\n{output}");
    }
}

#[test]
fn a_client_of_another_version_is_one_error() {
    for (name, series) in [("older-client", "0_0"), ("newer-client", "9_0")] {
        let fixture = fixture(name, "client");
        fixture.write(
            "client/Cargo.toml",
            "[package]\nname = \"qapi-client\"\nversion = \"0.1.0\"\nedition = \"2024\"\n",
        );
        let module = format!("//! Fake.\npub mod for_qapi_codegen_{series} {{}}\n");
        fixture.write("client/src/lib.rs", &module);
        // The program would cause other errors.
        fixture.write(
            "src/main.rs",
            "#![allow(dead_code)]\nmod showcase;\nfn main() {}\n",
        );
        let output = failure(fixture.cargo(&["check"]));
        let is_error = |line: &&str| line.starts_with("error");
        let errors: Vec<_> = output.lines().filter(is_error).collect();
        let [first, last] = errors[..] else {
            panic!("{errors:#?}\n{output}");
        };
        assert!(last.starts_with("error: could not compile"), "{last}");
        assert!(
            first.contains("unresolved import `qapi_client::for_qapi_codegen_0_1`"),
            "{first}"
        );
        let advice = "// qapi-client and qapi-codegen must be of the same version series.";
        assert!(output.contains(advice), "{output}");
    }
}
