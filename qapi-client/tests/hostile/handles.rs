//! Handles that many threads share, and their end.

use qapi_client::{Disconnect, Error, Outcome};
use serde_json::json;

use crate::support::{Driver, Long, QueryStatus, Setup, connected, event};
use crate::with_both_drivers;

with_both_drivers!(
    many_threads,
    the_last_handle_ends_the_connection,
    close_ends_the_connection_for_all,
);

fn many_threads<D: Driver>() {
    let (client, mut server) = connected::<D>(Setup::default());
    server.scope(|server, scope| {
        scope.spawn(move || {
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
    server.scope(|server, scope| {
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
    server.scope(|server, scope| {
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
