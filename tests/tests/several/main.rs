//! Types that fit several QEMUs: they compile, and decode and encode the messages of each of the QEMUs.

#[path = "../../../qapi-compat/tests/random/dice.rs"]
mod dice;
#[allow(dead_code)]
#[path = "../downstream/fixture.rs"]
mod fixture;
mod messages;
mod qemu;
mod several;
#[allow(dead_code)]
#[path = "../../../qapi-compat/tests/random/values.rs"]
mod values;

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use integration_tests::{shared, skip};
use qapi_codegen::Builder;
use qapi_compat::{Diff, Question, Severity, Side};
use qapi_parser::{Loader, Schema};
use serde_json::Value;

use dice::Dice;
use fixture::Fixture;
use messages::{Lines, events, questions};
use qemu::Qemu;
use several::Program;

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

/// Types that fit all releases decode random values of the types of each; types that fit 10.0 and 7.2 decode what a real 10.0
/// has sent, and what the installed 7.2 sends.
#[test]
fn types_that_fit_several_qemus_compile_and_decode_their_messages() {
    let Some(corpus) = shared("corpus") else {
        return;
    };
    let fixture = Fixture::new("several");
    let mut lines = Lines::default();
    let mut dice = Dice(0);
    let mut program = Program::new(&fixture);
    for (module, root) in [("qmp", qmp as fn(&Path, &str) -> PathBuf), ("qga", qga)] {
        let paths = RELEASES.map(|release| root(&corpus, release));
        program.module(module, &paths, &[]);
        for path in &paths {
            lines.values(module, &load(path), &mut dice);
        }
    }
    let (old, new) = (qmp(&corpus, "7.2"), qmp(&corpus, "10.0.13"));
    let mut names = questions(&load(&old));
    names.extend(questions(&load(&new)));
    names.extend(events(&load(&old)).chain(events(&load(&new))));
    program.module("two", &[new, old.clone()], &names);
    let recorded = include_str!("qemu-10.0.13.tsv");
    lines.messages(
        "two",
        recorded.lines().filter_map(|line| line.split_once('\t')),
    );
    let qemu = env::var("QEMU").unwrap_or_else(|_| "qemu-system-x86_64".to_owned());
    match Command::new(&qemu).arg("--version").output() {
        Ok(_) => {
            let old = load(&old);
            let replies = Qemu::new(&qemu).replies(&questions(&old));
            assert!(replies.len() >= 60, "only {} replies", replies.len());
            let texts = replies
                .iter()
                .map(|(name, reply)| (name.as_str(), reply.to_string()));
            lines.messages("two", texts);
            let reply = replies.iter().find(|(name, _)| name == "query-qmp-schema");
            compare(&old, &reply.expect("it was asked for").1);
        }
        Err(_) => skip("there is no QEMU"),
    }
    program.check(lines);
}

/// Merging changes nothing where nothing differs.
#[test]
fn a_release_merged_with_itself_gives_the_same_types() {
    let Some(corpus) = shared("corpus") else {
        return;
    };
    for path in ["7.2", RELEASES[0]].map(|release| qmp(&corpus, release)) {
        let code = |builder: Builder| {
            let bindings = builder.generate().unwrap_or_else(|error| panic!("{error}"));
            bindings.to_string()
        };
        let alone = code(Builder::new(&path));
        let merged = code(Builder::new(&path).compatible_with(&path));
        for (number, (merged, alone)) in merged.lines().zip(alone.lines()).enumerate() {
            assert_eq!(merged, alone, "line {} of {}", number + 1, path.display());
        }
        assert_eq!(merged.len(), alone.len());
    }
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
