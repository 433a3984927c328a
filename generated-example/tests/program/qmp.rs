//! The program with a server in the role of QEMU, which may violate the protocol.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::os::unix::net::UnixListener;
use std::thread;

use serde_json::{Value, json};

use crate::running::{Ended, PATIENCE, example};

const GREETING: &str =
    r#"{"QMP": {"version": {"qemu": {"micro": 1, "minor": 0, "major": 9}}, "capabilities": []}}"#;

fn event(name: &str) -> String {
    format!(r#"{{"event": "{name}", "timestamp": {{"seconds": 0, "microseconds": 0}}}}"#)
}

/// Greets, reads the request, and answers it as QEMU does, except for the `id`.
fn negotiate(stream: &mut (impl Read + Write), end_of_line: &str) -> Value {
    let greeting = format!("{GREETING}{end_of_line}");
    stream.write_all(greeting.as_bytes()).expect("it listens");
    let mut request = String::new();
    // The program sends nothing else, so nothing remains in the buffer.
    BufReader::new(&mut *stream)
        .read_line(&mut request)
        .expect("it answers");
    let request: Value = serde_json::from_str(&request).expect("JSON");
    let done = json!({"return": {}, "id": request["id"]});
    stream
        .write_all(format!("{done}{end_of_line}").as_bytes())
        .expect("it listens");
    request
}

/// Acts as a QEMU that sends this text after the handshake, and closes the connection.
fn unix(rest: &str) -> (Ended, Value) {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let path = dir.path().join("qmp");
    let listener = UnixListener::bind(&path).expect("a socket");
    let (running, _stdin) = example(&["--connect", &format!("unix:{}", path.display())]);
    let (mut stream, _) = listener.accept().expect("it connects");
    stream
        .set_read_timeout(Some(PATIENCE))
        .expect("it can be set");
    let request = negotiate(&mut stream, "\r\n");
    let note = running.error();
    assert!(
        note.starts_with("connected to QEMU 9.0.1 at unix:/"),
        "{note}"
    );
    stream.write_all(rest.as_bytes()).expect("it listens");
    drop(stream);
    (running.end(), request)
}

/// The result of the program with a server that sends a text, reads a line, sends another text, and closes the
/// connection.
fn stranger(first: &str, rest: &str) -> Ended {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let path = dir.path().join("qmp");
    let listener = UnixListener::bind(&path).expect("a socket");
    thread::scope(|scope| {
        scope.spawn(|| {
            let (mut stream, _) = listener.accept().expect("it connects");
            stream
                .set_read_timeout(Some(PATIENCE))
                .expect("it can be set");
            stream.write_all(first.as_bytes()).expect("it listens");
            // The program does not answer all servers, nor does it always wait for the end.
            let _ = BufReader::new(&mut stream).read_line(&mut String::new());
            let _ = stream.write_all(rest.as_bytes());
        });
        let (running, _stdin) = example(&["--connect", &format!("unix:{}", path.display())]);
        running.end()
    })
}

#[test]
fn events_are_received_over_a_unix_socket() {
    let rest = [&event("RESET"), &event("STOP"), "", &event("NEW"), ""].join("\r\n");
    let (ended, request) = unix(&rest);
    assert_eq!((ended.code, ended.errors.as_str()), (Some(0), ""));
    assert_eq!(request["execute"], "qmp_capabilities");
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
fn events_before_the_answer_are_shown() {
    let answer = format!("{{\"return\": {{}}, \"id\": 0}}\n{}\n", event("STOP"));
    let greeting = format!("{}\n{GREETING}\n{}\n", event("RESET"), event("RESUME"));
    let ended = stranger(&greeting, &answer);
    assert_eq!(ended.code, Some(0), "{}", ended.errors);
    let names: Vec<_> = ended
        .out
        .lines()
        .filter_map(|line| line.split("  ").nth(1))
        .collect();
    assert_eq!(names[..3], ["RESET", "RESUME", "STOP"]);
}

#[test]
fn events_are_received_over_tcp() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("it is bound").port();
    let (running, _stdin) = example(&["--connect", &format!("tcp:localhost:{port}")]);
    let (mut stream, _) = listener.accept().expect("it connects");
    stream
        .set_read_timeout(Some(PATIENCE))
        .expect("it can be set");
    negotiate(&mut stream, "\n");
    assert!(
        running
            .error()
            .starts_with("connected to QEMU 9.0.1 at tcp:localhost:")
    );
    let wakeup = event("WAKEUP") + "\n";
    stream.write_all(wakeup.as_bytes()).expect("it listens");
    drop(stream);
    let ended = running.end();
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
fn an_undecodable_event_is_reported_and_the_others_are_shown() {
    let change = r#"{"event": "RTC_CHANGE", "data": {"offset": "x"}}"#;
    let (ended, _) = unix(&[change, &event("STOP"), ""].join("\n"));
    assert_eq!(ended.code, Some(1));
    let errors = &ended.errors;
    assert!(
        errors.contains("/qmp: error: an event does not match its type: data.offset: "),
        "{errors}"
    );
    assert_eq!(errors.lines().count(), 1, "{errors}");
    assert!(ended.out.contains("STOP\n"), "{}", ended.out);
    assert!(
        ended.out.ends_with("\n1 line could not be decoded\n"),
        "{}",
        ended.out
    );
}

#[test]
fn invalid_messages_end_the_connection() {
    let (ended, _) = unix(&[&event("STOP"), "hello", &event("RESUME"), ""].join("\n"));
    assert_eq!(ended.code, Some(2));
    assert!(
        ended.errors.ends_with("received: hello\n"),
        "{}",
        ended.errors
    );
    assert!(ended.out.contains("\n1 event: "), "{}", ended.out);
}

#[test]
fn a_message_that_is_cut_off_is_an_error() {
    let (ended, _) = unix(&[&event("STOP"), r#"{"event": "#].join("\n"));
    assert_eq!(ended.code, Some(2));
    let message = "the server closed the connection in the middle of a message";
    assert!(ended.errors.contains(message), "{}", ended.errors);
    assert!(ended.out.contains("\n1 event: "), "{}", ended.out);
}

#[test]
fn a_peer_that_is_not_qemu_is_an_error() {
    let refusal = "{\"error\": {\"class\": \"GenericError\", \"desc\": \"not you\"}}\n";
    let greeting = format!("{GREETING}\n");
    for (first, rest, message) in [
        (
            "{}\n",
            "",
            "violated the protocol: a message is not exactly one of",
        ),
        ("220 mail ready\r\n", "", "received: 220 mail ready"),
        ("{\"return\": {}}\n", "", "or this is not a QMP socket"),
        (&greeting, "ok\n", "received: ok"),
        (&greeting, refusal, "\"desc\": \"not you\""),
        (&greeting, "", "the server closed the connection"),
    ] {
        let ended = stranger(first, rest);
        assert_eq!((ended.code, ended.out.as_str()), (Some(2), ""), "{first}");
        assert!(ended.errors.contains(message), "{}", ended.errors);
    }
}

#[test]
fn waiting_for_a_silent_peer_has_a_limit() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let path = dir.path().join("qmp");
    // It is never accepted, as if QEMU served another client.
    let _listener = UnixListener::bind(&path).expect("a socket");
    let (running, _stdin) = example(&["--connect", &format!("unix:{}", path.display())]);
    let ended = running.end();
    assert_eq!((ended.code, ended.out.as_str()), (Some(2), ""));
    assert!(
        ended.errors.contains("no greeting from unix:/"),
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
    stream
        .set_read_timeout(Some(PATIENCE))
        .expect("it can be set");
    negotiate(&mut stream, "\n");
    assert!(running.error().ends_with("until it ends or Ctrl-C"));
    let suspend = event("SUSPEND") + "\n";
    stream.write_all(suspend.as_bytes()).expect("it listens");
    assert!(running.line().ends_with("SUSPEND"));
    running.interrupt();
    let ended = running.end();
    assert_eq!((ended.code, ended.errors.as_str()), (Some(0), ""));
    assert!(
        ended.out.starts_with("\n1 event: 1 known of 1 kind"),
        "{}",
        ended.out
    );
}
