//! Full pipes, and connections that end in the middle of a message.

use std::io::Read as _;

use qapi_client::{Disconnect, Error, Outcome};
use serde_json::{Value, json};

use crate::support::{
    Driver, Long, QueryName, QueryStatus, SHORT, Server, Setup, connected, event,
};
use crate::with_both_drivers;

with_both_drivers!(
    a_close_in_the_middle_of_a_reply,
    a_server_that_does_not_read,
    a_command_behind_a_full_pipe_is_known_not_to_be_sent,
    a_command_that_is_given_up_half_written_is_written_to_its_end,
);

fn a_close_in_the_middle_of_a_reply<D: Driver>() {
    let (client, mut server) = connected::<D>(Setup::default());
    server.scope(|server, scope| {
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
    server.scope(|server, scope| {
        // More than a pipe holds.
        let commands: Vec<_> = (0..4)
            .map(|_| scope.spawn(|| client.execute(Long(1 << 20)).unwrap()))
            .collect();
        // The client is writing, and cannot finish.
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
    server.scope(|server, scope| {
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
        // The command that was given up is not received.
        let next = scope.spawn(|| client.execute(QueryName).unwrap());
        let id = rest.expect("query-name");
        rest.answer(&id, json!("next"));
        assert_eq!(next.join().unwrap(), "next");
    });
}

fn a_command_that_is_given_up_half_written_is_written_to_its_end<D: Driver>() {
    let (client, mut server) = connected::<D>(Setup::default());
    // More than a pipe holds, and no other command causes the rest to be written. On a slow machine, the first
    // deadlines pass before writing begins.
    let error = (1..)
        .map(|factor| {
            client
                .execute_with(Long(8 << 20), SHORT * factor)
                .unwrap_err()
        })
        .find(|error| error.outcome() != Some(Outcome::NotSent))
        .unwrap();
    assert_eq!(error.outcome(), Some(Outcome::Unknown), "{error}");
    let id = server.expect("long");
    server.answer(&id, json!("late"));
    server.scope(|server, scope| {
        let next = scope.spawn(|| client.execute(QueryName).unwrap());
        let id = server.expect("query-name");
        server.answer(&id, json!("next"));
        assert_eq!(next.join().unwrap(), "next");
    });
}
