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
    /// Compare only this command, event or type, and the types it refers to.
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    only: Vec<String>,
    /// The changes that set the exit status to 1.
    #[arg(long, value_enum, value_name = "WHAT", default_value_t = FailOn::Wire)]
    fail_on: FailOn,
    /// The output format.
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = Format::Text)]
    format: Format,
    /// The older side: the root file of a schema, a recorded reply of query-qmp-schema, or the address of a running QEMU, unix:PATH or tcp:HOST:PORT.
    old: String,
    /// The newer side, in the same form.
    new: String,
}

/// The verdict that determines the exit status.
#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum FailOn {
    /// An old client does not work with the new QEMU.
    Wire,
    /// A program for the old types does not compile with the new ones.
    Rust,
    /// A new client does not work with the old QEMU.
    Downgrade,
    /// Any of these, of what is known: a reply of query-qmp-schema tells nothing about Rust.
    Any,
}

/// The format of changes.
#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Format {
    /// Text for people.
    Text,
    /// One JSON object with all changes.
    Json,
    /// Workflow commands that GitHub shows as annotations.
    Github,
    /// Markdown for a pull request or release notes.
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
            "error: a reply of query-qmp-schema has no type names, so changes in Rust are unknown",
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

/// Loads a side. An error is reported.
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
