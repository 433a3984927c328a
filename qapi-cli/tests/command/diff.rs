//! `qapi diff`.

use crate::Fixture;

const OLD: &str = "{ 'command': 'stop', 'data': { '*now': 'bool' } }\n{ 'command': 'go' }\n";
const NEW: &str = "{ 'command': 'stop', 'data': { '*now': 'bool', '*soon': 'bool' } }\n";

fn fixture() -> Fixture {
    Fixture::new(&[
        ("old.json", OLD),
        ("new.json", NEW),
        ("broken.json", "{ 'command': 'stop'"),
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
