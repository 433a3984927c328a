//! The program with logs: its output and its exit status.

use std::fs;
use std::process::{Command, Stdio};

use crate::running::{Ended, run};

const LOG: &str = include_str!("../../events.jsonl");

#[test]
fn without_arguments_it_shows_the_log_that_is_built_in() {
    let Ended { code, out, errors } = run(&[], b"");
    assert_eq!((code, errors.as_str()), (Some(0), ""));
    let (events, summary) = out
        .split_once("\n\n")
        .expect("a blank line before the summary");
    assert_eq!(events.lines().count(), 74);
    for line in [
        "2026-11-22 08:49:45.069778  STOP",
        "2026-11-22 08:49:50.137675  RTC_CHANGE               offset=-19659",
        "2026-11-22 08:50:11.698440  DUMP_COMPLETED           result={status=completed completed=67371008 total=67371008}",
        "2026-11-22 08:50:17.003527  ACPI_DEVICE_OST          info={device=dimm0 slot=0 slot-type=DIMM source=1 status=0}",
        r#"2026-11-22 08:50:17.954710  JOB_STATUS_CHANGE        unknown, with {"status":"created","id":"j0"}"#,
    ] {
        assert!(
            events.lines().any(|l| l == line),
            "{line}\n is not in\n{events}"
        );
    }
    assert!(
        summary.starts_with(
            "74 events: 63 known of 27 kinds, 11 unknown of 5 kinds\n    23  SHUTDOWN\n"
        ),
        "{summary}"
    );
    assert!(
        summary.contains("     7  JOB_STATUS_CHANGE (unknown)\n"),
        "{summary}"
    );
    assert_eq!(summary.lines().count(), 1 + 27 + 5, "{summary}");
    assert!(!out.contains('\u{1b}'), "a pipe gets no colours");
}

#[test]
fn a_file_and_standard_input_are_shown_alike() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let path = dir.path().join("log");
    fs::write(&path, LOG).expect("writable");
    let built_in = run(&[], b"");
    let file = run(&[&path.display().to_string()], b"");
    let stdin = run(&["-"], LOG.as_bytes());
    assert_eq!((file.code, stdin.code), (Some(0), Some(0)));
    assert_eq!(file.out, built_in.out);
    assert_eq!(stdin.out, built_in.out);
}

#[test]
fn an_undecodable_line_is_reported_and_the_others_are_shown() {
    let time = r#""timestamp": {"seconds": 1, "microseconds": 2}"#;
    let log = [
        &format!(r#"{{"event": "STOP", {time}}}"#),
        "",
        &format!(
            r#"{{"event": "VNC_CONNECTED", {time}, "data": {{"server":
               {{"host": "h", "service": "1", "family": 4, "websocket": false}}}}}}"#
        )
        .replace('\n', " "),
        r#"{"event": "STOP"}"#,
        &format!(r#"{{"event": "MIGRATION_PASS", {time}, "data": {{}}}}"#),
        r#"{"event": "STOP", "timestamp": {"#,
        "hello",
        "\u{feff}",
        &format!(r#"{{"event": "RESUME", {time}}}"#),
    ]
    .join("\n");
    let Ended { code, out, errors } = run(&["-"], log.as_bytes());
    assert_eq!(code, Some(1));
    let errors: Vec<_> = errors.lines().collect();
    let begin = |index: usize, start: &str, path: &str| {
        let line: &str = errors[index];
        assert!(line.starts_with(start), "{line}");
        assert!(line.contains(path), "{line}");
        assert!(!line.contains("at line"), "{line}");
    };
    begin(0, "<stdin>:3:", ": error: data.server.family: ");
    begin(1, "<stdin>:4:", ": error: timestamp: ");
    begin(2, "<stdin>:5:", ": error: data.pass: ");
    begin(3, "<stdin>:6:", ": error: timestamp: ");
    begin(4, "<stdin>:7:", ": error: ");
    begin(5, "<stdin>:8:", ": error: ");
    assert_eq!(errors.len(), 6, "{errors:#?}");
    assert!(
        out.starts_with("1970-01-01 00:00:01.000002  STOP\n1970-01-01 00:00:01.000002  RESUME\n")
    );
    assert!(out.ends_with("\n6 lines could not be decoded\n"), "{out}");
}

#[test]
fn other_messages_are_ignored() {
    let log = r#"
        {"QMP": {"version": {}, "capabilities": ["oob"]}}
        {"execute": "qmp_capabilities"}
        {"return": {}}
        {"event": "STOP", "timestamp": {"seconds": -1, "microseconds": -1}}
        {"error": {"class": "CommandNotFound", "desc": "no"}, "id": 3}
    "#;
    let Ended { code, out, errors } = run(&["-"], log.as_bytes());
    assert_eq!((code, errors.as_str()), (Some(0), ""));
    assert_eq!(
        out,
        "no clock                    STOP\n\n\
         1 event: 1 known of 1 kind, 0 unknown of 0 kinds\n     1  STOP\n4 other messages ignored\n"
    );
}

#[test]
fn a_line_that_is_too_long_is_rejected_and_the_others_are_shown() {
    let mut log = vec![b'['; 65 << 20];
    log.extend(b"\n{\"event\": \"STOP\", \"timestamp\": {\"seconds\": 0, \"microseconds\": 0}}");
    let Ended { code, out, errors } = run(&["-"], &log);
    assert_eq!(code, Some(1));
    assert_eq!(errors, "<stdin>:1: error: the line is too long\n");
    assert!(
        out.starts_with("1970-01-01 00:00:00.000000  STOP\n"),
        "{out}"
    );
}

#[test]
fn infinite_nesting_is_an_error() {
    let log = vec![b'['; 1 << 20];
    let Ended { code, errors, .. } = run(&["-"], &log);
    assert_eq!(code, Some(1), "{errors}");
    let known = b"{\"event\": \"STOP\", \"data\": ";
    let Ended { code, errors, .. } = run(&["-"], &[&known[..], &log[..]].concat());
    assert_eq!(code, Some(1), "{errors}");
}

#[test]
fn unreadable_input_has_its_own_exit_status() {
    for (argument, message) in [
        ("/no/such/file", "error: cannot open /no/such/file: "),
        ("/", "error: cannot "),
        ("--connect=tcp:4444", "error: invalid address `tcp:4444`: "),
        (
            "--connect=unix:/no/such/socket",
            "error: cannot connect to unix:/no/such/socket: ",
        ),
        ("--no-such-option", "error: unexpected argument"),
    ] {
        let Ended { code, out, errors } = run(&[argument], b"");
        assert_eq!((code, out.as_str()), (Some(2), ""), "{argument}");
        assert!(errors.starts_with(message), "{errors}");
    }
}

#[test]
fn a_closed_pipe_is_not_a_failure() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_generated-example"))
        .arg("-")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the example starts");
    // Closed before the first line is written, so that the test does not depend on timing.
    drop(child.stdout.take());
    let mut stdin = child.stdin.take().expect("it is piped");
    // It may have exited before it has read everything.
    let _ = std::io::Write::write_all(&mut stdin, LOG.as_bytes());
    drop(stdin);
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}
