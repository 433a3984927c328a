//! The command `qapi`.

mod check;
mod completions;
mod diff;
mod generate;
mod load;
mod resolved;

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use clap_complete::Shell;
use qapi_cli::terminal;

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
    /// Prints the resolved schema in the form of QEMU's test suite.
    Dump {
        /// The root file of the schema.
        file: PathBuf,
    },
    /// Compares two schemas, and tells what the changes between them break.
    Diff(diff::Arguments),
    /// Generates Rust types and serde impls from a schema.
    Generate(generate::Arguments),
    /// Prints a completion script for a shell.
    Completions {
        /// The shell.
        shell: Shell,
    },
}

/// The exit status when a schema is rejected.
const REJECTED: u8 = 1;

/// The exit status when a file cannot be read or written, or the command line is wrong.
const FAILED: u8 = 2;

fn main() -> ExitCode {
    let status = match Arguments::parse().command {
        Command::Check(arguments) => check::run(&arguments),
        Command::Dump { file } => resolved::run(&file),
        Command::Diff(arguments) => diff::run(&arguments),
        Command::Generate(arguments) => generate::run(&arguments),
        Command::Completions { shell } => completions::run(shell),
    };
    ExitCode::from(status.unwrap_or_else(unwritable))
}

fn unwritable(error: io::Error) -> u8 {
    terminal::report(format_args!("error: cannot write the output: {error}"));
    FAILED
}
