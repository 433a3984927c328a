//! Servers that misbehave, step by step under the control of the test, with both drivers.
#![cfg(all(unix, feature = "blocking", feature = "tokio"))]

mod support;

use std::io::Read as _;
use std::os::unix::net::UnixStream;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use qapi_client::core::Violation;
use qapi_client::{Disconnect, Error, Outcome};
use serde_json::{Value, json};

use support::{
    Cont, Driver, Event, GREETING, Long, MigratePause, PATIENCE, QueryName, QueryNested,
    QueryNumber, QueryNumbers, QueryStatus, Server, Setup, Stop, connected, event, try_connect,
};

/// For a wait that must fail.
const SHORT: Duration = Duration::from_millis(50);

with_both_drivers!(
    events_before_the_greeting_and_before_the_answer,
    capabilities_are_enabled_where_they_are_offered,
    a_server_that_does_not_greet,
    a_server_that_refuses_the_negotiation,
    a_human_monitor,
    answers_with_other_ids_are_dropped,
    answers_out_of_order,
    a_refused_command,
    an_error_without_id_belongs_to_the_only_command,
    an_error_without_id_belongs_to_neither_of_two_commands,
    an_undecodable_reply,
    lists_are_decoded_as_in_responses,
    line_ends,
    garbage,
    a_line_beyond_the_limit,
    a_second_greeting,
    silence,
    a_late_answer,
    a_close_in_the_middle_of_a_reply,
    a_server_that_does_not_read,
    a_command_behind_a_full_pipe_is_known_not_to_be_sent,
    a_command_that_is_given_up_half_written_is_written_to_its_end,
    a_burst_of_events,
    an_event_before_the_wait,
    a_wait_passes_over_undecodable_events,
    a_wait_ends_when_events_are_lost,
    events_end_with_the_connection,
    out_of_band_commands_overtake,
    out_of_band_needs_the_capability,
    many_threads,
    the_last_handle_ends_the_connection,
    close_ends_the_connection_for_all,
    deep_replies,
);

fn events_before_the_greeting_and_before_the_answer<D: Driver>() {
    let (client, mut server) = try_connect::<D>(Setup::default(), |server| {
        server.send(&event("EARLY", json!({})));
        server.send(GREETING);
        let id = server.expect("qmp_capabilities");
        server.send(&event("RESUME", json!({})));
        server.answer(&id, json!({}));
    });
    let client = client.unwrap();
    assert_eq!(client.version(), "7.2.22");
    thread::scope(|scope| {
        scope.spawn(|| {
            let id = server.expect("query-status");
            server.send(&event("STOP", json!({})));
            server.answer(&id, json!("stopped"));
        });
        assert_eq!(client.execute(QueryStatus).unwrap(), "stopped");
    });
}

fn capabilities_are_enabled_where_they_are_offered<D: Driver>() {
    let setup = Setup {
        oob: true,
        ..Setup::default()
    };
    let (client, _server) = try_connect::<D>(setup, |server| {
        let request = server.negotiate();
        assert_eq!(request["arguments"], json!({"enable": ["oob"]}));
    });
    client.unwrap();

    // An older QEMU.
    let (client, _server) = try_connect::<D>(setup, |server| {
        server.send(r#"{"QMP": {"version": {"qemu": {"micro": 0, "minor": 5, "major": 2}, "package": ""}, "capabilities": []}}"#);
        let request = server.receive().unwrap();
        assert_eq!(request.get("arguments"), None);
        server.answer(&request["id"], json!({}));
    });
    let error = client.unwrap().execute_oob(MigratePause).unwrap_err();
    assert!(matches!(error, Error::OobDisabled { .. }), "{error}");
}

fn a_server_that_does_not_greet<D: Driver>() {
    let setup = Setup {
        connect_timeout: Some(SHORT),
        ..Setup::default()
    };
    let (client, _server) = try_connect::<D>(setup, |_| {});
    let error = client.err().unwrap();
    assert!(
        matches!(error, Error::NotReady { greeted: false, .. }),
        "{error}"
    );
    let text = error.to_string();
    assert!(
        text.contains("another client may be connected (QEMU serves one at a time)"),
        "{text}"
    );

    let (client, _server) = try_connect::<D>(setup, |server| server.send(GREETING));
    let error = client.err().unwrap();
    assert!(
        matches!(error, Error::NotReady { greeted: true, .. }),
        "{error}"
    );
}

fn a_server_that_refuses_the_negotiation<D: Driver>() {
    for with_id in [true, false] {
        let (client, _server) = try_connect::<D>(Setup::default(), |server| {
            server.send(GREETING);
            let id = server.expect("qmp_capabilities");
            let error = json!({"class": "GenericError", "desc": "not today"});
            match with_id {
                true => server.send(&json!({"error": error, "id": id}).to_string()),
                false => server.send(&json!({ "error": error }).to_string()),
            }
        });
        let error = client.err().unwrap();
        assert!(error.to_string().contains("not today"), "{error}");
    }
}

fn a_human_monitor<D: Driver>() {
    let (client, _server) = try_connect::<D>(Setup::default(), |server| {
        server.send("QEMU 7.2.22 monitor - type 'help' for more information");
    });
    let error = client.err().unwrap();
    assert!(error.to_string().contains("human monitor"), "{error}");
}

fn answers_with_other_ids_are_dropped<D: Driver>() {
    let (client, mut server) = connected::<D>(Setup::default());
    thread::scope(|scope| {
        scope.spawn(|| {
            let id = server.expect("query-status");
            for other in [
                json!(id.as_u64().unwrap() + 1),
                json!(-1),
                json!(1.5),
                json!(id.to_string()),
                json!([id]),
                json!({ "id": id }),
                json!(null),
                json!(true),
            ] {
                server.answer(&other, json!("wrong"));
                let error = json!({"class": "GenericError", "desc": "wrong"});
                server.send(&json!({"error": error, "id": other}).to_string());
            }
            // No answer to a request is without its id.
            server.send(r#"{"return": "wrong"}"#);
            server.answer(&id, json!("right"));
            server.answer(&id, json!("again"));
            let id = server.expect("query-name");
            server.answer(&id, json!("next"));
        });
        assert_eq!(client.execute(QueryStatus).unwrap(), "right");
        assert_eq!(client.execute(QueryName).unwrap(), "next");
    });
}

/// Executes two commands at once and has both requests answered.
fn two_at_once<D: Driver>(
    client: &D,
    server: &mut Server,
    answer: impl FnOnce(&mut Server, &Value, &Value) + Send,
    deadline: Duration,
) -> [Result<Value, Error>; 2] {
    thread::scope(|scope| {
        let first = scope.spawn(|| client.execute_with(QueryStatus, deadline));
        let status = server.expect("query-status");
        let second = scope.spawn(|| client.execute_with(QueryName, deadline));
        let name = server.expect("query-name");
        answer(server, &status, &name);
        [first.join().unwrap(), second.join().unwrap()]
    })
}

fn answers_out_of_order<D: Driver>() {
    let (client, mut server) = connected::<D>(Setup::default());
    let answer = |server: &mut Server, status: &Value, name: &Value| {
        server.answer(name, json!("name"));
        server.answer(status, json!("status"));
    };
    let [status, name] = two_at_once(&client, &mut server, answer, PATIENCE);
    assert_eq!(status.unwrap(), "status");
    assert_eq!(name.unwrap(), "name");
}

fn a_refused_command<D: Driver>() {
    let (client, mut server) = connected::<D>(Setup::default());
    thread::scope(|scope| {
        scope.spawn(|| {
            let id = server.expect("stop");
            let error = json!({"class": "DeviceNotFound", "desc": "no such device"});
            server.send(&json!({"id": id, "error": error}).to_string());
        });
        let error = client.execute(Stop).unwrap_err();
        assert_eq!(
            error.to_string(),
            "`stop` failed: DeviceNotFound: no such device"
        );
        assert_eq!(error.outcome(), Some(Outcome::Failed));
        assert!(!error.may_have_taken_effect());
        match error {
            Error::Refused {
                command: "stop",
                error,
            } => assert_eq!(error.class, "DeviceNotFound"),
            other => panic!("{other}"),
        }
    });
}

const PARSE_ERROR: &str = r#"{"error": {"class": "GenericError", "desc": "Invalid JSON syntax"}}"#;

fn an_error_without_id_belongs_to_the_only_command<D: Driver>() {
    let (client, mut server) = connected::<D>(Setup::default());
    // Nobody waits for this one.
    server.send(PARSE_ERROR);
    thread::scope(|scope| {
        scope.spawn(|| {
            server.expect("query-status");
            server.send(PARSE_ERROR);
        });
        let error = client.execute(QueryStatus).unwrap_err();
        assert!(error.to_string().contains("Invalid JSON syntax"), "{error}");
    });
}

fn an_error_without_id_belongs_to_neither_of_two_commands<D: Driver>() {
    let (client, mut server) = connected::<D>(Setup::default());
    let answer = |server: &mut Server, status: &Value, _: &Value| {
        server.send(PARSE_ERROR);
        server.answer(status, json!("status"));
    };
    let [status, name] = two_at_once(&client, &mut server, answer, Duration::from_secs(1));
    assert_eq!(status.unwrap(), "status");
    let error = name.unwrap_err();
    assert!(matches!(error, Error::TimedOut { .. }), "{error}");
    assert!(error.to_string().contains("Invalid JSON syntax"), "{error}");
}

fn an_undecodable_reply<D: Driver>() {
    let (client, mut server) = connected::<D>(Setup::default());
    thread::scope(|scope| {
        scope.spawn(|| {
            let id = server.expect("query-number");
            server.answer(&id, json!("seven"));
            let id = server.expect("query-number");
            server.answer(&id, json!(7));
        });
        let error = client.execute(QueryNumber).unwrap_err();
        assert!(matches!(error, Error::Undecodable { .. }), "{error}");
        assert_eq!(error.outcome(), Some(Outcome::Succeeded));
        let text = error.to_string();
        assert!(
            text.contains("query-number") && text.contains("\"seven\""),
            "{text}"
        );
        assert_eq!(client.execute(QueryNumber).unwrap(), 7);
    });
}

fn lists_are_decoded_as_in_responses<D: Driver>() {
    let (client, mut server) = connected::<D>(Setup::default());
    let (bad, old) = thread::scope(|scope| {
        scope.spawn(|| {
            let id = server.expect("query-numbers");
            server.answer(&id, json!([1, 2, "three"]));
            let id = server.expect("query-numbers");
            server.answer(&id, json!([7, -1]));
        });
        (client.execute(QueryNumbers), client.execute(QueryNumbers))
    });
    match bad.unwrap_err() {
        Error::Undecodable { path, .. } => assert_eq!(path, "[2]"),
        error => panic!("{error}"),
    }
    // QEMU before 2.10 writes unsigned integers as signed ones.
    assert_eq!(old.unwrap(), [7, u64::MAX]);
}

fn line_ends<D: Driver>() {
    let (client, mut server) = connected::<D>(Setup::default());
    thread::scope(|scope| {
        scope.spawn(|| {
            let id = server.expect("query-name");
            server.send_bytes(b"\r\n\n  \r\n");
            server.send_bytes(format!("  {{\"return\":\r\"a\", \"id\": {id}}}\t\n").as_bytes());
            let id = server.expect("query-name");
            // One byte at a time.
            for byte in format!("{{\"id\": {id}, \"return\": \"\\u00e9é\"}}\r\n").bytes() {
                server.send_bytes(&[byte]);
            }
        });
        assert_eq!(client.execute(QueryName).unwrap(), "a");
        assert_eq!(client.execute(QueryName).unwrap(), "éé");
    });
}

/// The error of a command that gets these bytes instead of a response.
fn failure<D: Driver>(setup: Setup, bytes: &[u8]) -> Error {
    let (client, mut server) = connected::<D>(setup);
    thread::scope(|scope| {
        scope.spawn(|| {
            server.expect("query-status");
            server.send_bytes(bytes);
            // The client ends the connection.
            assert_eq!(server.receive(), None);
        });
        let error = client.execute(QueryStatus).unwrap_err();
        assert_eq!(error.outcome(), Some(Outcome::Unknown), "{error}");
        assert!(error.may_have_taken_effect());
        let next = client.execute(QueryStatus).unwrap_err();
        assert_eq!(next.outcome(), Some(Outcome::NotSent), "{next}");
        error
    })
}

fn garbage<D: Driver>() {
    for (bytes, shown) in [
        (&b"what?\r\n"[..], "what?"),
        (b"{\"return\": {}, \"id\n", "{\"return\": {}, \"id"),
        (
            b"{\"return\": {}}{\"return\": {}}\n",
            "{\"return\": {}}{\"return\": {}}",
        ),
        (b"{\"return\": \"\0\"}\n", "\\0"),
        (b"\0\n", "\\0"),
        (b"{\"return\": \"\xff\xfe\"}\n", "\\xff\\xfe"),
        (b"[]\n", "[]"),
        (b"17\n", "17"),
        (b"{}\n", "{}"),
        (b"{\"return\": {}, \"event\": \"STOP\"}\n", "STOP"),
        (b"{\"return\": 1, \"error\": {}}\n", "error"),
    ] {
        let error = failure::<D>(Setup::default(), bytes);
        assert!(matches!(error, Error::Protocol { .. }), "{error}");
        let text = error.to_string();
        assert!(text.contains(shown), "{text}");
        assert!(
            text.contains("`query-status` may have taken effect"),
            "{text}"
        );
    }
    let long = format!("[{}]\n", "[],".repeat(100_000));
    let error = failure::<D>(Setup::default(), long.as_bytes());
    assert!(error.to_string().len() < 1000, "{error}");
}

fn a_line_beyond_the_limit<D: Driver>() {
    let setup = Setup {
        max_message_len: Some(1000),
        ..Setup::default()
    };
    // Whether it ends or not.
    for end in ["", "\"}\n"] {
        let line = format!("{{\"return\": \"{}{end}", "x".repeat(1000));
        let error = failure::<D>(setup, line.as_bytes());
        match &error {
            Error::Protocol { source, .. } => {
                assert_eq!(source.violation, Violation::TooLong { limit: 1000 });
            }
            other => panic!("{other}"),
        }
        let text = error.to_string();
        assert!(
            text.contains("max_message_len") && text.contains("xxx"),
            "{text}"
        );
        assert!(text.len() < 1000, "{text}");
    }
}

fn a_second_greeting<D: Driver>() {
    let error = failure::<D>(Setup::default(), format!("{GREETING}\n").as_bytes());
    assert!(error.to_string().contains("second greeting"), "{error}");
}

fn silence<D: Driver>() {
    let (client, _server) = connected::<D>(Setup::default());
    let error = client.execute_with(QueryStatus, SHORT).unwrap_err();
    assert!(
        matches!(
            error,
            Error::TimedOut {
                command: Some("query-status"),
                after: SHORT,
                ..
            }
        ),
        "{error:?}"
    );
    assert_eq!(error.outcome(), Some(Outcome::Unknown));
    let text = error.to_string();
    assert!(
        text.contains("no reply to `query-status` within 50ms"),
        "{text}"
    );
    let error = client.wait_for("STOP")(SHORT).unwrap_err();
    assert!(
        matches!(error, Error::TimedOut { command: None, .. }),
        "{error}"
    );
    assert_eq!(error.outcome(), None);
}

fn a_late_answer<D: Driver>() {
    let (client, mut server) = connected::<D>(Setup::default());
    client.execute_with(QueryStatus, SHORT).unwrap_err();
    let late = server.expect("query-status");
    thread::scope(|scope| {
        scope.spawn(|| {
            let id = server.expect("query-status");
            server.answer(&late, json!("late"));
            server.answer(&id, json!("in time"));
        });
        assert_eq!(client.execute(QueryStatus).unwrap(), "in time");
    });
}

fn a_close_in_the_middle_of_a_reply<D: Driver>() {
    let (client, mut server) = connected::<D>(Setup::default());
    thread::scope(|scope| {
        let commands: Vec<_> = (0..10)
            .map(|_| scope.spawn(|| client.execute(QueryStatus).unwrap_err()))
            .collect();
        let mut ids: Vec<_> = (0..10).map(|_| server.expect("query-status")).collect();
        let answered = ids.pop().unwrap();
        server.send_bytes(format!("{{\"id\": {answered}, \"return\": {{\"sta").as_bytes());
        server.close();
        for command in commands {
            let error = command.join().unwrap();
            let text = error.to_string();
            assert!(
                text.contains("`query-status` may have taken effect"),
                "{text}"
            );
            match error {
                Error::Disconnected {
                    command: Some("query-status"),
                    outcome: Outcome::Unknown,
                    reason:
                        Disconnect::ByServer {
                            incomplete: Some(incomplete),
                        },
                    ..
                } => assert!(incomplete.ends_with("{\"sta"), "{incomplete}"),
                other => panic!("{other}"),
            }
        }
    });
}

fn a_server_that_does_not_read<D: Driver>() {
    const EVENTS: usize = 100;
    let (client, mut server) = connected::<D>(Setup::default());
    let long = event("LONG", json!("x".repeat(1 << 20)));
    thread::scope(|scope| {
        // More than a pipe holds.
        let commands: Vec<_> = (0..4)
            .map(|_| scope.spawn(|| client.execute(Long(1 << 20)).unwrap()))
            .collect();
        // The client is writing, and will not get to an end of it.
        let mut first = [0];
        server.stream.read_exact(&mut first).unwrap();
        for _ in 0..EVENTS {
            server.send(&long);
        }
        assert_eq!(first, *b"{");
        let mut rest = Server::new(server.stream.try_clone().unwrap());
        // The first byte has been read.
        let mut line = String::from("{");
        rest.read_line(&mut line);
        let mut ids = vec![serde_json::from_str::<Value>(&line).unwrap()["id"].clone()];
        ids.extend((1..4).map(|_| rest.expect("long")));
        for id in &ids {
            rest.answer(id, json!("done"));
        }
        for command in commands {
            assert_eq!(command.join().unwrap(), "done");
        }
    });
}

fn a_command_behind_a_full_pipe_is_known_not_to_be_sent<D: Driver>() {
    let (client, mut server) = connected::<D>(Setup::default());
    thread::scope(|scope| {
        let long = scope.spawn(|| client.execute(Long(8 << 20)).unwrap());
        // It is being written.
        let mut first = [0];
        server.stream.read_exact(&mut first).unwrap();
        let error = client.execute_with(QueryStatus, SHORT).unwrap_err();
        assert_eq!(error.outcome(), Some(Outcome::NotSent), "{error}");
        assert!(!error.may_have_taken_effect());
        let mut rest = Server::new(server.stream.try_clone().unwrap());
        let mut line = String::from("{");
        rest.read_line(&mut line);
        let id = serde_json::from_str::<Value>(&line).unwrap()["id"].clone();
        rest.answer(&id, json!("done"));
        assert_eq!(long.join().unwrap(), "done");
        // The command that was given up does not come.
        let next = scope.spawn(|| client.execute(QueryName).unwrap());
        let id = rest.expect("query-name");
        rest.answer(&id, json!("next"));
        assert_eq!(next.join().unwrap(), "next");
    });
}

fn a_command_that_is_given_up_half_written_is_written_to_its_end<D: Driver>() {
    let (client, mut server) = connected::<D>(Setup::default());
    // More than a pipe holds, and nobody else is there to write the rest.
    let error = client.execute_with(Long(8 << 20), SHORT).unwrap_err();
    assert_eq!(error.outcome(), Some(Outcome::Unknown), "{error}");
    let id = server.expect("long");
    server.answer(&id, json!("late"));
    thread::scope(|scope| {
        let next = scope.spawn(|| client.execute(QueryName).unwrap());
        let id = server.expect("query-name");
        server.answer(&id, json!("next"));
        assert_eq!(next.join().unwrap(), "next");
    });
}

/// Sends events, and returns when the client has them all.
fn burst<D: Driver>(client: &D, server: &mut Server, count: usize) {
    thread::scope(|scope| {
        scope.spawn(|| {
            let id = server.expect("query-status");
            for number in 0..count {
                server.send(&event("TICK", json!(number)));
            }
            server.answer(&id, json!({}));
        });
        client.execute(QueryStatus).unwrap();
    });
}

fn a_burst_of_events<D: Driver>() {
    let (client, mut server) = connected::<D>(Setup::default());
    let (mut slow, mut slower) = (client.events(), client.events());
    burst(&client, &mut server, 10_000);
    let mut seen = 0;
    match slow().unwrap() {
        Err(Error::EventsLost { count }) => seen += count,
        other => panic!("{other:?}"),
    }
    assert!(seen > 0);
    while seen < 10_000 {
        let message = slow().unwrap().unwrap();
        assert_eq!(message.event.data, json!(seen));
        seen += 1;
    }
    // All goes on as before.
    server.send(&event("TICK", json!("last")));
    assert_eq!(slow().unwrap().unwrap().event.data, "last");
    assert!(matches!(slower(), Some(Err(Error::EventsLost { .. }))));
    // Who keeps up loses nothing.
    for round in 0..10 {
        burst(&client, &mut server, 1000);
        for number in 0..1000 {
            let message = slow().unwrap().unwrap();
            assert_eq!(message.event.data, json!(number), "round {round}");
        }
    }
}

fn an_event_before_the_wait<D: Driver>() {
    let (client, mut server) = connected::<D>(Setup::default());
    burst(&client, &mut server, 1);
    let (tick, other) = (client.wait_for("TICK"), client.wait_for("OTHER"));
    burst(&client, &mut server, 10);
    // It listens from its call on.
    let message = tick(PATIENCE).unwrap();
    assert_eq!(message.event.data, json!(0));
    assert_eq!(message.timestamp.seconds, 1);
    thread::scope(|scope| {
        let other = scope.spawn(|| other(PATIENCE).unwrap());
        server.send(&event("OTHER", json!("found")));
        assert_eq!(other.join().unwrap().event.data, "found");
    });
}

fn a_wait_passes_over_undecodable_events<D: Driver>() {
    let (client, mut server) = connected::<D>(Setup::default());
    let (wait, never) = (client.wait_for("OTHER"), client.wait_for("NEVER"));
    let mut events = client.events();
    server.send(&event("BROKEN", json!({"a": 1})));
    server.send(&event("OTHER", json!({})));
    wait(PATIENCE).unwrap();
    let error = never(SHORT).unwrap_err().to_string();
    assert!(error.contains("data.member: missing"), "{error}");
    match events().unwrap() {
        Err(Error::Undecodable { path, text, .. }) => {
            assert_eq!(path, "data.member");
            assert!(text.contains("BROKEN"), "{text}");
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(events().unwrap().unwrap().event.name, "OTHER");
}

fn a_wait_ends_when_events_are_lost<D: Driver>() {
    let (client, mut server) = connected::<D>(Setup::default());
    let wait = client.wait_for("OTHER");
    burst(&client, &mut server, 10_000);
    let error = wait(PATIENCE).unwrap_err();
    assert!(matches!(error, Error::EventsLost { .. }), "{error}");
}

fn events_end_with_the_connection<D: Driver>() {
    let (client, mut server) = connected::<D>(Setup::default());
    let (mut events, wait) = (client.events(), client.wait_for("OTHER"));
    server.send(&event("SHUTDOWN", json!({})));
    server.close();
    assert_eq!(events().unwrap().unwrap().event.name, "SHUTDOWN");
    let error = events().unwrap().unwrap_err();
    assert!(
        matches!(error, Error::Disconnected { command: None, .. }),
        "{error}"
    );
    assert!(events().is_none());
    assert!(matches!(wait(PATIENCE), Err(Error::Disconnected { .. })));
    assert!(matches!(
        client.events()(),
        Some(Err(Error::Disconnected { .. }))
    ));
}

fn out_of_band_commands_overtake<D: Driver>() {
    let setup = Setup {
        oob: true,
        ..Setup::default()
    };
    let (client, mut server) = connected::<D>(setup);
    thread::scope(|scope| {
        let commands: Vec<_> = (0..10)
            .map(|_| scope.spawn(|| client.execute(QueryStatus).unwrap()))
            .collect();
        let mut ids: Vec<_> = (0..8).map(|_| server.expect("query-status")).collect();
        // Eight are in flight and two wait: the next that comes is neither of these.
        let pause = scope.spawn(|| client.execute_oob(MigratePause));
        let request = server.receive().unwrap();
        assert_eq!(request["exec-oob"], "migrate-pause");
        server.answer(&request["id"], json!({}));
        pause.join().unwrap().unwrap();
        // One that waits and is given up is not sent.
        let error = client.execute_with(QueryName, SHORT).unwrap_err();
        assert_eq!(error.outcome(), Some(Outcome::NotSent), "{error}");
        // Each answer makes room for one of those that wait.
        for _ in 0..2 {
            server.answer(&ids.remove(0), json!({}));
            ids.push(server.expect("query-status"));
        }
        for id in &ids {
            server.answer(id, json!({}));
        }
        for command in commands {
            command.join().unwrap();
        }
        let last = scope.spawn(|| client.execute(Cont));
        let id = server.expect("cont");
        server.answer(&id, json!({}));
        last.join().unwrap().unwrap();
    });
}

fn out_of_band_needs_the_capability<D: Driver>() {
    let (client, mut server) = connected::<D>(Setup::default());
    let error = client.execute_oob(MigratePause).unwrap_err();
    assert_eq!(error.outcome(), Some(Outcome::NotSent));
    assert!(error.to_string().contains("capabilities"), "{error}");
    // Without it, more than eight commands are sent at once.
    thread::scope(|scope| {
        let commands: Vec<_> = (0..20)
            .map(|_| scope.spawn(|| client.execute(QueryStatus).unwrap()))
            .collect();
        let ids: Vec<_> = (0..20).map(|_| server.expect("query-status")).collect();
        for id in &ids {
            server.answer(id, json!({}));
        }
        for command in commands {
            command.join().unwrap();
        }
    });
}

fn many_threads<D: Driver>() {
    let (client, mut server) = connected::<D>(Setup::default());
    thread::scope(|scope| {
        scope.spawn(|| {
            while let Some(request) = server.receive() {
                let length = request["arguments"]["text"].as_str().unwrap().len();
                server.send(&event("TICK", json!({})));
                server.answer(&request["id"], json!(length));
            }
        });
        let threads: Vec<_> = (0..16)
            .map(|number| {
                let client = client.clone();
                scope.spawn(move || {
                    for round in 0..50 {
                        let length = number * 50 + round;
                        assert_eq!(client.execute(Long(length)).unwrap(), json!(length));
                    }
                })
            })
            .collect();
        for thread in threads {
            thread.join().unwrap();
        }
        drop(client);
    });
}

fn the_last_handle_ends_the_connection<D: Driver>() {
    let (client, mut server) = connected::<D>(Setup::default());
    let second = client.clone();
    let mut events = client.events();
    drop(client);
    thread::scope(|scope| {
        let status = scope.spawn(|| second.execute(QueryStatus).unwrap());
        let id = server.expect("query-status");
        server.answer(&id, json!("still there"));
        assert_eq!(status.join().unwrap(), "still there");
    });
    drop(second);
    assert_eq!(server.receive(), None);
    assert!(events().is_none());
}

fn close_ends_the_connection_for_all<D: Driver>() {
    let (client, mut server) = connected::<D>(Setup::default());
    let second = client.clone();
    thread::scope(|scope| {
        let waiting = scope.spawn(|| second.execute(QueryStatus).unwrap_err());
        server.expect("query-status");
        client.close();
        let error = waiting.join().unwrap();
        assert!(
            matches!(
                error,
                Error::Disconnected {
                    reason: Disconnect::Closed,
                    ..
                }
            ),
            "{error}"
        );
        assert_eq!(error.outcome(), Some(Outcome::Unknown));
    });
    assert_eq!(server.receive(), None);
    let error = second.execute(QueryStatus).unwrap_err();
    assert_eq!(error.outcome(), Some(Outcome::NotSent));
}

fn deep_replies<D: Driver>() {
    let (client, mut server) = connected::<D>(Setup::default());
    let answer = |server: &mut Server, text: &str| {
        let id = server.expect("query-nested");
        server.send(&format!("{{\"return\": {text}, \"id\": {id}}}"));
    };
    thread::scope(|scope| {
        for depth in [126, 127, 128, 129, 200, 1024] {
            let nested = scope.spawn(|| client.execute(QueryNested).unwrap().depth());
            answer(&mut server, &support::Nested::text(depth));
            assert_eq!(nested.join().unwrap(), depth);
        }
        for (text, shown) in [
            (support::Nested::text(1025), "`max_depth`"),
            (support::Nested::text(1_000_000), "1000000 levels"),
            // Deep and wrong.
            (
                support::Nested::text(200).replace("null", "17"),
                "invalid type",
            ),
        ] {
            let nested = scope.spawn(|| client.execute(QueryNested).unwrap_err());
            answer(&mut server, &text);
            let error = nested.join().unwrap();
            assert!(matches!(error, Error::Undecodable { .. }), "{error}");
            assert!(error.to_string().contains(shown), "{error}");
        }
    });
    // What nobody decodes may nest as it likes.
    let deep = support::Nested::text(1_000_000);
    server.send(&format!(
        "{{\"event\": \"DEEP\", \"data\": {deep}, \"timestamp\": {{}}}}"
    ));
    server.send(&format!("{{\"return\": {deep}, \"id\": {deep}}}"));
    burst(&client, &mut server, 1);
    // An event is read like a reply.
    let mut events = client.events();
    let deep = support::Nested::text(200);
    server.send(&format!("{{\"data\": {deep}, \"event\": \"DEEP\", \"timestamp\": {{\"seconds\": 1, \"microseconds\": 2}}}}"));
    let Event { name, .. } = events().unwrap().unwrap().event;
    assert_eq!(name, "DEEP");
}

/// A socket that nobody accepts from, whose queue is full, blocks who connects.
#[test]
fn a_socket_that_is_not_accepted_from() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("qmp.sock");
    let _listener = std::os::unix::net::UnixListener::bind(&path).unwrap();
    let (sender, full) = mpsc::channel();
    let fill = path.clone();
    thread::spawn(move || {
        let mut streams = vec![];
        for _ in 0..100_000 {
            sender.send(()).unwrap();
            streams.push(UnixStream::connect(&fill));
        }
    });
    // The queue is full when no more connections are made.
    while full.recv_timeout(Duration::from_millis(500)).is_ok() {}
    let setup = Setup {
        connect_timeout: Some(SHORT),
        ..Setup::default()
    };
    let address = support::qemu::address(&path);
    for error in [
        <qapi_client::blocking::Client as Driver>::connect(&address, setup).err(),
        support::OnTokio::connect(&address, setup).err(),
    ] {
        let error = error.unwrap();
        assert!(matches!(error, Error::NotReady { .. }), "{error}");
    }
}
