//! Types that fit several QEMUs: they compile, and decode and encode the messages of each of the QEMUs.

#[path = "../../../qapi-compat/tests/random/dice.rs"]
mod dice;
#[allow(dead_code)]
#[path = "../downstream/fixture.rs"]
mod fixture;
#[allow(dead_code)]
#[path = "../../../qapi-compat/tests/random/values.rs"]
mod values;

use std::env;
use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use integration_tests::{shared, skip};
use qapi_codegen::Builder;
use qapi_compat::{Diff, Question, Severity, Side};
use qapi_parser::{Command as Asked, Kind, Loader, Schema};
use serde_json::{Value, json};

use dice::Dice;
use fixture::{DEPENDENCIES, Fixture, success};

/// All available releases, newest first, because names come from the first schema.
const RELEASES: [&str; 10] = [
    "11.1.0-rc2",
    "10.0.13",
    "8.2.0",
    "7.2",
    "6.1.0",
    "5.2.0",
    "3.1.0",
    "2.9.0",
    "2.5.50",
    "2.3.0",
];

/// The number of values generated for each return type.
const VALUES: usize = 4;

fn qmp(corpus: &Path, release: &str) -> PathBuf {
    let folder = corpus.join(format!("qemu-{release}"));
    // Its path up to 2.11.
    let old = folder.join("qapi-schema.json");
    match old.exists() {
        true => old,
        false => folder.join("qapi/qapi-schema.json"),
    }
}

fn qga(corpus: &Path, release: &str) -> PathBuf {
    corpus.join(format!("qemu-{release}/qga/qapi-schema.json"))
}

fn load(path: &Path) -> Schema {
    let schema = Loader::new().load(path);
    schema.unwrap_or_else(|error| panic!("{error}"))
}

/// A crate with types that fit all releases in the modules `qmp` and `qga`, and types that fit 10.0 and 7.2 in the
/// module `two`; and a program that uses the latter.
fn program(fixture: &Fixture, corpus: &Path) -> PathBuf {
    let mut arms = String::new();
    let two = ["10.0.13", "7.2"];
    for (module, root, releases) in [
        ("qmp", qmp as fn(&Path, &str) -> PathBuf, &RELEASES[..]),
        ("qga", qga, &RELEASES[..]),
        ("two", qmp, &two[..]),
    ] {
        let paths: Vec<PathBuf> = releases
            .iter()
            .map(|release| root(corpus, release))
            .collect();
        let builder = paths[1..]
            .iter()
            .fold(Builder::new(&paths[0]), Builder::compatible_with);
        // In the second module, only the commands used below.
        let asked = match module {
            "two" => questions(&load(&qmp(corpus, "7.2"))),
            _ => Vec::new(),
        };
        let builder = match &asked[..] {
            [] => builder,
            names => builder.only(names.iter().map(String::as_str)),
        };
        let bindings = builder.generate().unwrap_or_else(|error| panic!("{error}"));
        let files = bindings.files();
        assert!(paths.iter().all(|path| files.contains(path)), "{files:?}");
        let code = bindings.to_string();
        // Documentation says which QEMUs have an item.
        assert!(code.contains("/// Only in ") || code.contains("/// Not in "));
        if module == "two" {
            for (name, ident) in idents(&code) {
                let returned = format!("<two::commands::{ident} as two::Command>::Return");
                writeln!(arms, "{name:?} => check::<{returned}>(value),").expect("a string");
            }
        }
        fixture.write(&format!("src/{module}.rs"), &code);
    }
    let checks = format!(
        "use several::{{check, two}};\n\
         pub fn check_return(name: &str, value: &str) -> Result<(), String> {{\n\
         match name {{\n{arms}_ => Err(\"unknown\".to_owned()),\n}}\n}}\n"
    );
    fixture.write("src/checks.rs", &checks);
    fixture.write("src/main.rs", include_str!("program.rs"));
    fixture.write("src/lib.rs", include_str!("library.rs"));
    let package = "[package]\nname = \"several\"\nedition = \"2024\"\n[workspace]\n";
    let profile = "[profile.dev]\ndebug = false\n";
    fixture.write("Cargo.toml", &format!("{package}{DEPENDENCIES}{profile}"));
    success(fixture.cargo(&["build"]));
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("downstream/target/debug/several")
}

/// The Rust names of commands, with their names on the wire.
fn idents(code: &str) -> Vec<(&str, &str)> {
    let impls = code.split("impl Command for commands::").skip(1);
    let idents = impls.filter_map(|text| {
        let (ident, rest) = text.split_once(" {")?;
        let (_, rest) = rest.split_once("const NAME: &'static str = \"")?;
        let (name, _) = rest.split_once('"')?;
        Some((name, ident))
    });
    idents.collect()
}

/// Return values of the named commands, as lines for the program.
fn lines(schema: &Schema, names: &[String], dice: &mut Dice, lines: &mut String) {
    for name in names {
        let command = schema.find(name).map(|id| &schema.get(id).kind);
        let Some(Kind::Command(Asked { returns, .. })) = command else {
            continue;
        };
        for _ in 0..VALUES {
            let value = returns.map(|id| values::value(schema, id, dice));
            if let Some(Some(value)) = value {
                writeln!(lines, "{name}\t{value}").expect("a string");
            }
        }
    }
}

/// Passes lines to the program, which checks them.
fn check(program: &Path, lines: &str) {
    let mut child = Command::new(program)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program runs");
    let mut input = child.stdin.take().expect("a pipe");
    let text = lines.to_owned();
    let writer = std::thread::spawn(move || input.write_all(text.as_bytes()));
    let output = child.wait_with_output().expect("it ends");
    writer.join().expect("no panic").expect("it reads all");
    let report = String::from_utf8_lossy(&output.stdout);
    let wrong: Vec<&str> = report
        .lines()
        .filter(|line| line.starts_with("WRONG"))
        .collect();
    let first = &wrong[..wrong.len().min(20)];
    assert!(
        wrong.is_empty(),
        "{} are wrong:\n{}",
        wrong.len(),
        first.join("\n")
    );
    let checked = format!("checked {}", lines.lines().count());
    assert!(report.contains(&checked), "{report}");
}

/// The commands that return something and need no argument.
fn questions(schema: &Schema) -> Vec<String> {
    let definitions = schema.definitions().map(|(_, it)| it);
    let questions = definitions.filter(|it| {
        let Kind::Command(command) = &it.kind else {
            return false;
        };
        let arguments = command.arguments.map_or(vec![], |id| schema.members(id));
        command.returns.is_some() && arguments.iter().all(|(_, it)| it.optional)
    });
    questions.map(|it| it.name.clone()).collect()
}

/// The replies of the installed QEMU to all commands that return something and require no argument, by name.
fn replies(qemu: &str, schema: &Schema) -> Vec<(String, Value)> {
    // The process ends on its own, even if the test fails.
    let mut child = Command::new("timeout")
        .args([
            "120",
            qemu,
            "-machine",
            "q35,accel=tcg",
            "-display",
            "none",
            "-nodefaults",
        ])
        .args([
            "-device",
            "virtio-scsi-pci",
            "-drive",
            "if=none,id=d,driver=null-co",
        ])
        .args(["-device", "scsi-hd,drive=d", "-qmp", "stdio"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("QEMU runs");
    let mut input = child.stdin.take().expect("a pipe");
    let mut output = BufReader::new(child.stdout.take().expect("a pipe")).lines();
    let mut execute = |name: &str| {
        writeln!(input, "{}", json!({"execute": name, "id": name})).expect("QEMU reads");
        for line in output.by_ref() {
            let message: Value = serde_json::from_str(&line.expect("a line")).expect("JSON");
            if message["id"] == name {
                return message.get("return").cloned();
            }
        }
        panic!("QEMU has ended before it answered {name}");
    };
    execute("qmp_capabilities");
    let mut replies = Vec::new();
    for name in questions(schema) {
        if let Some(reply) = execute(&name) {
            replies.push((name, reply));
        }
    }
    execute("quit");
    child.wait().expect("QEMU ends");
    replies
}

#[test]
fn types_that_fit_several_qemus_compile_and_decode_their_replies() {
    let Some(corpus) = shared("corpus") else {
        return;
    };
    let fixture = Fixture::new("several");
    let program = program(&fixture, &corpus);
    let (old, new) = (load(&qmp(&corpus, "7.2")), load(&qmp(&corpus, "10.0.13")));
    let mut text = String::new();
    let mut dice = Dice(0);
    for schema in [&old, &new] {
        lines(schema, &questions(&old), &mut dice, &mut text);
    }
    let qemu = env::var("QEMU").unwrap_or_else(|_| "qemu-system-x86_64".to_owned());
    let is_there = Command::new(&qemu).arg("--version").output().is_ok();
    if is_there {
        let replies = replies(&qemu, &old);
        assert!(replies.len() >= 60, "only {} replies", replies.len());
        for (name, reply) in &replies {
            writeln!(text, "{name}\t{reply}").expect("a string");
        }
        let reply = replies.iter().find(|(name, _)| name == "query-qmp-schema");
        compare(&old, &reply.expect("it was asked for").1);
    } else {
        skip("there is no QEMU");
    }
    check(&program, &text);
}

/// A QEMU 7.2 lacks only the parts of its schema that its configuration excludes.
fn compare(schema: &Schema, reply: &Value) {
    let root = schema.sources().iter().next().expect("a root").path();
    let built_for = Side::load(root).unwrap_or_else(|error| panic!("{error}"));
    let running = Side::from_reply("QEMU", &reply.to_string());
    let running = running.unwrap_or_else(|error| panic!("{error}"));
    let diff = Diff::new(&built_for, &running);
    let found = diff
        .changes
        .iter()
        .map(|it| format!("{}: {}", it.path, it.rule.id));
    let found: Vec<String> = found.collect();
    assert_eq!(diff.worst(Question::Wire), Severity::MayBreak, "{found:#?}");
    assert_eq!(diff.worst(Question::Rust), Severity::Fine, "{found:#?}");
    assert!(
        diff.changes
            .iter()
            .all(|it| it.rule.id.ends_with("-removed")),
        "{found:#?}"
    );
    let used = [
        "query-status",
        "device_add",
        "DEVICE_DELETED",
        "query-qmp-schema",
    ];
    let diff = Diff::only(&built_for, &running, used).expect("names of the schema");
    assert_eq!(diff.worst(Question::Any), Severity::Fine);
}
