//! A cold build of a crate that depends on the generated one, including the build of the generator.

use std::fs;

use anyhow::Result;

use crate::comparison::{self, Candidate};
use crate::goal::Limit;
use crate::report::Report;
use crate::workspace;

const ROUNDS: usize = 3;

/// Measures `cargo build` with downloaded dependencies and an empty target folder.
pub(crate) fn measure() -> Result<Report> {
    // Nothing must be downloaded during the measurement.
    workspace::schema()?;
    let medians = comparison::run(ROUNDS, &["ours", "theirs"].map(candidate))?;
    let columns = ["", "ours", "theirs", "ours / theirs"];
    Ok(comparison::report(
        &columns,
        &medians,
        &[("wall time", Limit::AtMost(0.6))],
    ))
}

fn candidate(member: &'static str) -> Candidate {
    let command = move || {
        let target = workspace::scratch("cold")?;
        fs::remove_dir_all(&target)?;
        let mut command = workspace::cargo();
        command
            .args([
                "build",
                "--quiet",
                "--offline",
                "--package",
                member,
                "--target-dir",
            ])
            .arg(target);
        Ok(command)
    };
    Candidate {
        name: member,
        command: Box::new(command),
    }
}
