//! Tests of tracing.
#![cfg(all(unix, feature = "blocking", feature = "tracing"))]

use std::fmt::{Debug, Write as _};
use std::io::{BufRead as _, BufReader, Write as _};
use std::os::unix::net::UnixStream;
use std::sync::{Mutex, OnceLock, mpsc};
use std::thread;
use std::time::Duration;

use qapi_client::blocking::Client;
use qapi_client::{Command, Empty};
use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// Commands with a password among their arguments.
macro_rules! command {
    ($name:ident, $wire:literal) => {
        struct $name;

        impl Command for $name {
            const NAME: &'static str = $wire;
            const ALLOW_OOB: bool = true;
            type Return = Empty;
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut map = serializer.serialize_map(Some(1))?;
                map.serialize_entry("password", "letmein")?;
                map.end()
            }
        }
    };
}

command!(SetPassword, "set_password");
command!(SendKey, "send-key");
command!(InputSendEvent, "input-send-event");
command!(RingbufWrite, "ringbuf-write");
command!(SevInjectLaunchSecret, "sev-inject-launch-secret");
command!(VendorLogin, "vendor-login");
command!(Other, "other");

/// All traced events, one per line.
fn log() -> &'static Mutex<String> {
    static LOG: OnceLock<Mutex<String>> = OnceLock::new();
    LOG.get_or_init(Mutex::default)
}

/// A client that the subscriber uses.
static CLIENT: OnceLock<Client> = OnceLock::new();

struct Recorder;

impl Subscriber for Recorder {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "qapi_client"
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        struct Line(String);
        impl Visit for Line {
            fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
                let _ = write!(self.0, "{}={value:?} ", field.name());
            }
        }
        let mut line = Line(String::new());
        event.record(&mut line);
        let mut log = log().lock().unwrap();
        log.push_str(&(line.0 + "\n"));
        drop(log);
        if let Some(client) = CLIENT.get() {
            client.execute_oob(Other).unwrap_err();
        }
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

#[test]
fn messages_are_traced_and_secrets_are_not() {
    tracing::subscriber::set_global_default(Recorder).unwrap();
    let (ours, theirs) = UnixStream::pair().unwrap();
    thread::spawn(move || {
        let mut writer = theirs.try_clone().unwrap();
        writer
            .write_all(b"{\"QMP\": {\"capabilities\": []}}\n")
            .unwrap();
        for line in BufReader::new(theirs).lines() {
            let request: serde_json::Value = serde_json::from_str(&line.unwrap()).unwrap();
            let reply = serde_json::json!({"return": {}, "id": request["id"]});
            writer.write_all(format!("{reply}\n").as_bytes()).unwrap();
        }
    });
    let builder = Client::builder().hide_arguments(["vendor-login"]);
    let client = builder.connect_stream(ours).unwrap();
    client.execute(SetPassword).unwrap();
    client.execute(SendKey).unwrap();
    client.execute(InputSendEvent).unwrap();
    client.execute(RingbufWrite).unwrap();
    client.execute(SevInjectLaunchSecret).unwrap();
    client.execute(VendorLogin).unwrap();
    assert!(!log().lock().unwrap().contains("letmein"));
    client.execute(Other).unwrap();
    let log = log().lock().unwrap().clone();
    for part in [
        "direction=\"received\" greeting=",
        "message={\"execute\":\"qmp_capabilities\",\"id\":0} direction=\"sent\"",
        "command=\"set_password\"",
        "command=\"vendor-login\"",
        "message={\"execute\":\"other\",\"arguments\":{\"password\":\"letmein\"}",
        "return: {}",
    ] {
        assert!(log.contains(part), "{part}\n{log}");
    }
    assert_eq!(log.matches("letmein").count(), 1, "{log}");
    // From now on, the subscriber uses the client.
    assert!(CLIENT.set(client).is_ok());
    let (sender, result) = mpsc::channel();
    thread::spawn(move || sender.send(CLIENT.get().unwrap().execute(Other)));
    let result = result.recv_timeout(Duration::from_secs(60));
    result.expect("no deadlock").unwrap();
}
