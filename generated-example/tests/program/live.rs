//! The program against a real QEMU: `qemu-system-x86_64`, or what the environment variable `QEMU` names.

use std::env;
use std::io::{self, BufRead, BufReader, Write};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::running::{PATIENCE, Running, example};
use serde_json::Value;

#[test]
fn what_another_client_causes_is_shown_in_order() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let [watched, control] = ["watched", "control"].map(|name| dir.path().join(name));
    let Some(qemu) = start_qemu([&watched, &control]) else {
        return;
    };
    let mut client = Client::connect(&control);
    let (example, _stdin) = example(&["--connect", &format!("unix:{}", watched.display())]);
    let note = example.error();
    assert!(note.starts_with("connected to QEMU "), "{note}");
    for (command, event) in [
        ("stop", "STOP"),
        ("cont", "RESUME"),
        ("system_reset", "RESET"),
        ("system_powerdown", "POWERDOWN"),
        ("quit", "SHUTDOWN"),
    ] {
        client.execute(command);
        let line = example.line();
        let words: Vec<_> = line.split_whitespace().collect();
        assert_eq!(words[2..], [event], "{line}");
    }
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

/// Starts a QEMU with a machine that has nothing, which is all that these events need, and a QMP socket at each path.
///
/// `None` where there is no QEMU, which only a developer's machine may lack.
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
            // Not by a macro, whose output the test harness keeps to itself.
            let notice = format!("\nSKIPPED: live test: {program} cannot be started: {error}\n\n");
            io::stderr()
                .write_all(notice.as_bytes())
                .expect("stderr is open");
            None
        }
    }
}

/// A client that gives commands.
struct Client {
    output: UnixStream,
    input: BufReader<UnixStream>,
}

impl Client {
    /// Connects once QEMU is there.
    fn connect(socket: &Path) -> Self {
        let deadline = Instant::now() + PATIENCE;
        let output = loop {
            match UnixStream::connect(socket) {
                Ok(stream) => break stream,
                Err(error) if Instant::now() > deadline => panic!("QEMU does not listen: {error}"),
                Err(_) => thread::sleep(Duration::from_millis(20)),
            }
        };
        output
            .set_read_timeout(Some(PATIENCE))
            .expect("it can be set");
        let input = BufReader::new(output.try_clone().expect("it can be cloned"));
        let mut client = Self { output, input };
        assert!(client.message().get("QMP").is_some());
        client.execute("qmp_capabilities");
        client
    }

    /// Gives a command and waits until it is done.
    fn execute(&mut self, command: &str) {
        let text = format!("{{\"execute\": \"{command}\"}}\n");
        self.output
            .write_all(text.as_bytes())
            .expect("QEMU listens");
        loop {
            let message = self.message();
            assert!(message.get("error").is_none(), "{command}: {message}");
            if message.get("return").is_some() {
                break;
            }
        }
    }

    fn message(&mut self) -> Value {
        let mut line = String::new();
        self.input.read_line(&mut line).expect("QEMU answers");
        serde_json::from_str(&line).expect("QEMU speaks JSON")
    }
}
