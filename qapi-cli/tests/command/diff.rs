//! `qapi diff`.

use std::path::Path;

use serde_json::Value;

use crate::Fixture;

const OLD: &str = "{ 'command': 'stop', 'data': { '*now': 'bool' } }\n{ 'command': 'go' }\n";
const NEW: &str = "{ 'command': 'stop', 'data': { '*now': 'bool', '*soon': 'bool' } }\n";

fn fixture() -> Fixture {
    Fixture::new(&[
        ("old.json", OLD),
        ("new.json", NEW),
        ("broken.json", "{ 'command': 'stop'"),
        ("type.json", "{ 'struct': 'It', 'data': {} }"),
        (
            "reply.json",
            r#"{"return": [
                {"meta-type": "builtin", "name": "bool", "json-type": "boolean"},
                {"meta-type": "object", "name": "0", "members": []},
                {"meta-type": "object", "name": "1",
                 "members": [{"name": "now", "type": "bool", "default": null}]},
                {"meta-type": "command", "name": "stop", "arg-type": "1", "ret-type": "0"}
            ]}"#,
        ),
        ("log.json", r#"{"return": {}}"#),
    ])
}

#[test]
fn the_exit_status_answers_the_question() {
    let fixture = fixture();
    for (arguments, status) in [
        (&["old.json", "new.json"][..], 1),
        (&["old.json", "old.json"], 0),
        (&["new.json", "old.json"], 1),
        (&["--fail-on", "wire", "old.json", "new.json"], 1),
        (&["--fail-on", "rust", "old.json", "new.json"], 1),
        (&["--fail-on", "rust", "old.json", "old.json"], 0),
        (&["--fail-on", "any", "old.json", "old.json"], 0),
        (&["--only", "stop", "old.json", "new.json"], 0),
        (
            &[
                "--only",
                "stop",
                "--fail-on",
                "downgrade",
                "old.json",
                "new.json",
            ],
            1,
        ),
        (
            &[
                "--only",
                "stop",
                "--fail-on",
                "rust",
                "old.json",
                "new.json",
            ],
            0,
        ),
        (
            &["--only", "stop", "--fail-on", "any", "old.json", "new.json"],
            1,
        ),
        (&["--only", "stop", "old.json", "reply.json"], 0),
        (&["old.json", "reply.json"], 1),
        (&["--fail-on", "rust", "old.json", "reply.json"], 2),
    ] {
        let arguments = [&["diff"], arguments].concat();
        let output = fixture.run(&arguments);
        assert_eq!(output.status, status, "{arguments:?}: {output:?}");
    }
}

#[test]
fn sides_that_cannot_be_compared_are_an_error() {
    let fixture = fixture();
    for (arguments, message) in [
        (
            &["old.json", "missing.json"][..],
            "missing.json: error: cannot read the file",
        ),
        (
            &["broken.json", "new.json"],
            "broken.json is not a valid schema",
        ),
        (
            &["old.json", "log.json"],
            "log.json: error: not a reply of query-qmp-schema",
        ),
        (
            &["--only", "stopp", "old.json", "new.json"],
            "did you mean 'stop'?",
        ),
        (
            &["--only", "It", "type.json", "reply.json"],
            "a reply of query-qmp-schema has no type names",
        ),
    ] {
        for format in ["text", "json"] {
            let arguments = [&["diff", "--format", format], arguments].concat();
            let output = fixture.run(&arguments);
            assert_eq!(output.status, 2, "{arguments:?}: {output:?}");
            let errors = &output.err;
            assert!(errors.contains(message), "{errors}");
            assert!(output.out.is_empty(), "{output:?}");
        }
    }
}

#[test]
fn every_format_names_the_change_and_its_place() {
    let fixture = fixture();
    for (format, expected) in [
        ("text", "old old.json:2: { 'command': 'go' }"),
        (
            "github",
            "::error file=old.json,line=2,col=14,title=breaks (wire%2C Rust)::command go: the command is removed",
        ),
        (
            "markdown",
            "### command `go`\n\n- **breaks** (wire, Rust): the command is removed",
        ),
        ("json", r#""path": "old.json","#),
    ] {
        let output = fixture.run(&["diff", "--format", format, "old.json", "new.json"]);
        let text = &output.out;
        assert!(text.contains(expected), "{text}");
    }
    let output = fixture.run(&["diff", "--format", "json", "old.json", "new.json"]);
    let report: serde_json::Value = serde_json::from_str(&output.out).expect("it is JSON");
    assert_eq!(report["version"], 1);
    assert_eq!(report["summary"]["wire"]["breaks"], 1);
    let changes = report["changes"].as_array().expect("a list");
    let removed = changes.iter().find(|it| it["rule"] == "command-removed");
    assert_eq!(removed.expect("it is there")["old"]["line"], 2);
}

#[test]
fn the_page_shows_the_json_format() {
    let fixture = Fixture::new(&[
        ("old.json", "{ 'command': 'stop' }\n{ 'command': 'go' }\n"),
        ("new.json", "{ 'command': 'stop' }\n"),
    ]);
    let output = fixture.run(&["diff", "--format", "json", "old.json", "new.json"]);
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/evolution.md");
    let page = std::fs::read_to_string(page).expect("the page");
    let (_, block) = page.split_once("```json\n").expect("the example");
    let (block, _) = block.split_once("```").expect("its end");
    let json = |text: &str| -> Value { serde_json::from_str(text).expect("it is JSON") };
    assert_eq!(json(block), json(&output.out));
}

/// A schema whose commands all lose an argument in `new.json`.
fn large(commands: usize) -> Fixture {
    let schema = |arguments: &str| {
        let command = |n| format!("{{ 'command': 'command-{n}', 'data': {{ {arguments} }} }}\n");
        (0..commands).map(command).collect::<String>()
    };
    let (old, new) = (schema("'*an-argument': 'str', '*other': 'int'"), schema(""));
    Fixture::new(&[("old.json", &old), ("new.json", &new)])
}

#[test]
fn github_shows_the_worst_changes() {
    let fixture = large(30);
    let output = fixture.run(&["diff", "--format", "github", "old.json", "new.json"]);
    let lines = |start: &str| {
        output
            .out
            .lines()
            .filter(|it| it.starts_with(start))
            .count()
    };
    assert_eq!(lines("::error "), 10);
    assert_eq!(lines("new.json:"), 50);
    assert!(output.out.contains("wire: 60 break (an old client"));
}

#[test]
fn markdown_fits_into_a_comment() {
    for (commands, is_complete) in [(30, true), (3000, false)] {
        let fixture = large(commands);
        let output = fixture.run(&["diff", "--format", "markdown", "old.json", "new.json"]);
        assert!(output.out.chars().count() <= 65_536);
        let shown = output.out.matches("- **breaks**").count();
        let left_out = output.out.lines().last().expect("a line");
        match is_complete {
            true => assert_eq!(shown, 2 * commands),
            false => {
                let count = 2 * commands - shown;
                let expected = format!("so {count} changes are left out.");
                assert!(left_out.contains(&expected), "{left_out}");
            }
        }
    }
}

#[test]
fn colours_are_for_terminals() {
    let fixture = fixture();
    let output = fixture.run(&["diff", "old.json", "new.json"]);
    assert!(!output.out.contains('\u{1b}'), "{}", output.out);
    let title = output.out.lines().next().expect("a title");
    assert_eq!(title, "old.json → new.json");
    // The summary comes first, then the changes by command.
    let wire = output.out.find("  wire       1 breaks").expect("a summary");
    let go = output.out.find("\ncommand go\n").expect("a command");
    assert!(wire < go);
}
