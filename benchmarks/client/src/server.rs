//! A server for the part of QMP that is measured, which does as little as possible.

use std::io::{BufRead as _, BufReader, Write as _};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::Path;
use std::thread;

/// The number of events that `stop` causes.
pub(crate) const BURST: usize = 1000;

const GREETING: &[u8] = b"{\"QMP\": {\"version\": {\"qemu\": {\"micro\": 22, \"minor\": 2, \"major\": 7}, \"package\": \"\"}, \"capabilities\": [\"oob\"]}}\r\n";

const STATUS: &str = r#"{"status": "running", "singlestep": false, "running": true}"#;

/// Common events with their data.
const EVENTS: [&str; 5] = [
    r#"{"timestamp": {"seconds": 1795589659, "microseconds": 467092}, "event": "RTC_CHANGE", "data": {"offset": 78, "qom-path": "/machine/unattached/device[8]/rtc"}}"#,
    r#"{"timestamp": {"seconds": 1795589659, "microseconds": 467092}, "event": "STOP"}"#,
    r#"{"timestamp": {"seconds": 1795589659, "microseconds": 467092}, "event": "DEVICE_DELETED", "data": {"device": "net0", "path": "/machine/peripheral/net0"}}"#,
    r#"{"timestamp": {"seconds": 1795589659, "microseconds": 467092}, "event": "BLOCK_JOB_READY", "data": {"device": "drive0", "len": 10737418240, "offset": 10737418240, "speed": 0, "type": "mirror"}}"#,
    r#"{"timestamp": {"seconds": 1795589659, "microseconds": 467092}, "event": "JOB_STATUS_CHANGE", "data": {"status": "running", "id": "job0"}}"#,
];

/// Serves all connections.
pub(crate) fn serve(path: &Path) {
    let listener = UnixListener::bind(path).expect("a socket");
    for stream in listener.incoming() {
        let stream = stream.expect("a connection");
        thread::spawn(move || drop(talk(&stream)));
    }
}

fn talk(mut stream: &UnixStream) -> std::io::Result<()> {
    stream.write_all(GREETING)?;
    let mut burst = String::new();
    for number in 0..BURST {
        burst.push_str(EVENTS[number % EVENTS.len()]);
        burst.push_str("\r\n");
    }
    let mut lines = BufReader::new(stream);
    let mut line = String::new();
    let mut replies = String::new();
    while lines.read_line(&mut line)? > 0 {
        let id = line.find("\"id\":").map(|at| {
            let rest = line[at + 5..].trim_start();
            let end = rest.find(|it: char| !it.is_ascii_digit());
            &rest[..end.unwrap_or(rest.len())]
        });
        let value = match line.contains("\"query-status\"") {
            true => STATUS,
            false => "{}",
        };
        if line.contains("\"stop\"") {
            replies.push_str(&burst);
        }
        replies.push_str("{\"return\": ");
        replies.push_str(value);
        if let Some(id) = id {
            replies.push_str(", \"id\": ");
            replies.push_str(id);
        }
        replies.push_str("}\r\n");
        line.clear();
        // Commands that arrive together are answered together.
        if lines.buffer().is_empty() {
            stream.write_all(replies.as_bytes())?;
            replies.clear();
        }
    }
    Ok(())
}
