//! The client with a server that does as little as possible.

use anyhow::Result;

use crate::goal::{Goal, Limit};
use crate::lines::Lines;
use crate::report::Report;
use crate::table::Table;
use crate::unit;

/// What is counted per second, what uses processor time, and the target of the former for ours / theirs.
const SPEEDS: &[(&str, &str, &str, f64)] = &[
    (
        "one at a time",
        "round trips a second, one at a time",
        "processor time of a round trip, one at a time",
        1.5,
    ),
    (
        "8 at once",
        "round trips a second, 8 at once",
        "processor time of a round trip, 8 at once",
        1.5,
    ),
    (
        "events",
        "events a second",
        "processor time of an event",
        2.0,
    ),
];

/// Runs the program in `client`, which measures.
pub(crate) fn measure() -> Result<Report> {
    let lines = Lines::of("client", "client")?;
    let mut table = Table::new(&["", "ours", "theirs", "ours, blocking", "ours / theirs"]);
    let mut goals = Vec::new();
    for &(case, what, _, target) in SPEEDS {
        let [ours, theirs, blocking] = values(&lines, case, 0)?;
        let cells = [ours, theirs, blocking].map(|it| format!("{it:.0}"));
        let ratio = unit::digits(ours / theirs);
        let row = [what.to_owned()].into_iter().chain(cells);
        table.row(row.chain([ratio]));
        let what = format!("{what}, ours / theirs");
        goals.push(Goal::new(what, ours / theirs, Limit::AtLeast(target)));
    }
    for &(case, _, what, _) in SPEEDS {
        let [ours, theirs, blocking] = values(&lines, case, 1)?;
        let cells = [ours, theirs, blocking].map(unit::seconds);
        let row = [what.to_owned()].into_iter().chain(cells);
        table.row(row.chain([unit::digits(ours / theirs)]));
    }
    let [ours, theirs, blocking] = values(&lines, "idle", 0)?;
    let cells = [ours, theirs, blocking].map(unit::bytes);
    let row = ["memory of an idle connection".to_owned()].into_iter();
    table.row(row.chain(cells).chain([unit::digits(ours / theirs)]));
    Ok(Report {
        goals,
        tables: vec![table],
    })
}

/// The speeds of a case are its numbers 0, and its processor times its numbers 1.
fn values(lines: &Lines, case: &str, number: usize) -> Result<[f64; 3]> {
    let value = |who| lines.find(case, who).map(|numbers| numbers[number]);
    Ok([value("ours")?, value("theirs")?, value("blocking")?])
}
