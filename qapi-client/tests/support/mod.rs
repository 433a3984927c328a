//! A server that does what a test says, and the two drivers behind one trait.
#![allow(dead_code, missing_docs, unreachable_pub, unused_imports)]

mod commands;
mod driver;
pub mod qemu;
mod scope;
mod server;

use std::os::unix::net::UnixStream;
use std::time::Duration;

use qapi_client::{Error, Outcome};
use serde_json::json;

pub use commands::*;
pub use driver::{Driver, Next, OnTokio, Reap, Setup, runtime};
pub use server::{GREETING, Server, event};

/// Longer than anything takes.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// For a wait that must fail.
pub const SHORT: Duration = Duration::from_millis(50);

/// Runs a server while a client connects to it.
pub fn try_connect<D: Driver>(
    setup: Setup,
    serve: impl FnOnce(&mut Server) + Send,
) -> (Result<D, Error>, Server) {
    let (ours, theirs) = UnixStream::pair().unwrap();
    let mut server = Server::new(theirs);
    let client = server.scope(|server, scope| {
        scope.spawn(move || serve(server));
        D::connect_stream(ours, setup)
    });
    (client, server)
}

/// A client and its server, ready for commands.
pub fn connected<D: Driver>(setup: Setup) -> (D, Server) {
    let (client, server) = try_connect(setup, |server| drop(server.negotiate()));
    (client.unwrap(), server)
}

/// The error of a command that receives these bytes instead of a response.
pub fn failure<D: Driver>(setup: Setup, bytes: &[u8]) -> Error {
    let (client, mut server) = connected::<D>(setup);
    server.scope(|server, scope| {
        scope.spawn(move || {
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

/// Sends events, and returns once the client has received them.
pub fn burst<D: Driver>(client: &D, server: &mut Server, count: usize) {
    server.scope(|server, scope| {
        scope.spawn(move || {
            let id = server.expect("query-status");
            for number in 0..count {
                server.send(&event("TICK", json!(number)));
            }
            server.answer(&id, json!({}));
        });
        client.execute(QueryStatus).unwrap();
    });
}

/// Runs tests with both drivers.
#[macro_export]
macro_rules! with_both_drivers {
    ($($test:ident),* $(,)?) => {
        mod blocking {
            $(#[test] fn $test() { super::$test::<qapi_client::blocking::Client>(); })*
        }
        mod tokio {
            $(#[test] fn $test() { super::$test::<$crate::support::OnTokio>(); })*
        }
    };
}
