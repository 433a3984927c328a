//! A real QEMU, with both drivers.
#![cfg(all(unix, feature = "blocking", feature = "tokio"))]

mod support;

use std::os::unix::process::ExitStatusExt as _;
use std::thread;
use std::time::Duration;

use qapi_client::Error;

use support::qemu::{self, Qemu};
use support::{
    Cont, Driver, MigratePause, PATIENCE, QueryName, QueryStatus, Setup, Stop, connected,
};

/// For a wait that must fail.
const SHORT: Duration = Duration::from_millis(200);

with_both_drivers!(
    commands_events_and_out_of_band,
    messages_of_several_lines,
    many_threads,
    a_second_client_waits_for_its_greeting,
    a_stopped_qemu_and_its_late_answer,
    a_killed_qemu,
    a_qemu_as_a_child,
    a_child_that_fails_to_start,
    a_qemu_that_connects,
    a_qemu_that_connects_by_tcp,
    a_socket_that_is_not_there,
    a_socket_that_is_there_later,
);

const WAITS: Setup = Setup {
    connect_timeout: None,
    wait_for_socket: true,
    events_from_start: false,
    oob: true,
    max_message_len: None,
    max_depth: None,
};

fn commands_events_and_out_of_band<D: Driver>() {
    if !qemu::is_there() {
        return;
    }
    commands_and_events::<D>(&Qemu::start());
}

fn messages_of_several_lines<D: Driver>() {
    if !qemu::is_there() {
        return;
    }
    commands_and_events::<D>(&Qemu::start_with("-qmp-pretty"));
}

fn commands_and_events<D: Driver>(machine: &Qemu) {
    let client = D::connect(&machine.address(), WAITS).unwrap();
    let (stopped, resumed) = (client.wait_for("STOP"), client.wait_for("RESUME"));
    client.execute(Stop).unwrap();
    stopped(PATIENCE).unwrap();
    assert_eq!(client.execute(QueryStatus).unwrap()["running"], false);
    client.execute(Cont).unwrap();
    assert!(resumed(PATIENCE).unwrap().timestamp.system_time().is_some());
    let error = client.execute_oob(MigratePause).unwrap_err();
    assert!(
        matches!(
            error,
            Error::Refused {
                command: "migrate-pause",
                ..
            }
        ),
        "{error}"
    );
}

fn many_threads<D: Driver>() {
    if !qemu::is_there() {
        return;
    }
    let machine = Qemu::start();
    let client = D::connect(&machine.address(), WAITS).unwrap();
    thread::scope(|scope| {
        for _ in 0..8 {
            let client = client.clone();
            scope.spawn(move || {
                for _ in 0..50 {
                    assert!(client.execute(QueryStatus).unwrap()["status"].is_string());
                    assert!(client.execute(QueryName).unwrap().get("status").is_none());
                }
            });
        }
    });
}

fn a_second_client_waits_for_its_greeting<D: Driver>() {
    if !qemu::is_there() {
        return;
    }
    let machine = Qemu::start();
    let first = D::connect(&machine.address(), WAITS).unwrap();
    let hasty = Setup {
        connect_timeout: Some(SHORT),
        ..WAITS
    };
    let error = D::connect(&machine.address(), hasty).err().unwrap();
    let text = error.to_string();
    assert!(
        text.contains("another client may be connected (QEMU serves one at a time)"),
        "{text}"
    );
    assert!(first.execute(QueryStatus).is_ok());
    first.close();
    assert!(
        D::connect(&machine.address(), WAITS)
            .unwrap()
            .execute(QueryStatus)
            .is_ok()
    );
}

fn a_stopped_qemu_and_its_late_answer<D: Driver>() {
    if !qemu::is_there() {
        return;
    }
    let machine = Qemu::start();
    let client = D::connect(&machine.address(), WAITS).unwrap();
    machine.signal("STOP");
    let error = client.execute_with(QueryStatus, SHORT).unwrap_err();
    assert!(
        matches!(error, Error::TimedOut { .. }) && error.may_have_taken_effect(),
        "{error}"
    );
    machine.signal("CONT");
    // The answer to `query-status`, which comes first, is not taken for that to `query-name`.
    let name = client.execute(QueryName).unwrap();
    assert_eq!(name.get("status"), None, "{name}");
}

fn a_killed_qemu<D: Driver>() {
    if !qemu::is_there() {
        return;
    }
    let machine = Qemu::start();
    let client = D::connect(&machine.address(), WAITS).unwrap();
    let mut events = client.events();
    machine.signal("STOP");
    thread::scope(|scope| {
        let commands: Vec<_> = (0..10)
            .map(|_| scope.spawn(|| client.execute(QueryStatus).unwrap_err()))
            .collect();
        machine.signal("KILL");
        for command in commands {
            let error = command.join().unwrap();
            assert!(matches!(error, Error::Disconnected { .. }), "{error}");
        }
    });
    assert!(matches!(events(), Some(Err(Error::Disconnected { .. }))));
    assert!(events().is_none());
}

fn a_qemu_as_a_child<D: Driver>() {
    if !qemu::is_there() {
        return;
    }
    let (client, reap) = D::spawn(qemu::command().args(["-qmp", "stdio"])).unwrap();
    assert!(client.execute(QueryStatus).is_ok());
    assert_eq!(reap().signal(), Some(9));
    assert!(matches!(
        client.execute(QueryStatus),
        Err(Error::Disconnected { .. })
    ));
}

fn a_child_that_fails_to_start<D: Driver>() {
    let error = D::spawn(&mut std::process::Command::new("/no/such/qemu"))
        .err()
        .unwrap();
    assert!(error.to_string().contains("/no/such/qemu"), "{error}");
    let error = D::spawn(&mut std::process::Command::new("true"))
        .err()
        .unwrap();
    assert!(matches!(error, Error::Disconnected { .. }), "{error}");
}

fn a_qemu_that_connects<D: Driver>() {
    if !qemu::is_there() {
        return;
    }
    let directory = tempfile::tempdir().unwrap();
    let socket = directory.path().join("qmp.sock");
    connects::<D>(&qemu::address(&socket));
    assert!(!socket.exists());
}

fn a_qemu_that_connects_by_tcp<D: Driver>() {
    if !qemu::is_there() {
        return;
    }
    connects::<D>("tcp:127.0.0.1:0");
}

fn connects<D: Driver>(address: &str) {
    let mut child = None;
    let client = D::listen(address, Setup::default(), |address| {
        child = Some(qemu::command().args(["-qmp", address]).spawn().unwrap());
    });
    let status = client.unwrap().execute(QueryStatus);
    let mut child = child.unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(status.is_ok());
}

fn a_socket_that_is_not_there<D: Driver>() {
    let directory = tempfile::tempdir().unwrap();
    let address = qemu::address(&directory.path().join("qmp.sock"));
    for setup in [
        Setup::default(),
        Setup {
            connect_timeout: Some(SHORT),
            ..WAITS
        },
    ] {
        let error = D::connect(&address, setup).err().unwrap();
        match &error {
            Error::Connect { source, .. } => {
                assert_eq!(source.kind(), std::io::ErrorKind::NotFound)
            }
            other => panic!("{other}"),
        }
        assert!(error.to_string().ends_with("; is QEMU running?"), "{error}");
    }
}

fn a_socket_that_is_there_later<D: Driver>() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("qmp.sock");
    thread::scope(|scope| {
        let client = scope.spawn(|| D::connect(&qemu::address(&path), WAITS).map(drop));
        let listener = std::os::unix::net::UnixListener::bind(&path).unwrap();
        let mut server = support::Server::new(listener.accept().unwrap().0);
        server.negotiate();
        client.join().unwrap().unwrap();
        drop(server);
    });
}

/// A dropped future does not affect others, whenever it is dropped.
#[test]
fn dropped_futures() {
    use ::tokio::time::timeout;
    use serde_json::json;

    let (client, mut server) = connected::<support::OnTokio>(Setup::default());
    let server = thread::spawn(move || {
        while let Some(request) = server.receive() {
            server.answer(&request["id"], request["id"].clone());
        }
    });
    support::runtime().block_on(async {
        let client = client.0;
        let mut tasks = vec![];
        for task in 0..8 {
            let client = client.clone();
            tasks.push(::tokio::spawn(async move {
                for round in 0..200_u64 {
                    // Polled once, or until a part of the answer has arrived.
                    let limit = Duration::from_micros(round * task % 90);
                    let _ = timeout(limit, client.execute(support::Long(100_000))).await;
                    let _ = timeout(limit, client.execute(QueryStatus)).await;
                    let events = client.events::<support::Event>();
                    drop(events);
                    assert!(client.execute(QueryStatus).await.unwrap() != json!(null));
                }
            }));
        }
        for task in tasks {
            task.await.unwrap();
        }
    });
    server.join().unwrap();
}
