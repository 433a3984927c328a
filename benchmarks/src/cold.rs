//! A cold build of a crate that depends on the generated one, the generator's own build included.

use std::fs;

use anyhow::Result;

use crate::contest::{self, Contestant};
use crate::goal::Limit;
use crate::house;
use crate::report::Report;

const ROUNDS: usize = 3;

/// Measures `cargo build` from nothing but what the registry has downloaded.
pub(crate) fn measure() -> Result<Report> {
    // So that nothing is downloaded by the clock.
    house::schema()?;
    let medians = contest::run(ROUNDS, &["ours", "theirs"].map(contestant))?;
    let columns = ["", "ours", "theirs", "ours / theirs"];
    Ok(contest::report(
        &columns,
        &medians,
        &[("wall time", Limit::AtMost(1, 2))],
    ))
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
