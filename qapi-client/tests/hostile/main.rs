//! Servers that misbehave, step by step under the control of the test, with both drivers.
#![cfg(all(unix, feature = "blocking", feature = "tokio"))]

#[path = "../support/mod.rs"]
mod support;

mod answers;
mod bytes;
mod connecting;
mod depth;
mod events;
mod handles;
mod negotiation;
mod out_of_band;
mod pipes;
mod silence;

/// Otherwise, a failed assertion would leave the other side waiting.
#[test]
fn a_panic_on_one_side_ends_the_other() {
    use std::panic::{AssertUnwindSafe, catch_unwind};

    use qapi_client::{Deadline, Error, blocking::Client};
    use support::{QueryStatus, Setup, connected};

    let (client, mut server) = connected::<Client>(Setup::default());
    let test = || {
        server.scope(|server, scope| {
            scope.spawn(move || assert_eq!(server.receive(), None));
            panic!("this is part of the test");
        })
    };
    catch_unwind(AssertUnwindSafe(test)).unwrap_err();
    let error = client.execute_with(QueryStatus, Deadline::NEVER);
    assert!(matches!(error, Err(Error::Disconnected { .. })));
}
