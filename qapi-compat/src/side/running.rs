//! Asks a running QEMU for its schema: greeting, capabilities, `query-qmp-schema`, and nothing else of the protocol.

use std::io::{self, BufRead as _, BufReader, Read, Write};
use std::net::TcpStream;
#[cfg(unix)]
use std::os::unix::net::UnixStream;
use std::time::Duration;

use serde::Deserialize;
use serde::de::IgnoredAny;

/// How long QEMU may take for each part of an answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// How long a message may be; the schema of QEMU 11.1 has 300 kB.
const MAX_MESSAGE: u64 = 64 << 20;

/// What tells messages apart.
#[derive(Deserialize)]
struct Message {
    id: Option<String>,
    error: Option<Error>,
}

#[derive(Deserialize)]
struct Error {
    desc: String,
}

/// The reply of the QEMU at an address, `unix:PATH` or `tcp:HOST:PORT`; `None` for what is not an address.
pub(super) fn reply(address: &str) -> Option<io::Result<String>> {
    if let Some(address) = address.strip_prefix("tcp:") {
        return Some(TcpStream::connect(address).and_then(|stream| {
            stream.set_read_timeout(Some(PATIENCE))?;
            ask(&stream, &stream)
        }));
    }
    #[cfg(unix)]
    if let Some(path) = address.strip_prefix("unix:") {
        return Some(UnixStream::connect(path).and_then(|stream| {
            stream.set_read_timeout(Some(PATIENCE))?;
            ask(&stream, &stream)
        }));
    }
    None
}

fn ask(input: impl Read, mut output: impl Write) -> io::Result<String> {
    let mut input = BufReader::new(input);
    // The greeting.
    message(&mut input)?;
    for command in ["qmp_capabilities", "query-qmp-schema"] {
        writeln!(output, r#"{{"execute": "{command}", "id": "{command}"}}"#)?;
        loop {
            let text = message(&mut input)?;
            let message: Message = serde_json::from_str(&text)?;
            if let Some(error) = message.error {
                return Err(io::Error::other(error.desc));
            }
            // Events come at any time.
            if message.id.as_deref() != Some(command) {
                continue;
            }
            if command == "query-qmp-schema" {
                return Ok(text);
            }
            break;
        }
    }
    Err(io::ErrorKind::UnexpectedEof.into())
}

fn message(input: &mut impl io::BufRead) -> io::Result<String> {
    let mut text = String::new();
    let read = input.take(MAX_MESSAGE).read_line(&mut text);
    let is_timeout = |error: &io::Error| {
        matches!(
            error.kind(),
            io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut
        )
    };
    match read {
        Err(error) if is_timeout(&error) => Err(io::Error::new(
            io::ErrorKind::TimedOut,
            "QEMU does not answer; it serves one client at a time, so another one may be connected",
        )),
        Err(error) => Err(error),
        Ok(0) => Err(io::ErrorKind::UnexpectedEof.into()),
        Ok(_) => {
            serde_json::from_str::<IgnoredAny>(&text)?;
            Ok(text)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(input: &str) -> Result<String, String> {
        ask(input.as_bytes(), io::sink()).map_err(|error| error.to_string())
    }

    #[test]
    fn the_reply_is_found_among_other_messages() {
        let event = r#"{"event": "STOP", "timestamp": {"seconds": 1, "microseconds": 2}}"#;
        let negotiated = format!(
            "{{\"QMP\": {{}}}}\n{event}\n{{\"return\": {{}}, \"id\": \"qmp_capabilities\"}}\n"
        );
        let reply = "{\"return\": [], \"id\": \"query-qmp-schema\"}\n";
        assert_eq!(
            answer(&format!("{negotiated}{event}\n{reply}")).as_deref(),
            Ok(reply)
        );
        let refused =
            r#"{"error": {"class": "GenericError", "desc": "no"}, "id": "query-qmp-schema"}"#;
        assert_eq!(
            answer(&format!("{negotiated}{refused}\n")),
            Err("no".to_owned())
        );
        for broken in [
            &negotiated,
            "",
            "{\"QMP\": {}}\n",
            "SSH-2.0-OpenSSH\n",
            "{\"QMP\": {",
        ] {
            assert!(answer(broken).is_err(), "{broken}");
        }
    }
}
