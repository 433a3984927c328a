//! `qapi diff`.

use std::io;

use anstream::{AutoStream, ColorChoice};
use clap::ValueEnum;
use qapi_cli::terminal::{print, report, show};
use qapi_compat::{Diff, Question, Severity, Side, SideError};

use crate::status::FAILED;

#[derive(clap::Args)]
#[command(
    after_help = "Exit status: 0 if nothing breaks; 1 if something does; 2 if the two could not be compared."
)]
pub(crate) struct Arguments {
    /// Compare only this command, event or type, and what it leads to.
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    only: Vec<String>,
    /// What the exit status tells.
    #[arg(long, value_enum, value_name = "WHAT", default_value_t = FailOn::Wire)]
    fail_on: FailOn,
    /// How to write the changes.
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = Format::Text)]
    format: Format,
    /// The older side: the root file of a schema, a recorded reply of query-qmp-schema, or the address of a running QEMU, unix:PATH or tcp:HOST:PORT.
    old: String,
    /// The newer side.
    new: String,
}

/// Which question the exit status answers.
#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum FailOn {
    /// Whether an old client works with the new QEMU.
    Wire,
    /// Whether a program for the old types compiles with the new ones.
    Rust,
    /// Whether a new client works with the old QEMU.
    Downgrade,
    /// Whether any of these breaks.
    Any,
}

/// How changes are written.
#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Format {
    /// For people.
    Text,
    /// One JSON object with all changes.
    Json,
    /// Workflow commands that GitHub shows as annotations.
    Github,
    /// For a pull request or a release note.
    Markdown,
}

/// Compares two sides, and returns the exit status.
pub(crate) fn run(arguments: &Arguments) -> io::Result<u8> {
    let (old, new) = (side(&arguments.old), side(&arguments.new));
    let (Some(old), Some(new)) = (old, new) else {
        return Ok(FAILED);
    };
    let diff = match &arguments.only[..] {
        [] => Diff::new(&old, &new),
        names => match Diff::only(&old, &new, names) {
            Ok(diff) => diff,
            Err(error) => {
                report(format_args!("error: {error}"));
                return Ok(FAILED);
            }
        },
    };
    let question = match arguments.fail_on {
        FailOn::Wire => Question::Wire,
        FailOn::Rust => Question::Rust,
        FailOn::Downgrade => Question::Downgrade,
        FailOn::Any => Question::Any,
    };
    if question == Question::Rust && !diff.knows_rust {
        report(
            "error: a reply of query-qmp-schema lacks the names of types, so nothing is known about Rust",
        );
        return Ok(FAILED);
    }
    let colour = AutoStream::choice(&io::stdout()) != ColorChoice::Never;
    let format = match arguments.format {
        Format::Text => qapi_compat::Format::Text { colour },
        Format::Json => qapi_compat::Format::Json,
        Format::Github => qapi_compat::Format::Github,
        Format::Markdown => qapi_compat::Format::Markdown,
    };
    print(diff.report(format, question).trim_end())?;
    Ok(u8::from(diff.worst(question) == Severity::Breaks))
}

/// Loads a side; a failure is shown.
fn side(name: &str) -> Option<Side> {
    match Side::open(name) {
        Ok(side) => Some(side),
        Err(SideError::Schema(qapi_parser::Error::Rejected(findings))) => {
            show(&findings.errors().report());
            report(format_args!(
                "error: {name} is not a valid schema, so nothing was compared"
            ));
            None
        }
        Err(error) => {
            report(error);
            None
        }
    }
}
