//! Progress messages on standard error.

use std::fmt::Display;
use std::io::Write as _;

use anstyle::{AnsiColor, Style};

/// Reports progress.
pub(crate) fn note(what: impl Display) {
    say(AnsiColor::Cyan.on_default(), "measure", what);
}

/// Reports an error.
pub(crate) fn failed(error: &anyhow::Error) {
    say(
        AnsiColor::Red.on_default().bold(),
        "error",
        format_args!("{error:#}"),
    );
}

/// If standard error is closed, the message is lost.
fn say(style: Style, head: &str, what: impl Display) {
    let _ = writeln!(anstream::stderr().lock(), "{style}{head}:{style:#} {what}");
}
