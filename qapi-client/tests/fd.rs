//! File descriptors that are passed with a command, to a real QEMU and with both drivers.
#![cfg(all(unix, feature = "blocking", feature = "tokio", feature = "fd"))]

#[path = "support/qemu.rs"]
#[allow(dead_code, missing_docs, unreachable_pub)]
mod qemu;

use std::fs::File;
use std::net::{TcpListener, TcpStream};
use std::os::fd::OwnedFd;
use std::thread;

use qapi_client::{Command, Empty, Error, blocking, tokio};
use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};
use serde_json::Value;

struct Getfd;

impl Command for Getfd {
    const NAME: &'static str = "getfd";
    type Return = Empty;
}

impl Serialize for Getfd {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        map.serialize_entry("fdname", "disk")?;
        map.end()
    }
}

struct AddFd;

impl Command for AddFd {
    const NAME: &'static str = "add-fd";
    const HAS_ARGUMENTS: bool = false;
    type Return = Value;
}

impl Serialize for AddFd {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Empty::new().serialize(serializer)
    }
}

fn file() -> OwnedFd {
    File::open("/dev/null").unwrap().into()
}

/// QEMU's error if none is passed.
fn assert_refused(error: &Error) {
    assert!(matches!(error, Error::Refused { .. }), "{error}");
}

#[test]
fn qemu_takes_a_descriptor() {
    if !qemu::is_there() {
        return;
    }
    let machine = qemu::Qemu::start();
    let builder = blocking::Client::builder().wait_for_socket(true);
    let client = builder.connect(&machine.address()).unwrap();
    assert_refused(&client.execute(Getfd).unwrap_err());
    // Each is passed with its own command, even if there are many.
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..20 {
                    client.execute_with_fd(Getfd, file()).unwrap();
                    let added = client.execute_with_fd(AddFd, file()).unwrap();
                    assert!(added["fdset-id"].is_u64(), "{added}");
                }
            });
        }
    });
    assert_refused(&client.execute(AddFd).unwrap_err());
}

#[test]
fn qemu_takes_a_descriptor_of_a_task() {
    if !qemu::is_there() {
        return;
    }
    let machine = qemu::Qemu::start();
    ::tokio::runtime::Runtime::new().unwrap().block_on(async {
        let builder = tokio::Client::builder().wait_for_socket(true);
        let client = builder.connect(&machine.address()).await.unwrap();
        assert_refused(&client.execute(Getfd).await.unwrap_err());
        for _ in 0..20 {
            client.execute_with_fd(Getfd, file()).await.unwrap();
            let added = client.execute_with_fd(AddFd, file()).await.unwrap();
            assert!(added["fdset-id"].is_u64(), "{added}");
        }
        assert_refused(&client.execute(AddFd).await.unwrap_err());
    });
}

#[test]
fn a_stream_that_passes_no_descriptor_is_an_error() {
    let address = serve_by_tcp();
    let client = blocking::Client::connect(&address).unwrap();
    let error = client.execute_with_fd(Getfd, file()).unwrap_err();
    assert!(matches!(error, Error::CannotSendFd { .. }), "{error}");

    ::tokio::runtime::Runtime::new().unwrap().block_on(async {
        let client = tokio::Client::connect(&serve_by_tcp()).await.unwrap();
        let error = client.execute_with_fd(Getfd, file()).await.unwrap_err();
        assert!(matches!(error, Error::CannotSendFd { .. }), "{error}");
    });
}

/// Greets one client, which sends no command.
fn serve_by_tcp() -> String {
    let listener = TcpListener::bind("localhost:0").unwrap();
    let address = format!("tcp:{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        use std::io::{BufRead as _, BufReader, Write as _};
        let (stream, _) = listener.accept().unwrap();
        let mut writer: TcpStream = stream.try_clone().unwrap();
        writer.write_all(b"{\"QMP\": {}}\n").unwrap();
        let mut lines = BufReader::new(stream).lines();
        assert!(lines.next().unwrap().unwrap().contains("qmp_capabilities"));
        writer.write_all(b"{\"return\": {}, \"id\": 0}\n").unwrap();
        lines.for_each(drop);
    });
    address
}
