//! What people and pipes read.

use std::fmt::Display;
use std::io::{self, Write as _};

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
    let _ = writeln!(anstream::stderr().lock(), "{line}");
}
