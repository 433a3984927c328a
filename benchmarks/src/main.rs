//! `cargo measure`: everything beside its peers in one go.

mod cold;
mod compile;
mod contest;
mod externs;
mod floor;
mod house;
mod process;
mod progress;
mod table;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, ValueEnum};

/// Measures the generator and what it generates beside its peers.
#[derive(Parser)]
#[command(name = "cargo measure", bin_name = "cargo measure")]
struct Arguments {
    /// What to measure, all of it when nothing is named.
    sections: Vec<Section>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Section {
    /// rustc on the generated crate, dev profile.
    CompileDev,
    /// rustc on the generated crate, release profile.
    CompileRelease,
    /// A cold build of a crate that depends on it.
    Cold,
}

fn main() -> ExitCode {
    match run(&Arguments::parse().sections) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            progress::failed(&error);
            ExitCode::FAILURE
        }
    }
}

fn run(sections: &[Section]) -> Result<()> {
    for section in Section::value_variants() {
        if !sections.is_empty() && !sections.contains(section) {
            continue;
        }
        let table = match section {
            Section::CompileDev => compile::measure(externs::Profile::Dev),
            Section::CompileRelease => compile::measure(externs::Profile::Release),
            Section::Cold => cold::measure(),
        }?;
        anstream::println!("{table}");
    }
    Ok(())
}
