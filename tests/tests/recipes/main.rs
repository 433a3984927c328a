//! Tests the examples of `docs/client.md`: they are parts of a program, which is built and run here with a real QEMU
//! and a real guest agent.

#[allow(dead_code)]
#[path = "../downstream/fixture.rs"]
mod fixture;

use std::fs;
use std::process::Command;

use integration_tests::{root, shared, skip};
use qapi_codegen::Builder;
use tempfile::TempDir;

use fixture::{DEPENDENCIES, Fixture, success};

/// Commands and events of the recipes.
const QMP: [&str; 22] = [
    "query-status",
    "stop",
    "cont",
    "quit",
    "system_powerdown",
    "drive-mirror",
    "block-job-cancel",
    "device_add",
    "device_del",
    "blockdev-snapshot-sync",
    "screendump",
    "add-fd",
    "remove-fd",
    "migrate-set-capabilities",
    "migrate",
    "query-migrate",
    "STOP",
    "BLOCK_JOB_READY",
    "BLOCK_JOB_COMPLETED",
    "DEVICE_DELETED",
    "SHUTDOWN",
    "MIGRATION",
];

const QGA: [&str; 2] = ["guest-exec", "guest-exec-status"];

/// The programs, without the modules of generated code.
const FILES: [&str; 4] = ["main.rs", "machine.rs", "tasks.rs", "bin/whole.rs"];

fn text(path: &str) -> String {
    fs::read_to_string(root().join(path)).expect("the file is readable")
}

#[test]
fn every_block_of_the_page_is_in_the_program() {
    let program = FILES.map(|file| text(&format!("tests/recipes/src/{file}")));
    let program = program.join("\n");
    let page = text("docs/client.md");
    let blocks = page.split("\n```").skip(1).step_by(2);
    let rust: Vec<_> = blocks.filter_map(|it| it.strip_prefix("rust\n")).collect();
    assert!(rust.len() >= 10, "{} recipes", rust.len());
    for block in rust {
        // The lines are indented in the program.
        let indented = |line: &str| match line.is_empty() {
            true => "\n".to_owned(),
            false => format!("    {line}\n"),
        };
        let inside: String = block.lines().map(indented).collect();
        assert!(
            program.contains(block) || program.contains(&inside),
            "this block is not in the program:\n{block}"
        );
    }
}

#[test]
fn the_recipes_work_with_a_real_qemu() {
    let Some(release) = shared("corpus/qemu-7.2") else {
        return;
    };
    for (variable, program) in [("QEMU", "qemu-system-x86_64"), ("QEMU_GA", "qemu-ga")] {
        let program = std::env::var(variable).unwrap_or(program.to_owned());
        let path = std::env::var("PATH").unwrap_or_default() + ":/usr/sbin";
        let mut version = Command::new(&program);
        if version.env("PATH", path).arg("--version").output().is_err() {
            skip(&format!("there is no {program}"));
            return;
        }
    }
    let fixture = Fixture::new("recipes");
    let client = root().join("qapi-client");
    fixture.write(
        "Cargo.toml",
        &format!(
            "[package]\nname = \"recipes\"\nedition = \"2024\"\n{DEPENDENCIES}\
             qapi-client = {{ path = {client:?}, features = [\"fd\", \"tokio\"] }}\n\
             tokio = {{ version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }}\n[workspace]\n"
        ),
    );
    fixture.write("src/lib.rs", "//! Generated.\npub mod qga;\npub mod qmp;\n");
    let generate = |schema: &str, only: &[&str]| {
        let builder = Builder::new(release.join(schema)).client("::qapi_client");
        let bindings = builder.only(only.iter().copied()).generate();
        bindings
            .unwrap_or_else(|error| panic!("{error}"))
            .to_string()
    };
    fixture.write("src/qmp.rs", &generate("qapi/qapi-schema.json", &QMP));
    fixture.write("src/qga.rs", &generate("qga/qapi-schema.json", &QGA));
    for file in FILES {
        let path = format!("src/{file}");
        fixture.write(&path, &text(&format!("tests/recipes/{path}")));
    }
    success(fixture.cargo(&["build", "--quiet", "--bins"]));
    let directory = TempDir::new().expect("a temporary folder");
    let path = directory.path().to_str().expect("UTF-8");
    let output = success(fixture.cargo(&["run", "--quiet", "--bin", "recipes", "--", path]));
    assert!(output.contains("QEMU "), "{output}");
}
