//! `cargo measure`: compares everything with its peers.

mod client;
mod cold;
mod comparison;
mod compile;
mod decode;
mod edit;
mod externs;
mod floor;
mod generate;
mod goal;
mod growth;
mod lines;
mod machine;
mod page;
mod picture;
mod process;
mod progress;
mod record;
mod report;
mod table;
mod unit;
mod workspace;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, ValueEnum};

use crate::externs::Profile;
use crate::record::Record;
use crate::report::Report;

/// Measures the generator and the generated code, compares them with their peers, and updates `docs/performance.md`.
#[derive(Parser)]
#[command(name = "cargo measure", bin_name = "cargo measure")]
struct Arguments {
    /// The sections to measure; all by default.
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
    /// A build after a change of one line.
    Edit,
    /// Decoding and encoding.
    Decode,
    /// The generator as a build script runs it, not optimized.
    GenerateDev,
    /// The generator, optimized, compared with QEMU's; `QEMU_SOURCE` names a source tree of QEMU.
    GenerateRelease,
    /// Reading, generating and compiling schemas of increasing size.
    Growth,
    /// Round trips and events of the client.
    Client,
}

impl Section {
    /// The name on the command line and on the page.
    fn name(self) -> String {
        let value = self.to_possible_value();
        value.map_or_else(String::new, |value| value.get_name().to_owned())
    }

    fn measure(self) -> Result<Report> {
        match self {
            Self::CompileDev => compile::measure(Profile::Dev),
            Self::CompileRelease => compile::measure(Profile::Release),
            Self::Cold => cold::measure(),
            Self::Edit => edit::measure(),
            Self::Decode => decode::measure(),
            Self::GenerateDev => generate::dev(),
            Self::GenerateRelease => generate::release(),
            Self::Growth => growth::measure(),
            Self::Client => client::measure(),
        }
    }
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
        let report = section.measure()?;
        // Sections that are not measured in this run keep their blocks of the page.
        if report.tables.is_empty() {
            continue;
        }
        anstream::print!("\n{report}\n");
        let stamp = machine::stamp()?;
        let name = section.name();
        page::renew(&name, format_args!("{report}\n{stamp}\n"))?;
        let mut record = Record::read()?;
        record.renew(&name, &report.goals);
        record.write()?;
        picture::renew(&record)?;
    }
    Ok(())
}
