//! What people and pipes read.

use std::fmt::Display;
use std::io::{self, Write as _};

use anstream::{AutoStream, ColorChoice};
use qapi_parser::Diagnostics;

/// Prints a line to standard output.
///
/// A reader that has seen enough and gone away is no error: the exit code is still the verdict.
pub(crate) fn print(line: impl Display) -> io::Result<()> {
    let mut out = anstream::stdout().lock();
    match writeln!(out, "{line}").and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}

/// Prints a line to standard error. When nobody reads that, there is nobody to tell.
pub(crate) fn report(line: impl Display) {
    let _ = io::stderr().write_all(format!("{line}\n").as_bytes());
}

/// Prints findings to standard error, in colour where that is wanted.
pub(crate) fn show(findings: &Diagnostics) {
    if findings.is_empty() {
        return;
    }
    // In one piece: standard error has no buffer, and a report is made of hundreds of pieces.
    let _ = match AutoStream::choice(&io::stderr()) {
        ColorChoice::Never => io::stderr().write_all(format!("{findings}\n\n").as_bytes()),
        _ => anstream::stderr()
            .write_all(format!("{}\n\n", findings.report().styled(true)).as_bytes()),
    };
}
