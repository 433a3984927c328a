//! The command `qapi`.

mod commands;
mod refused;
mod status;
mod verdict;

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory as _, Parser, Subcommand};
use clap_complete::Shell;
use commands::{check, completions, diff, dump, generate};
use qapi_cli::terminal;
use status::FAILED;

/// Checks and compares QEMU's QAPI schemas, and generates Rust code from them.
#[derive(Parser)]
#[command(
    name = "qapi",
    version,
    after_help = "Exit status: 0 on success; 1 if a schema is rejected; 2 if a file cannot be read or written, or the \
                  command line is wrong."
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Validates schemas.
    Check(check::Arguments),
    /// Prints the resolved schema in the format of QEMU's test suite.
    Dump {
        /// The root file of the schema.
        file: PathBuf,
    },
    /// Compares two schemas and reports what the changes break.
    Diff(diff::Arguments),
    /// Generates Rust types and serde impls from a schema.
    Generate(generate::Arguments),
    /// Prints a completion script for a shell.
    Completions {
        /// The shell.
        shell: Shell,
    },
}

fn main() -> ExitCode {
    let status = match Arguments::parse().command {
        Command::Check(arguments) => check::run(&arguments),
        Command::Dump { file } => dump::run(&file),
        Command::Diff(arguments) => diff::run(&arguments),
        Command::Generate(arguments) => generate::run(&arguments),
        Command::Completions { shell } => completions::run(shell, Arguments::command()),
    };
    ExitCode::from(status.unwrap_or_else(unwritable))
}

fn unwritable(error: io::Error) -> u8 {
    terminal::report(format_args!("error: cannot write the output: {error}"));
    FAILED
}
