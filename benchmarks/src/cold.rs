//! A cold build of a crate that depends on the generated one, the generator's own build included.

use std::fs;

use anyhow::Result;

use crate::contest::{self, Contestant};
use crate::house;
use crate::table::Table;

const ROUNDS: usize = 3;

/// Measures `cargo build` from nothing but what the registry has downloaded.
pub(crate) fn measure() -> Result<Table> {
    // So that nothing is downloaded by the clock.
    house::schema()?;
    let [ours, theirs] = contest::run(ROUNDS, &["ours", "theirs"].map(contestant))?[..] else {
        unreachable!("two take part");
    };
    let seconds = |what: &str, ours: f64, theirs: f64, target: &str| {
        vec![
            what.to_owned(),
            format!("{ours:.2} s"),
            format!("{theirs:.2} s"),
            format!("{:.3}", ours / theirs),
            target.to_owned(),
        ]
    };
    Ok(Table {
        title: "`cargo build` of a crate that depends on it, from nothing, dev",
        columns: &["", "ours", "theirs", "ours / theirs", "target"],
        rows: vec![
            seconds(
                "wall time",
                ours.wall.as_secs_f64(),
                theirs.wall.as_secs_f64(),
                "1/2",
            ),
            seconds(
                "CPU time",
                ours.cpu.as_secs_f64(),
                theirs.cpu.as_secs_f64(),
                "",
            ),
        ],
    })
}

fn contestant(member: &'static str) -> Contestant {
    let command = move || {
        let target = house::scratch("cold")?;
        fs::remove_dir_all(&target)?;
        let mut command = house::cargo();
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
    Contestant {
        name: member,
        command: Box::new(command),
    }
}
