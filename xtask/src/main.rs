//! The project's own commands.

mod check;
mod conformance;
mod dump;
mod regen;
mod terminal;

use std::io;
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
    /// Regenerates the committed output; exits with 1 when --check finds it stale.
    Regen {
        /// Show what would change, and change nothing.
        #[arg(long)]
        check: bool,
        /// Generate from this schema instead, to the file that --out names.
        #[arg(long, value_name = "FILE", requires = "out")]
        schema: Option<PathBuf>,
        /// Where to write what --schema gives.
        #[arg(long, value_name = "FILE", requires = "schema")]
        out: Option<PathBuf>,
    },
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
    run(Arguments::parse().command).unwrap_or_else(|error| {
        terminal::report(format_args!("error: can't write the output: {error}"));
        ExitCode::from(2)
    })
}

fn run(command: Command) -> io::Result<ExitCode> {
    match command {
        Command::Regen {
            check,
            schema: Some(schema),
            out: Some(out),
        } => regen::one(&schema, &out, check),
        Command::Regen { check, .. } => regen::committed(check),
        Command::Check { strict, file } => check::run(&file, strict),
        Command::Dump { file } => dump::run(&file),
        Command::Conformance { dir } => conformance::run(&dir),
    }
}
