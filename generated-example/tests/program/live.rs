//! The program with a real QEMU: `qemu-system-x86_64`, or the program in the environment variable `QEMU`.

use std::env;
use std::io::{self, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use qapi_client::Empty;
use qapi_client::blocking::Client;
use serde::{Serialize, Serializer};

use crate::running::{Running, example};

#[test]
fn events_caused_by_another_client_are_shown_in_order() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let [watched, control] = ["watched", "control"].map(|name| dir.path().join(name));
    let Some(qemu) = start_qemu([&watched, &control]) else {
        return;
    };
    let address = format!("unix:{}", control.display());
    // QEMU has started when it greets.
    let client = Client::builder().wait_for_socket(true).connect(&address);
    let client = client.expect("a QEMU");
    let (example, _stdin) = example(&["--connect", &format!("unix:{}", watched.display())]);
    let note = example.error();
    assert!(note.starts_with("connected to QEMU "), "{note}");
    shows(&example, &client, Stop, "STOP");
    shows(&example, &client, Cont, "RESUME");
    shows(&example, &client, SystemReset, "RESET");
    shows(&example, &client, SystemPowerdown, "POWERDOWN");
    shows(&example, &client, Quit, "SHUTDOWN");
    let ended = example.end();
    assert_eq!((ended.code, ended.errors.as_str()), (Some(0), ""));
    assert_eq!(
        ended.out,
        "\n5 events: 5 known of 5 kinds, 0 unknown of 0 kinds\n     1  POWERDOWN\n     1  RESET\n     1  RESUME\n     \
         1  SHUTDOWN\n     1  STOP\n"
    );
    let qemu = qemu.end();
    assert_eq!(qemu.code, Some(0), "{}", qemu.errors);
}

/// Starts a QEMU with an empty machine, which is enough for these events, and a QMP socket at each path.
///
/// Returns `None` if there is no QEMU, which is a failure in CI.
fn start_qemu(sockets: [&Path; 2]) -> Option<Running> {
    let program = env::var("QEMU").unwrap_or_else(|_| "qemu-system-x86_64".into());
    let mut command = Command::new(&program);
    command.args(["-display", "none", "-nodefaults", "-machine", "none"]);
    for socket in sockets {
        let socket = format!("unix:{},server=on,wait=off", socket.display());
        command.args(["-qmp", &socket]);
    }
    let piped = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    match piped.spawn() {
        Ok(child) => Some(Running::new(child)),
        Err(error) => {
            let ci = env::var("CI").is_ok_and(|ci| ci == "true");
            assert!(!ci, "{program} cannot be started: {error}");
            // Not `eprintln!`, because the test harness captures its output.
            let notice = format!("\nSKIPPED: live test: {program} cannot be started: {error}\n\n");
            io::stderr()
                .write_all(notice.as_bytes())
                .expect("stderr is open");
            None
        }
    }
}

/// Executes a command, and expects that the program shows the event that it causes.
fn shows<C>(example: &Running, client: &Client, command: C, event: &str)
where
    C: qapi_client::Command<Return = Empty>,
{
    client.execute(command).expect("a reply");
    let line = example.line();
    let words: Vec<_> = line.split_whitespace().collect();
    assert_eq!(words[2..], [event], "{line}");
}

/// Commands without arguments, which the schemas of this package do not have.
macro_rules! commands {
    ($($command:ident: $name:literal),*) => {$(
        struct $command;

        impl qapi_client::Command for $command {
            const NAME: &'static str = $name;
            const ALLOW_OOB: bool = false;
            const HAS_ARGUMENTS: bool = false;
            type Return = Empty;
        }

        impl Serialize for $command {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                Empty::new().serialize(serializer)
            }
        }
    )*};
}

commands!(
    Stop: "stop", Cont: "cont", SystemReset: "system_reset", SystemPowerdown: "system_powerdown", Quit: "quit"
);
