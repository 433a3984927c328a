//! The time and the allocations of decoding and encoding within one process.

use anyhow::Result;

use crate::goal::{Goal, Limit};
use crate::lines::Lines;
use crate::report::Report;
use crate::table::Table;
use crate::unit;

const EVENTS: &str = "8000 events";

/// The cases, and the target of most: how many times as fast as the peer.
const CASES: &[(&str, Option<f64>)] = &[
    ("query-qmp-schema", Some(2.0)),
    ("query-qmp-schema, `CompactString`", None),
    ("query-qmp-schema, in its envelope", Some(2.5)),
    ("query-named-block-nodes", Some(1.1)),
    ("query-machines", Some(1.1)),
    (EVENTS, Some(2.0)),
    ("blockdev-add", Some(1.1)),
];

/// Runs the programs in `messages`, which measure.
pub(crate) fn measure() -> Result<Report> {
    let times = Lines::of("messages", "time")?;
    let counts = Lines::of("messages", "count")?;
    Ok(Report {
        goals: goals(&times, &counts)?,
        tables: vec![speeds(&times)?, allocations(&counts)?],
    })
}

fn speeds(times: &Lines) -> Result<Table> {
    let mut table = Table::new(&[
        "MB/s",
        "ours",
        "theirs",
        "`Value`",
        "`IgnoredAny`",
        "ours / theirs",
    ]);
    for &(case, _) in CASES {
        let speed = |who| {
            let [nanoseconds, bytes] = times.find(case, who).ok()?;
            Some(bytes * 1e3 / nanoseconds)
        };
        let speeds = ["ours", "theirs", "Value", "IgnoredAny"].map(speed);
        let ratio = speeds[0].zip(speeds[1]).map(|(ours, theirs)| ours / theirs);
        let cells = speeds.into_iter().chain([ratio]);
        let cells = cells.map(|it| it.map_or_else(String::new, unit::digits));
        table.row([case.to_owned()].into_iter().chain(cells));
    }
    Ok(table)
}

fn allocations(counts: &Lines) -> Result<Table> {
    let mut table = Table::new(&[
        "allocations",
        "ours",
        "theirs",
        "`Value`",
        "what the value owns",
    ]);
    for &(case, _) in CASES {
        let [ours, owned] = counts.find(case, "ours")?;
        let [theirs, _] = counts.find(case, "theirs")?;
        let [value, _] = counts.find(case, "Value")?;
        let cells = [ours, theirs, value, owned].map(|count| match count.is_nan() {
            true => String::new(),
            false => count.to_string(),
        });
        table.row([case.to_owned()].into_iter().chain(cells));
    }
    Ok(table)
}

fn goals(times: &Lines, counts: &Lines) -> Result<Vec<Goal>> {
    let time = |case, who| times.find(case, who).map(|[nanoseconds, _]| nanoseconds);
    let mut goals = Vec::new();
    for &(case, speedup) in CASES {
        let Some(speedup) = speedup else { continue };
        let ratio = time(case, "theirs")? / time(case, "ours")?;
        let what = format!("{case}, speed, ours / theirs");
        goals.push(Goal::new(what, ratio, Limit::AtLeast(speedup)));
    }
    let ratio = time(EVENTS, "IgnoredAny")? / time(EVENTS, "ours")?;
    let what = format!("{EVENTS}, speed, ours / `IgnoredAny`");
    goals.push(Goal::new(what, ratio, Limit::AtLeast(0.5)));
    let [made, owned] = counts.find(EVENTS, "ours")?;
    let what = format!("{EVENTS}, allocations, ours / what the value owns");
    goals.push(Goal::new(what, made / owned, Limit::AtMost(1.0)));
    Ok(goals)
}
