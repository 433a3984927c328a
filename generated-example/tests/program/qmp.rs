//! The program against a peer that plays QEMU, well or badly.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::os::unix::net::UnixListener;
use std::thread;

use crate::running::{Ended, PATIENCE, example};

const GREETING: &str =
    r#"{"QMP": {"version": {"qemu": {"micro": 1, "minor": 0, "major": 9}}, "capabilities": []}}"#;
const DONE: &str = r#"{"return": {}}"#;

fn event(name: &str) -> String {
    format!(r#"{{"event": "{name}", "timestamp": {{"seconds": 0, "microseconds": 0}}}}"#)
}

/// Says something, hears what is answered, says the rest, and goes.
fn serve(mut stream: impl Read + Write, first: &str, rest: &str) -> String {
    stream.write_all(first.as_bytes()).expect("it listens");
    let mut heard = String::new();
    let mut reader = BufReader::new(&mut stream);
    // Not all peers are answered.
    let _ = reader.read_line(&mut heard);
    // Nor does everyone wait for the end.
    let _ = stream.write_all(rest.as_bytes());
    heard
}

/// What the program makes of a peer that says these things; and what it told the peer.
fn unix(first: &str, rest: &str) -> (Ended, String) {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let path = dir.path().join("qmp");
    let listener = UnixListener::bind(&path).expect("a socket");
    thread::scope(|scope| {
        let server = scope.spawn(|| {
            let (stream, _) = listener.accept().expect("it connects");
            stream
                .set_read_timeout(Some(PATIENCE))
                .expect("it can be set");
            serve(stream, first, rest)
        });
        let (running, _stdin) = example(&["--connect", &format!("unix:{}", path.display())]);
        let ended = running.end();
        (ended, server.join().expect("the server ends"))
    })
}

#[test]
fn events_come_over_a_unix_socket() {
    let rest = [&event("RESET"), DONE, &event("STOP"), "", &event("NEW")].join("\r\n");
    let (ended, heard) = unix(&format!("{GREETING}\r\n"), &(rest + "\r\n"));
    assert_eq!(ended.code, Some(0));
    assert!(
        ended
            .errors
            .starts_with("connected to QEMU 9.0.1 at unix:/"),
        "{}",
        ended.errors
    );
    assert_eq!(ended.errors.lines().count(), 1);
    assert_eq!(heard, "{\"execute\": \"qmp_capabilities\"}\n");
    let names: Vec<_> = ended
        .out
        .lines()
        .filter_map(|line| line.split("  ").nth(1))
        .collect();
    assert_eq!(names[..3], ["RESET", "STOP", "NEW"]);
    assert!(
        ended
            .out
            .contains("\n3 events: 2 known of 2 kinds, 1 unknown of 1 kind\n"),
        "{}",
        ended.out
    );
}

#[test]
fn events_come_over_tcp() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("it is bound").port();
    let rest = [DONE, &event("WAKEUP"), ""].join("\n");
    let ended = thread::scope(|scope| {
        scope.spawn(|| {
            let (stream, _) = listener.accept().expect("it connects");
            stream
                .set_read_timeout(Some(PATIENCE))
                .expect("it can be set");
            serve(stream, &format!("{GREETING}\n"), &rest)
        });
        let (running, _stdin) = example(&["--connect", &format!("tcp:localhost:{port}")]);
        running.end()
    });
    assert_eq!(ended.code, Some(0), "{}", ended.errors);
    assert!(
        ended
            .out
            .starts_with("1970-01-01 00:00:00.000000  WAKEUP\n"),
        "{}",
        ended.out
    );
}

#[test]
fn a_bad_line_of_a_peer_is_reported_by_its_number() {
    let (ended, _) = unix(
        &format!("{GREETING}\n"),
        &[DONE, "{\"event\": 7}", &event("STOP"), ""].join("\n"),
    );
    assert_eq!(ended.code, Some(1));
    assert!(
        ended.errors.contains("/qmp:3:11: error: event: "),
        "{}",
        ended.errors
    );
    assert!(ended.out.contains("STOP\n"), "{}", ended.out);
}

#[test]
fn a_peer_that_is_no_qemu_is_told_from_one() {
    let refusal = r#"{"error": {"class": "GenericError", "desc": "not you"}}"#;
    let greeting = format!("{GREETING}\n");
    for (first, rest, message) in [
        ("{}\n", "", "does not speak QMP: it sent \"{}\""),
        (
            "220 mail ready\r\n",
            "",
            "does not speak QMP: it sent \"220 mail ready\"",
        ),
        (
            "{\"return\": {}}\n",
            "",
            "does not speak QMP: it sent \"{\\\"return\\\": {}}\"",
        ),
        (&greeting, "ok\n", "does not speak QMP: it sent \"ok\""),
        (&greeting, refusal, "refuses qmp_capabilities: \"not you\""),
        (
            &greeting,
            "",
            "closed the connection before it sent an answer to qmp_capabilities",
        ),
    ] {
        let (ended, _) = unix(first, rest);
        assert_eq!((ended.code, ended.out.as_str()), (Some(2), ""), "{first}");
        assert!(ended.errors.contains(message), "{}", ended.errors);
    }
}

#[test]
fn a_peer_that_says_nothing_is_not_waited_for() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let path = dir.path().join("qmp");
    // It is never accepted, as when another client is served.
    let _listener = UnixListener::bind(&path).expect("a socket");
    let (running, _stdin) = example(&["--connect", &format!("unix:{}", path.display())]);
    let ended = running.end();
    assert_eq!((ended.code, ended.out.as_str()), (Some(2), ""));
    assert!(
        ended
            .errors
            .contains("has not sent a greeting in 5 seconds"),
        "{}",
        ended.errors
    );
}

#[test]
fn ctrl_c_shows_the_summary() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let path = dir.path().join("qmp");
    let listener = UnixListener::bind(&path).expect("a socket");
    let (running, _stdin) = example(&["--connect", &format!("unix:{}", path.display())]);
    let (mut stream, _) = listener.accept().expect("it connects");
    let said = [GREETING, DONE, &event("SUSPEND"), ""].join("\n");
    stream.write_all(said.as_bytes()).expect("it listens");
    assert!(running.line().ends_with("SUSPEND"));
    assert!(running.error().ends_with("until it ends or Ctrl-C"));
    running.interrupt();
    let ended = running.end();
    assert_eq!((ended.code, ended.errors.as_str()), (Some(0), ""));
    assert!(
        ended.out.starts_with("\n1 event: 1 known of 1 kind"),
        "{}",
        ended.out
    );
}
