//! The project's own commands.

mod conformance;
mod regen;

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use qapi_cli::terminal;

/// The project's own commands.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Regenerates the committed output; with --check, exits with 1 if it is not up to date.
    Regen {
        /// Show what would change without changing it.
        #[arg(long)]
        check: bool,
        /// Generate from this schema instead, to the file given by --out.
        #[arg(long, value_name = "FILE", requires = "out")]
        schema: Option<PathBuf>,
        /// The output file for --schema.
        #[arg(long, value_name = "FILE", requires = "schema")]
        out: Option<PathBuf>,
    },
    /// Runs a suite of X.json, X.err and X.out in strict mode; exits with 1 on any mismatch.
    Conformance {
        /// The folder of the suite.
        dir: PathBuf,
    },
}

fn main() -> ExitCode {
    run(Arguments::parse().command).unwrap_or_else(|error| {
        terminal::report(format_args!("error: cannot write the output: {error}"));
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
        Command::Conformance { dir } => conformance::run(&dir),
    }
}
