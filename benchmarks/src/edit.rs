//! A build after a change of one line of a program.

use std::cell::Cell;
use std::path::PathBuf;

use anyhow::Result;

use crate::comparison::{self, Candidate};
use crate::goal::{Goal, Limit};
use crate::process;
use crate::report::Report;
use crate::table::Table;
use crate::{progress, unit, workspace};

const ROUNDS: usize = 5;

/// The packages, and where each has the types.
const PROGRAMS: [(&str, &str); 4] = [
    ("edit-own-crate", "own crate"),
    ("edit-same-crate", "same crate"),
    ("edit-only", "same crate, `.only`"),
    ("edit-theirs", "theirs"),
];

/// Measures `cargo build` of programs that have been built before, with one line changed.
pub(crate) fn measure() -> Result<Report> {
    // Nothing must be downloaded during the measurement.
    workspace::schema()?;
    let target = workspace::scratch("edit")?;
    let candidates = PROGRAMS.map(|(package, name)| candidate(package, name, target.clone()));
    progress::note("building the programs before their first edit");
    for candidate in &candidates {
        process::run(&mut (candidate.command)()?)?;
    }
    let medians = comparison::run(ROUNDS, &candidates)?;
    let theirs = medians[PROGRAMS.len() - 1].wall();
    let mut table = Table::new(&["the types are in", "ours", "theirs", "ours / theirs"]);
    let mut goals = Vec::new();
    for ((_, name), ours) in PROGRAMS.iter().zip(&medians).take(PROGRAMS.len() - 1) {
        let ratio = ours.wall() / theirs;
        let cells = [unit::seconds(ours.wall()), unit::seconds(theirs)];
        let cells = cells.into_iter().chain([unit::digits(ratio)]);
        table.row([(*name).to_owned()].into_iter().chain(cells));
        // The peer's types are in a crate of their own, so this row compares like with like.
        if *name == "own crate" {
            goals.push(Goal::new(*name, ratio, Limit::AtMost(1.0)));
        }
    }
    Ok(Report {
        tables: vec![table],
        goals,
    })
}

fn candidate(package: &'static str, name: &'static str, target: PathBuf) -> Candidate {
    let edits = Cell::new(0);
    let command = move || {
        edits.set(edits.get() + 1);
        let mut command = workspace::cargo();
        command
            .args(["build", "--quiet", "--offline", "--package", package])
            .arg("--target-dir")
            .arg(&target)
            // As cargo builds packages in development.
            .env("CARGO_INCREMENTAL", "1")
            // The text differs from run to run, so that the first edit is a change too.
            .env("EDIT", format!("{} {}", std::process::id(), edits.get()));
        Ok(command)
    };
    Candidate {
        name,
        command: Box::new(command),
    }
}
