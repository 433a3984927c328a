//! Alternating runs, so that other load on the machine affects all candidates equally.

use std::process::Command;

use anyhow::Result;

use crate::goal::{Goal, Limit};
use crate::process::{self, Usage};
use crate::report::Report;
use crate::table::Table;
use crate::{progress, unit};

/// A candidate: its name, and the command of one run.
pub(crate) struct Candidate {
    pub(crate) name: &'static str,
    pub(crate) command: Box<dyn Fn() -> Result<Command>>,
}

/// The medians of the runs of each, in the order of the candidates.
pub(crate) fn run(rounds: usize, candidates: &[Candidate]) -> Result<Vec<Usage>> {
    let mut runs = vec![Vec::new(); candidates.len()];
    for round in 1..=rounds {
        for (candidate, runs) in candidates.iter().zip(&mut runs) {
            let usage = process::run(&mut (candidate.command)()?)?;
            progress::note(format_args!(
                "round {round}/{rounds}: {}: {}, {} CPU, {}",
                candidate.name,
                unit::seconds(usage.wall()),
                unit::seconds(usage.cpu()),
                unit::bytes(usage.peak()),
            ));
            runs.push(usage);
        }
    }
    Ok(runs.iter().map(|runs| medians(runs)).collect())
}

/// A table of the medians with a column for each candidate and the ratio of the first two; some of these ratios have a
/// target, by the names of the rows.
pub(crate) fn report(columns: &[&str], medians: &[Usage], limits: &[(&str, Limit)]) -> Report {
    let mut table = Table::new(columns);
    let mut goals = Vec::new();
    let mut row = |what: &str, value: fn(&Usage) -> f64, show: fn(f64) -> String| {
        let values: Vec<f64> = medians.iter().map(value).collect();
        let ratio = values[0] / values[1];
        let cells = values.into_iter().map(show).chain([unit::digits(ratio)]);
        table.row([what.to_owned()].into_iter().chain(cells));
        let limit = limits.iter().find(|(name, _)| *name == what);
        goals.extend(limit.map(|&(_, limit)| Goal::new(what, ratio, limit)));
    };
    row("wall time", Usage::wall, unit::seconds);
    row("CPU time", Usage::cpu, unit::seconds);
    row("peak memory", Usage::peak, unit::bytes);
    Report {
        tables: vec![table],
        goals,
    }
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
