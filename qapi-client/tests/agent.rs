//! Guest agents: a real one, and some that misbehave, with both drivers.
#![cfg(all(unix, feature = "blocking", feature = "tokio"))]

use std::io::{BufRead as _, BufReader, Write as _};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::Path;
use std::process::{Child, Command as Process, Stdio};
use std::thread;
use std::time::Duration;

use qapi_client::{Command, Error, Outcome, base64, blocking, tokio};
use serde::{Serialize, Serializer};
use serde_json::{Value, json};

/// Longer than anything takes.
const PATIENCE: Duration = Duration::from_secs(60);

/// A command with any arguments.
macro_rules! command {
    ($name:ident, $wire:literal, $answers:literal) => {
        struct $name(Value);

        impl Command for $name {
            const NAME: &'static str = $wire;
            const SUCCESS_RESPONSE: bool = $answers;
            type Return = Value;
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                self.0.serialize(serializer)
            }
        }
    };
}

command!(Ping, "guest-ping", true);
command!(Exec, "guest-exec", true);
command!(ExecStatus, "guest-exec-status", true);
command!(Missing, "guest-missing", true);
command!(Shutdown, "guest-shutdown", false);

fn ping() -> Ping {
    Ping(json!({}))
}

/// The interface of both drivers.
enum Agent {
    Blocking(blocking::Agent),
    Tokio(::tokio::runtime::Runtime, tokio::Agent),
}

impl Agent {
    fn execute<C: Command<Return: Send>>(
        &self,
        command: C,
        timeout: Duration,
    ) -> Result<C::Return, Error> {
        match self {
            Self::Blocking(agent) => agent.execute_with(command, timeout),
            Self::Tokio(runtime, agent) => runtime.block_on(agent.execute_with(command, timeout)),
        }
    }
}

type Connect = fn(&str, Duration) -> Result<Agent, Error>;

/// Connects with each driver.
const DRIVERS: [Connect; 2] = [
    |address, timeout| {
        let builder = blocking::Client::builder().wait_for_socket(true);
        let agent = builder.connect_timeout(timeout).connect_agent(address)?;
        Ok(Agent::Blocking(agent))
    },
    |address, timeout| {
        let runtime = ::tokio::runtime::Runtime::new().unwrap();
        let builder = tokio::Client::builder().wait_for_socket(true);
        let agent = builder.connect_timeout(timeout).connect_agent(address);
        let agent = runtime.block_on(agent)?;
        Ok(Agent::Tokio(runtime, agent))
    },
];

/// Runs a fake agent: for each line, the bytes that it answers with.
fn serve(socket: &Path, mut answer: impl FnMut(&Value) -> Vec<u8> + Send + 'static) -> String {
    let listener = UnixListener::bind(socket).unwrap();
    thread::spawn(move || {
        let (stream, _) = listener.accept().unwrap();
        let mut reader = BufReader::new(stream.try_clone().unwrap());
        let mut writer: UnixStream = stream;
        let mut line = Vec::new();
        while reader
            .read_until(b'\n', &mut line)
            .is_ok_and(|length| length > 0)
        {
            line.retain(|byte| *byte != 0xff);
            let request: Value = serde_json::from_slice(&line).unwrap();
            line.clear();
            if writer.write_all(&answer(&request)).is_err() {
                break;
            }
        }
    });
    format!("unix:{}", socket.display())
}

/// The answer to a synchronization request, behind the error about its delimiter; nothing for other requests.
fn sync(request: &Value) -> Option<Vec<u8>> {
    let is_sync = request["execute"] == "guest-sync-delimited";
    let error = json!({"class": "GenericError", "desc": "JSON parse error, stray '\u{fffd}'"});
    let error = json!({ "error": error });
    let answer = json!({"return": request["arguments"]["id"]});
    is_sync.then(|| {
        [
            format!("{error}\n").as_bytes(),
            b"\xff",
            format!("{answer}\n").as_bytes(),
        ]
        .concat()
    })
}

fn reply(request: &Value, value: Value) -> Vec<u8> {
    let line = json!({"return": value, "id": request["id"]});
    format!("{line}\n").into_bytes()
}

#[test]
fn bytes_of_an_earlier_session_are_ignored() {
    for connect in DRIVERS {
        let dir = tempfile::tempdir().unwrap();
        let address = serve(&dir.path().join("qga"), |request| match sync(request) {
            Some(sync) => [
                b"{\"return\": 1}\n\xff{\"return\": 2}\nhalf {\"retu",
                &sync[..],
            ]
            .concat(),
            None => reply(request, json!("pong")),
        });
        let agent = connect(&address, PATIENCE).unwrap();
        assert_eq!(agent.execute(ping(), PATIENCE).unwrap(), "pong");
    }
}

#[test]
fn the_client_waits_for_an_agent_that_is_not_running() {
    for connect in DRIVERS {
        let dir = tempfile::tempdir().unwrap();
        let mut requests = 0;
        let address = serve(&dir.path().join("qga"), move |request| {
            requests += 1;
            match sync(request) {
                Some(_) if requests == 1 => Vec::new(),
                Some(sync) => sync,
                None => reply(request, json!("pong")),
            }
        });
        let agent = connect(&address, PATIENCE).unwrap();
        assert_eq!(agent.execute(ping(), PATIENCE).unwrap(), "pong");
    }
}

#[test]
fn what_a_slow_agent_sends_for_a_repeated_synchronization_is_no_answer_to_a_command() {
    for connect in DRIVERS {
        let dir = tempfile::tempdir().unwrap();
        let mut late = Vec::new();
        let address = serve(&dir.path().join("qga"), move |request| {
            match sync(request) {
                // Each answer is one request late.
                Some(sync) => std::mem::replace(&mut late, sync),
                None => [std::mem::take(&mut late), reply(request, json!("pong"))].concat(),
            }
        });
        let agent = connect(&address, PATIENCE).unwrap();
        assert_eq!(agent.execute(ping(), PATIENCE).unwrap(), "pong");
    }
}

#[test]
fn an_agent_that_never_answers_is_an_error() {
    for connect in DRIVERS {
        let dir = tempfile::tempdir().unwrap();
        let address = serve(&dir.path().join("qga"), |_| Vec::new());
        let error = connect(&address, Duration::from_millis(100)).err().unwrap();
        assert!(matches!(error, Error::AgentNotReady { .. }), "{error}");
    }
}

#[test]
fn after_a_timeout_the_late_reply_is_dropped() {
    for connect in DRIVERS {
        let dir = tempfile::tempdir().unwrap();
        let mut late = Vec::new();
        let address = serve(&dir.path().join("qga"), move |request| {
            if let Some(sync) = sync(request) {
                // Without an id, as agents before QEMU 4.0 answer.
                return [std::mem::take(&mut late), sync].concat();
            }
            if request["execute"] == "guest-exec" {
                late = b"{\"return\": \"late\"}\n".to_vec();
                return Vec::new();
            }
            b"{\"return\": \"pong\"}\n".to_vec()
        });
        let agent = connect(&address, PATIENCE).unwrap();
        let error = agent.execute(Exec(json!({})), Duration::from_millis(50));
        let error = error.unwrap_err();
        assert_eq!(error.outcome(), Some(Outcome::Unknown), "{error}");
        assert_eq!(agent.execute(ping(), PATIENCE).unwrap(), "pong");
    }
}

#[test]
fn a_command_without_an_answer_does_not_hang() {
    for connect in DRIVERS {
        let dir = tempfile::tempdir().unwrap();
        let mut shutdowns = 0;
        let address = serve(&dir.path().join("qga"), move |request| {
            if let Some(sync) = sync(request) {
                return sync;
            }
            if request["execute"] == "guest-ping" {
                return reply(request, json!("pong"));
            }
            shutdowns += 1;
            let error = json!({"class": "GenericError", "desc": "cannot"});
            match shutdowns {
                1 => Vec::new(),
                _ => format!("{}\n", json!({"error": error, "id": request["id"]})).into_bytes(),
            }
        });
        let agent = connect(&address, PATIENCE).unwrap();
        let shutdown = || agent.execute(Shutdown(json!({})), PATIENCE);
        assert_eq!(shutdown().unwrap(), json!({}));
        assert_eq!(agent.execute(ping(), PATIENCE).unwrap(), "pong");
        let error = shutdown().unwrap_err();
        assert!(matches!(error, Error::Refused { .. }), "{error}");
    }
}

/// The guest is suspended: its agent loses a request to synchronize, and answers the next one.
#[test]
fn commands_after_an_unanswered_one_are_executed() {
    for connect in DRIVERS {
        let dir = tempfile::tempdir().unwrap();
        let mut is_lost = false;
        let address = serve(&dir.path().join("qga"), move |request| {
            if request["execute"] == "guest-shutdown" {
                is_lost = true;
                return Vec::new();
            }
            match sync(request) {
                Some(_) if std::mem::take(&mut is_lost) => Vec::new(),
                Some(sync) => sync,
                None => reply(request, json!("pong")),
            }
        });
        let agent = connect(&address, PATIENCE).unwrap();
        thread::scope(|scope| {
            // One is sent. The other waits behind it for longer than the silence that means success.
            let silent =
                [0; 2].map(|_| scope.spawn(|| agent.execute(Shutdown(json!({})), PATIENCE)));
            for command in silent {
                assert_eq!(command.join().unwrap().unwrap(), json!({}));
            }
        });
        assert_eq!(agent.execute(ping(), PATIENCE).unwrap(), "pong");
    }
}

/// A real agent, which ends with the test.
struct Qga(Child);

impl Drop for Qga {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn qga(dir: &Path) -> Option<(Qga, String)> {
    let path = std::env::var("PATH").unwrap_or_default() + ":/usr/sbin";
    let socket = dir.join("qga.sock");
    let child = Process::new("qemu-ga")
        .env("PATH", path)
        .args(["-m", "unix-listen", "-b", "guest-set-time", "-p"])
        .arg(&socket)
        .arg("-t")
        .arg(dir)
        .stderr(Stdio::null())
        .spawn();
    match child {
        Ok(child) => Some((Qga(child), format!("unix:{}", socket.display()))),
        Err(error) => {
            let is_ci = std::env::var("CI").is_ok_and(|it| it == "true");
            assert!(!is_ci, "no qemu-ga: {error}");
            let skipped = format!("\nSKIPPED: no qemu-ga: {error}\n\n");
            let _ = std::io::stderr().write_all(skipped.as_bytes());
            None
        }
    }
}

command!(SetTime, "guest-set-time", true);

#[test]
fn a_real_agent_executes_a_program() {
    for connect in DRIVERS {
        let dir = tempfile::tempdir().unwrap();
        let Some((_qga, address)) = qga(dir.path()) else {
            return;
        };
        let agent = connect(&address, PATIENCE).unwrap();
        let run = json!({"path": "/bin/echo", "arg": ["hello"], "capture-output": true});
        let started = agent.execute(Exec(run), PATIENCE).unwrap();
        let status = loop {
            let status = ExecStatus(json!({"pid": started["pid"]}));
            let status = agent.execute(status, PATIENCE).unwrap();
            if status["exited"] == true {
                break status;
            }
            thread::sleep(Duration::from_millis(10));
        };
        let output = base64::decode(status["out-data"].as_str().unwrap()).unwrap();
        assert_eq!(output, b"hello\n");
        let error = agent.execute(Missing(json!({})), PATIENCE).unwrap_err();
        assert!(error.is_command_not_found(), "{error}");
        let error = agent.execute(SetTime(json!({})), PATIENCE).unwrap_err();
        assert!(error.is_command_disabled(), "{error}");
    }
}

#[test]
fn invalid_base64_is_an_error() {
    let mut noise = [0; 256];
    (0..=255)
        .zip(&mut noise)
        .for_each(|(byte, place)| *place = byte);
    assert_eq!(base64::decode(&base64::encode(noise)).unwrap(), noise);
    for text in ["a", "a===", "é", "YQ==YQ=="] {
        let error = base64::decode(text).unwrap_err().to_string();
        assert!(error.starts_with("invalid base64: "), "{error}");
    }
}
