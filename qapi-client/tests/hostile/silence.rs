//! Answers that arrive late or never.

use std::net;
use std::os::unix::net::UnixStream;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use qapi_client::{Disconnect, Error, Outcome};
use serde_json::json;

use crate::support::{self, Driver, QueryStatus, SHORT, Setup, Shutdown, connected};
use crate::with_both_drivers;

with_both_drivers!(
    silence,
    a_late_answer,
    a_command_without_a_response_succeeds_if_the_server_closes,
    a_command_without_a_response_fails_otherwise,
);

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
    server.scope(|server, scope| {
        scope.spawn(move || {
            let id = server.expect("query-status");
            server.answer(&late, json!("late"));
            server.answer(&id, json!("in time"));
        });
        assert_eq!(client.execute(QueryStatus).unwrap(), "in time");
    });
}

fn a_command_without_a_response_succeeds_if_the_server_closes<D: Driver>() {
    let (client, mut server) = connected::<D>(Setup::default());
    server.scope(|server, scope| {
        scope.spawn(move || {
            server.expect("guest-shutdown");
            server.close();
        });
        client.execute(Shutdown).unwrap();
    });
}

fn a_command_without_a_response_fails_otherwise<D: Driver>() {
    /// The error of the command if the connection ends in some way while it is in flight.
    fn failure<D: Driver>(end: impl FnOnce(&D, &mut support::Server)) -> Error {
        let (client, mut server) = connected::<D>(Setup::default());
        server.scope(|server, scope| {
            let shutdown = scope.spawn(|| client.execute(Shutdown).unwrap_err());
            server.expect("guest-shutdown");
            end(&client, server);
            let error = shutdown.join().unwrap();
            assert_eq!(error.outcome(), Some(Outcome::Unknown), "{error}");
            error
        })
    }
    let reason = |error| match error {
        Error::Disconnected { reason, .. } => reason,
        other => panic!("{other}"),
    };
    let closed = reason(failure::<D>(|client, _| client.close()));
    assert!(matches!(closed, Disconnect::Closed), "{closed}");
    let cut = reason(failure::<D>(|_, server| {
        server.send_bytes(b"{\"error\": ");
        server.close();
    }));
    let is_cut = matches!(
        cut,
        Disconnect::ByServer {
            incomplete: Some(_)
        }
    );
    assert!(is_cut, "{cut}");
    // It cannot be written.
    let (client, server) = connected::<D>(Setup::default());
    server.stream.shutdown(net::Shutdown::Read).unwrap();
    let failed = reason(client.execute(Shutdown).unwrap_err());
    assert!(matches!(failed, Disconnect::Io(_)), "{failed}");
    // Shorter than the silence that means success.
    let (client, _server) = connected::<D>(Setup::default());
    let error = client.execute_with(Shutdown, SHORT).unwrap_err();
    assert!(matches!(error, Error::TimedOut { .. }), "{error}");
    assert_eq!(error.outcome(), Some(Outcome::Unknown), "{error}");
}

/// A socket without a server that accepts blocks clients once its queue is full.
#[test]
fn a_socket_without_a_server_that_accepts() {
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
    let blocking = qapi_client::blocking::Client::builder().connect_timeout(SHORT);
    let tokio = qapi_client::tokio::Client::builder().connect_timeout(SHORT);
    for error in [
        blocking.connect_agent(&address).err(),
        support::runtime()
            .block_on(tokio.connect_agent(&address))
            .err(),
    ] {
        let error = error.unwrap();
        assert!(matches!(error, Error::AgentNotReady { .. }), "{error}");
    }
}
