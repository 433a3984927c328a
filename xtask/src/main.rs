//! The project's own commands.

mod check;
mod conformance;
mod dump;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// The project's own commands.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Judges a schema; exits with 1 when it is rejected, with 2 when it cannot be read.
    Check {
        /// Apply QEMU's current rules, those of style included; older dialects are errors.
        #[arg(long)]
        strict: bool,
        /// The root of the schema.
        file: PathBuf,
    },
    /// Prints the resolved schema in the form of QEMU's test suite; exits as check does.
    Dump {
        /// The root of the schema.
        file: PathBuf,
    },
    /// Runs a suite of X.json, X.err and X.out in strict mode; exits with 1 on any mismatch.
    Conformance {
        /// The folder of the suite.
        dir: PathBuf,
    },
}

fn main() -> ExitCode {
    match Arguments::parse().command {
        Command::Check { strict, file } => check::run(&file, strict),
        Command::Dump { file } => dump::run(&file),
        Command::Conformance { dir } => conformance::run(&dir),
    }
}
