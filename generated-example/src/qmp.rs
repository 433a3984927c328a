//! The first words of the QEMU Machine Protocol.

use std::io::{self, BufRead, Write};

use serde_json::Value;

use crate::address::{PATIENCE, Socket};
use crate::failure::Failure;
use crate::lines::{Line, Lines};
use crate::viewer::Viewer;

/// Waits for QEMU's greeting and has it send events from now on; those that come before its answer are shown.
///
/// The answer is what QEMU calls itself.
pub(crate) fn negotiate(
    socket: &Socket,
    lines: &mut Lines<impl BufRead>,
    viewer: &mut Viewer<'_>,
) -> Result<String, Failure> {
    let (line, greeting) = message(lines, "a greeting")?;
    let Some(name) = greeting.get("QMP").map(qemu) else {
        return Err(no_qmp(&line));
    };
    let mut output = socket;
    output
        .write_all(b"{\"execute\": \"qmp_capabilities\"}\n")
        .map_err(|error| Failure::Input(format!("cannot answer the greeting: {error}")))?;
    loop {
        let (line, answer) = message(lines, "an answer to qmp_capabilities")?;
        if let Some(desc) = answer.pointer("/error/desc") {
            return Err(Failure::Input(format!(
                "the peer refuses qmp_capabilities: {desc}"
            )));
        }
        if answer.get("return").is_some() {
            break;
        }
        if answer.get("event").is_none() {
            return Err(no_qmp(&line));
        }
        viewer.show(&line)?;
    }
    match socket.set_timeout(None) {
        Ok(()) => Ok(name),
        Err(error) => Err(Failure::Input(format!("cannot wait for events: {error}"))),
    }
}

/// Name and version, from a greeting.
fn qemu(greeting: &Value) -> String {
    let number = |key| greeting["version"]["qemu"][key].as_u64();
    match (number("major"), number("minor"), number("micro")) {
        (Some(major), Some(minor), Some(micro)) => format!("QEMU {major}.{minor}.{micro}"),
        _ => "QEMU".into(),
    }
}

/// The next message, as text and as a value.
fn message<'a>(
    lines: &'a mut Lines<impl BufRead>,
    awaited: &str,
) -> Result<(Line<'a>, Value), Failure> {
    let line = match lines.next() {
        Ok(Some(line)) => line,
        Ok(None) => {
            let why = format!("the peer closed the connection before it sent {awaited}");
            return Err(Failure::Input(why));
        }
        Err(error) if is_timeout(&error) => {
            let seconds = PATIENCE.as_secs();
            return Err(Failure::Input(format!(
                "the peer has not sent {awaited} in {seconds} seconds: it may not be QMP, or another client may be \
                 connected, since QEMU serves one at a time"
            )));
        }
        Err(error) => return Err(Failure::Input(format!("cannot read {awaited}: {error}"))),
    };
    match line.text.and_then(|text| serde_json::from_slice(text).ok()) {
        Some(value) => Ok((line, value)),
        None => Err(no_qmp(&line)),
    }
}

fn is_timeout(error: &io::Error) -> bool {
    // Which of the two it is depends on the system.
    matches!(
        error.kind(),
        io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut
    )
}

fn no_qmp(line: &Line<'_>) -> Failure {
    let text = String::from_utf8_lossy(line.text.unwrap_or(b"a very long line"));
    let start: String = text.chars().take(60).collect();
    let dots = if start.len() < text.len() { "…" } else { "" };
    Failure::Input(format!(
        "the peer does not speak QMP: it sent {start:?}{dots}"
    ))
}
