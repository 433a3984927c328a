//! `qapi check`.

mod github;
mod json;

use std::io;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use qapi_cli::terminal::{print, report, show};
use qapi_parser::{Diagnostics, Error, Loader, Mode};

use crate::status::{FAILED, REJECTED};
use crate::verdict;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Apply the rules of current QEMU, including its style rules; older dialects are errors.
    #[arg(long)]
    strict: bool,
    /// Show all findings; by default, the text format shows the first ones and summarizes the rest.
    #[arg(long)]
    all: bool,
    /// The format of findings: text is written to standard error, the formats for tools to standard output.
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = Format::Text)]
    format: Format,
    /// The root files of the schemas.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

/// The format of findings.
#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Format {
    /// Text for people.
    Text,
    /// One JSON object per finding, each on a line of its own.
    Json,
    /// Workflow commands that GitHub shows as annotations.
    Github,
}

/// Validates all files, and returns the worst exit status.
pub(crate) fn run(arguments: &Arguments) -> io::Result<u8> {
    let mut worst = 0;
    for file in &arguments.files {
        worst = worst.max(one(file, arguments)?);
    }
    Ok(worst)
}

fn one(file: &Path, arguments: &Arguments) -> io::Result<u8> {
    let mode = match arguments.strict {
        true => Mode::Strict,
        false => Mode::Lenient,
    };
    match Loader::new().mode(mode).check(file) {
        Ok(checked) => {
            write(&checked.warnings, mode, arguments)?;
            let verdict = verdict::accepted(&checked);
            match arguments.format {
                Format::Text => print(verdict)?,
                // Standard output contains only the findings.
                Format::Json | Format::Github => report(verdict),
            }
            Ok(0)
        }
        Err(Error::Rejected(findings)) => {
            write(&findings, mode, arguments)?;
            report(verdict::rejected(&findings));
            Ok(REJECTED)
        }
        Err(unreadable) => {
            report(unreadable);
            Ok(FAILED)
        }
    }
}

/// Writes findings in the requested format.
fn write(findings: &Diagnostics, mode: Mode, arguments: &Arguments) -> io::Result<()> {
    match arguments.format {
        Format::Text => {
            let mut text = findings.report();
            if arguments.all {
                text = text.limit(usize::MAX);
            }
            show(&text);
            if !arguments.all && text.hidden() > 0 {
                report("note: --all shows all findings\n");
            }
            Ok(())
        }
        Format::Json => findings
            .iter()
            .try_for_each(|finding| print(json::line(finding, findings, mode))),
        Format::Github => findings
            .iter()
            .try_for_each(|finding| print(github::line(finding, findings))),
    }
}
