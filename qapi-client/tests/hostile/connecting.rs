//! Connections that are not made.

use std::future::{Future as _, poll_fn};
use std::io::Read as _;
use std::pin::pin;
use std::process::Command;
use std::sync::mpsc;
use std::task::Poll;
use std::thread;

use qapi_client::{Action, Error};

use crate::support::{Driver, PATIENCE, SHORT, Setup, qemu, runtime};
use crate::with_both_drivers;

with_both_drivers!(errors_say_what_failed,);

fn errors_say_what_failed<D: Driver>() {
    let directory = tempfile::tempdir().unwrap();
    let socket = qemu::address(&directory.path().join("qmp.sock"));
    let missing = qemu::address(&directory.path().join("missing/qmp.sock"));
    let setup = Setup {
        connect_timeout: Some(SHORT),
        ..Setup::default()
    };
    let program = "/no/such/qemu";
    for (error, expected, start) in [
        (
            D::connect(&missing, setup).err(),
            Action::Connect,
            format!("cannot connect to {missing}: "),
        ),
        (
            D::listen(&missing, setup, |_| {}).err(),
            Action::Listen,
            format!("cannot listen on {missing}: "),
        ),
        (
            D::listen(&socket, setup, |_| {}).err(),
            Action::Accept,
            format!("cannot accept a connection at {socket}: "),
        ),
        (
            D::spawn(&mut Command::new(program)).err(),
            Action::Start,
            format!("cannot start {program}: "),
        ),
    ] {
        let error = error.unwrap();
        let text = error.to_string();
        assert!(text.starts_with(&start), "{text}");
        let asks = text.contains("is QEMU running?");
        assert_eq!(asks, expected == Action::Connect, "{text}");
        match error {
            Error::Connect { action, .. } => assert_eq!(action, expected),
            other => panic!("{other}"),
        }
    }
}

#[test]
fn a_child_is_killed_if_the_wait_for_its_greeting_is_cancelled() {
    // The child holds one end until it exits.
    let (mut reader, writer) = std::io::pipe().unwrap();
    let mut command = Command::new("sleep");
    command.arg("600").stderr(writer);
    runtime().block_on(async {
        let mut spawn = pin!(qapi_client::tokio::Client::spawn(&mut command));
        poll_fn(|context| {
            assert!(spawn.as_mut().poll(context).is_pending());
            Poll::Ready(())
        })
        .await;
    });
    drop(command);
    let (sender, ended) = mpsc::channel();
    thread::spawn(move || {
        reader.read_to_end(&mut Vec::new()).unwrap();
        sender.send(()).unwrap();
    });
    ended.recv_timeout(PATIENCE).expect("the child ends");
}
