//! Output for people and pipes: results go to standard output, messages to standard error.

use std::fmt::Display;
use std::io::{self, Write as _};

use anstream::{AutoStream, ColorChoice};
use qapi_parser::Report;

/// Prints a line to standard output.
///
/// A closed pipe is not an error: the reader needs no more output, and the exit status is still correct.
///
/// # Errors
///
/// If standard output cannot be written for any other reason.
pub fn print(line: impl Display) -> io::Result<()> {
    let mut out = anstream::stdout().lock();
    match writeln!(out, "{line}").and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}

/// Prints a line to standard error. A failure is ignored, since there is nowhere left to report it.
pub fn report(line: impl Display) {
    let _ = io::stderr().write_all(format!("{line}\n").as_bytes());
}

/// Prints findings to standard error, in colour on a terminal.
pub fn show(findings: &Report<'_>) {
    let choice = AutoStream::choice(&io::stderr());
    let text = findings.styled(choice != ColorChoice::Never).to_string();
    if text.is_empty() {
        return;
    }
    // Written at once, since standard error is not buffered, and a report consists of hundreds of pieces.
    let text = format!("{text}\n\n");
    let _ = match choice {
        ColorChoice::Never => io::stderr().write_all(text.as_bytes()),
        _ => anstream::stderr().write_all(text.as_bytes()),
    };
}
