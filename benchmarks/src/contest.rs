//! Runs that alternate, so that whatever else the machine does hits all alike.

use std::process::Command;

use anyhow::Result;

use crate::process::{self, Usage};
use crate::progress;

/// Who takes part: a name and the command of one run.
pub(crate) struct Contestant {
    pub(crate) name: &'static str,
    pub(crate) command: Box<dyn Fn() -> Result<Command>>,
}

/// The medians of the runs of each, in the order of the contestants.
pub(crate) fn run(rounds: usize, contestants: &[Contestant]) -> Result<Vec<Usage>> {
    let mut runs = vec![Vec::new(); contestants.len()];
    for round in 1..=rounds {
        for (contestant, runs) in contestants.iter().zip(&mut runs) {
            let usage = process::run(&mut (contestant.command)()?)?;
            progress::note(format_args!(
                "round {round}/{rounds}: {}: {:.2} s, {:.2} s CPU, {} MB",
                contestant.name,
                usage.wall.as_secs_f64(),
                usage.cpu.as_secs_f64(),
                usage.peak / 1_000_000,
            ));
            runs.push(usage);
        }
    }
    Ok(runs.iter().map(|runs| medians(runs)).collect())
}

fn medians(runs: &[Usage]) -> Usage {
    Usage {
        wall: median(runs.iter().map(|run| run.wall)),
        cpu: median(runs.iter().map(|run| run.cpu)),
        peak: median(runs.iter().map(|run| run.peak)),
    }
}

/// The middle value, or the upper one of two.
pub(crate) fn median<T: Copy + PartialOrd>(values: impl Iterator<Item = T>) -> T {
    let mut values: Vec<T> = values.collect();
    values.sort_by(|a, b| a.partial_cmp(b).expect("no measured value is NaN"));
    values[values.len() / 2]
}
