//! The growth of time and memory with the size of a schema.

use std::path::PathBuf;
use std::process::Command;
use std::rc::Rc;

use anyhow::Result;

use crate::comparison::{self, Candidate};
use crate::externs::{Externs, Profile};
use crate::goal::{Goal, Limit};
use crate::process::{self, Usage};
use crate::report::Report;
use crate::table::Table;
use crate::{machine, progress, unit, workspace};

/// A schema with a multiple of the size of QMP.
#[derive(Clone, Copy)]
struct Size {
    times: usize,
    name: &'static str,
}

const ONE: Size = Size {
    times: 1,
    name: "once QMP",
};

const FIVE: Size = Size {
    times: 5,
    name: "5 times QMP",
};

const TEN: Size = Size {
    times: 10,
    name: "10 times QMP",
};

const TWENTY: Size = Size {
    times: 20,
    name: "20 times QMP",
};

/// Measures work on synthetic schemas.
pub(crate) fn measure() -> Result<Report> {
    let files = workspace::build("generators", &["--release"])?;
    let load = workspace::find(&files, "load", "")?;
    let generate = workspace::find(&files, "ours", "")?;
    let pairs = ["diff", "merge"].map(|name| workspace::find(&files, name, ""));
    let sizes = [ONE, FIVE, TWENTY];
    for size in sizes.iter().chain([&TEN]) {
        synthetic::write(synthetic::schema(size.times), &folder(*size)?)?;
        synthetic::write(synthetic::successor(size.times), &newer(*size)?)?;
    }
    let mut report = Report::default();
    stage(&mut report, "load", 5, &sizes, move |size| {
        let mut command = Command::new(&load);
        command.arg(schema(size)?);
        Ok(command)
    })?;
    let generate = move |size| {
        let mut command = Command::new(&generate);
        command.arg(schema(size)?).arg(generated(size)?);
        Ok(command)
    };
    // If rustc has no memory for more.
    process::run(&mut generate(TEN)?)?;
    stage(&mut report, "load and generate", 5, &sizes, generate)?;
    for (what, program) in ["load two and diff", "load two and merge"]
        .into_iter()
        .zip(pairs)
    {
        let program = program?;
        stage(&mut report, what, 5, &sizes, move |size| {
            let mut command = Command::new(&program);
            command
                .arg(schema(size)?)
                .arg(newer(size)?.join(synthetic::ROOT));
            Ok(command)
        })?;
    }
    let externs = Externs::build(Profile::Dev)?;
    let rustc = move |size| externs.rustc("growth", "2024", &generated(size)?);
    let sizes = [ONE, FIVE, largest_for(&rustc)?];
    stage(&mut report, "rustc, dev", 1, &sizes, rustc)?;
    Ok(report)
}

/// The largest schema for which rustc has enough memory, with some left for other programs.
fn largest_for(rustc: &impl Fn(Size) -> Result<Command>) -> Result<Size> {
    let peak = process::run(&mut rustc(ONE)?)?.peak;
    let needed = peak * TWENTY.times as u64;
    match machine::available_memory() {
        Some(available) if available < needed / 2 * 3 => {
            let needed = unit::bytes(needed as f64);
            progress::note(format_args!(
                "rustc would need {needed} for {}",
                TWENTY.name
            ));
            Ok(TEN)
        }
        _ => Ok(TWENTY),
    }
}

/// Does something with a schema of each size, and reports the resources it took.
fn stage(
    report: &mut Report,
    what: &str,
    rounds: usize,
    sizes: &[Size; 3],
    command: impl Fn(Size) -> Result<Command> + 'static,
) -> Result<()> {
    progress::note(what);
    let command = Rc::new(command);
    let candidates = sizes.map(|size| {
        let command = Rc::clone(&command);
        Candidate {
            name: size.name,
            command: Box::new(move || command(size)),
        }
    });
    let medians = comparison::run(rounds, &candidates)?;
    let columns = [
        what,
        ONE.name,
        FIVE.name,
        sizes[2].name,
        "a part, largest / once",
    ];
    let mut table = Table::new(&columns);
    let mut row = |quantity: &str, value: fn(&Usage) -> f64, show: fn(f64) -> String| {
        let values = medians.iter().map(value);
        let parts = values
            .clone()
            .zip(sizes)
            .map(|(value, size)| value / size.times as f64);
        let parts: Vec<f64> = parts.collect();
        let growth = parts[2] / parts[0];
        let cells = values.map(show).chain([unit::digits(growth)]);
        table.row([quantity.to_owned()].into_iter().chain(cells));
        let goal = format!("{what}, {quantity}");
        report
            .goals
            .push(Goal::new(goal, growth, Limit::AtMost(1.1)));
    };
    row("CPU time", Usage::cpu, unit::seconds);
    row("peak memory", Usage::peak, unit::bytes);
    report.tables.push(table);
    Ok(())
}

fn folder(size: Size) -> Result<PathBuf> {
    workspace::scratch(&format!("growth/{}", size.times))
}

/// The folder of the successor of a schema.
fn newer(size: Size) -> Result<PathBuf> {
    workspace::scratch(&format!("growth/{}/newer", size.times))
}

fn schema(size: Size) -> Result<PathBuf> {
    Ok(folder(size)?.join(synthetic::ROOT))
}

fn generated(size: Size) -> Result<PathBuf> {
    Ok(folder(size)?.join("generated.rs"))
}
