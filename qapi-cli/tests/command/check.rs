//! `qapi check`.

use serde_json::{Value, json};

use super::{Fixture, shared, shipped};

const GOOD: &str = "{ 'event': 'STOP' }\n";

/// A wrong name, which only strict mode rejects, and an unknown type.
const BAD: &str = "\
{ 'event': 'Stop',
  'data': { 'why': 'Reason' } }
";

#[test]
fn a_schema_is_accepted_or_rejected() {
    let fixture = Fixture::new(&[("good.json", GOOD), ("bad.json", BAD)]);
    let good = fixture.run(&["check", "good.json"]);
    assert_eq!((good.status, good.err.as_str()), (0, ""));
    assert_eq!(good.out, "good.json: accepted: 1 definition in 1 file\n");
    let bad = fixture.run(&["check", "bad.json"]);
    assert_eq!((bad.status, bad.out.as_str()), (1, ""));
    assert_eq!(
        bad.err,
        "\
bad.json:1:12: warning: name of event must not use lowercase or '-'
 --> bad.json:1:12
  |
1 | { 'event': 'Stop',
  |            ^^^^^^

bad.json:2:20: error: parameter 'why' uses unknown type 'Reason'
 --> bad.json:2:20
  |
2 |   'data': { 'why': 'Reason' } }
  |                    ^^^^^^^^
  |
  = help: define it, or include the file that defines it

bad.json: rejected: 1 error, 1 warning
"
    );
}

#[test]
fn strict_mode_reports_what_lenient_mode_does_and_where_qemu_stops() {
    let fixture = Fixture::new(&[("bad.json", BAD)]);
    let ran = fixture.run(&["check", "--strict", "bad.json"]);
    assert_eq!((ran.status, ran.out.as_str()), (1, ""));
    for part in [
        "bad.json:1:12: error: name of event must not use lowercase",
        "bad.json:2:20: error: parameter 'why' uses unknown type 'Reason'",
        "\n\nQEMU's own front end stops at bad.json:1\n\n",
        "\nbad.json: rejected: 2 errors\n",
    ] {
        assert!(ran.err.contains(part), "{part}\n{}", ran.err);
    }
}

#[test]
fn each_file_is_checked_and_the_worst_status_counts() {
    let files = [("good.json", GOOD), ("bad.json", BAD)];
    let fixture = Fixture::new(&files);
    let ran = fixture.run(&["check", "good.json", "bad.json", "good.json"]);
    assert_eq!(ran.status, 1);
    assert_eq!(ran.out.matches("good.json: accepted").count(), 2);
    let ran = fixture.run(&["check", "gone.json", "bad.json", "good.json"]);
    assert_eq!(ran.status, 2);
    assert!(
        ran.err.starts_with("gone.json: error: can't read"),
        "{}",
        ran.err
    );
    assert!(ran.err.contains("bad.json: rejected"), "{}", ran.err);
    assert!(ran.out.contains("good.json: accepted"), "{}", ran.out);
    // A folder cannot be read either.
    assert_eq!(fixture.run(&["check", "."]).status, 2);
}

fn objects(text: &str) -> Vec<Value> {
    let object = |line| serde_json::from_str(line).expect("an object on each line");
    text.lines().map(object).collect()
}

#[test]
fn json_has_one_object_for_each_finding() {
    let fixture = Fixture::new(&[("bad.json", BAD), ("good.json", GOOD)]);
    let ran = fixture.run(&["check", "--format", "json", "good.json", "bad.json"]);
    assert_eq!(ran.status, 1);
    let name = json!({
        "path": "bad.json", "line": 1, "column": 12, "severity": "warning",
        "message": "name of event must not use lowercase or '-'", "hint": null,
    });
    let unknown = json!({
        "path": "bad.json", "line": 2, "column": 20, "severity": "error",
        "message": "parameter 'why' uses unknown type 'Reason'",
        "hint": "define it, or include the file that defines it",
    });
    assert_eq!(objects(&ran.out), [name.clone(), unknown.clone()]);
    assert_eq!(
        ran.err,
        "good.json: accepted: 1 definition in 1 file\nbad.json: rejected: 1 error, 1 warning\n"
    );
    let ran = fixture.run(&["check", "--format", "json", "--strict", "bad.json"]);
    let with = |mut finding: Value, first: bool| {
        finding["severity"] = "error".into();
        finding["qemu"] = json!({ "path": "bad.json", "line": 1, "first": first });
        finding
    };
    assert_eq!(objects(&ran.out), [with(name, true), with(unknown, false)]);
}

/// The error that QEMU stops at need not be the first in the file.
#[test]
fn findings_are_ordered_by_place_and_qemus_first_error_is_marked() {
    let text = "{ 'command': 'a', 'data': 'Gone' }\n{ 'command': 'b' $ }\n";
    let include = "{ 'include': 'text.json' }\n{ 'command': 'c', 'if': 'no' }\n";
    let fixture = Fixture::new(&[("root.json", include), ("text.json", text)]);
    let ran = fixture.run(&["check", "--format", "json", "--strict", "root.json"]);
    let found: Vec<_> = objects(&ran.out)
        .iter()
        .map(|it| format!("{}:{} {}", it["path"], it["line"], it["qemu"]["first"]))
        .collect();
    assert_eq!(found, [r#""root.json":2 false"#, r#""text.json":2 true"#]);
}

#[test]
fn github_gets_annotations() {
    let fixture = Fixture::new(&[("50%,a.json", BAD)]);
    let ran = fixture.run(&["check", "--format", "github", "50%,a.json"]);
    assert_eq!(ran.status, 1);
    assert_eq!(
        ran.out,
        "\
::warning file=50%25%2Ca.json,line=1,col=12::name of event must not use lowercase or '-'
::error file=50%25%2Ca.json,line=2,col=20::parameter 'why' uses unknown type 'Reason'%0A\
help: define it, or include the file that defines it
"
    );
    assert_eq!(ran.err, "50%,a.json: rejected: 1 error, 1 warning\n");
}

#[test]
fn many_findings_are_summarized_unless_all_are_asked_for() {
    let warning = |n| format!("{{ 'event': 'E{n}x' }}\n");
    let mut text: String = (0..1400).map(warning).collect();
    text += "{ 'event': 'LAST', 'data': 'Gone' }\n";
    let fixture = Fixture::new(&[("many.json", &text)]);
    let ran = fixture.run(&["check", "many.json"]);
    assert_eq!(ran.status, 1);
    assert!(ran.err.lines().count() < 80, "{}", ran.err);
    // An error is shown even if many warnings precede it.
    assert_eq!(ran.err.matches(": warning: ").count(), 9);
    assert_eq!(ran.err.matches("many.json:1401:28: error: ").count(), 1);
    let end = "
1391 more warnings:
    1391  name of event must not use lowercase or '-'

note: --all shows all findings

many.json: rejected: 1 error, 1400 warnings
";
    assert!(ran.err.ends_with(end), "{}", ran.err);
    let all = fixture.run(&["check", "--all", "many.json"]);
    assert_eq!(all.err.matches(": warning: ").count(), 1400);
    assert!(!all.err.contains("more warnings") && !all.err.contains("--all"));
    let json = fixture.run(&["check", "--format", "json", "many.json"]);
    assert_eq!(json.out.lines().count(), 1401);
}

/// Thousands of findings fit on a page.
#[test]
fn the_strict_report_on_an_old_release_fits_on_a_page() {
    let Some(corpus) = shared("corpus") else {
        return;
    };
    let file = corpus.join("qemu-7.2/qapi/qapi-schema.json");
    let file = file.to_str().unwrap();
    let ran = Fixture::new(&[]).run(&["check", "--strict", file]);
    assert_eq!(ran.status, 1);
    assert!(ran.err.lines().count() < 100, "{}", ran.err);
    let ran = Fixture::new(&[]).run(&["check", "--strict", "--format", "json", file]);
    let found = objects(&ran.out);
    let verdict = format!("{file}: rejected: {} errors\n", found.len());
    assert_eq!(ran.err, verdict);
    let is_first = |finding: &&Value| finding["qemu"]["first"] == true;
    assert_eq!(found.iter().filter(is_first).count(), 1);
}

#[test]
fn the_schema_that_ships_follows_the_rules_of_current_qemu() {
    let file = shipped();
    let ran = Fixture::new(&[]).run(&["check", "--strict", file.to_str().unwrap()]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
}
