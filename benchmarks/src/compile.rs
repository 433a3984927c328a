//! rustc on the generated crate, ours, theirs, and the floor.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use crate::contest::{self, Contestant};
use crate::externs::{Externs, Profile};
use crate::process::Usage;
use crate::table::Table;
use crate::{floor, house, process};

const ROUNDS: usize = 3;

/// Measures rustc alone, with all that the crate depends on built before.
pub(crate) fn measure(profile: Profile) -> Result<Table> {
    let sources = Sources::generate()?;
    let medians = contest::run(ROUNDS, &contestants(Externs::build(profile)?, sources))?;
    let [ours, theirs, floor] = medians[..] else {
        unreachable!("three take part");
    };
    Ok(Table {
        title: match profile {
            Profile::Dev => "rustc on the generated QMP crate, dev",
            Profile::Release => "rustc on the generated QMP crate, release",
        },
        columns: &[
            "",
            "ours",
            "theirs",
            "`Debug` and `Clone` only",
            "ours / theirs",
            "target",
        ],
        rows: vec![
            row(
                "wall time",
                &[ours, theirs, floor],
                |it| it.wall.as_secs_f64(),
                "s",
                target(profile, "1/5"),
            ),
            row(
                "CPU time",
                &[ours, theirs, floor],
                |it| it.cpu.as_secs_f64(),
                "s",
                "",
            ),
            row(
                "peak memory",
                &[ours, theirs, floor],
                |it| it.peak as f64 / 1e6,
                "MB",
                target(profile, "1/3"),
            ),
        ],
    })
}

fn target(profile: Profile, target: &'static str) -> &'static str {
    match profile {
        Profile::Dev => target,
        Profile::Release => "",
    }
}

fn row(
    what: &str,
    usages: &[Usage; 3],
    value: impl Fn(&Usage) -> f64,
    unit: &str,
    target: &str,
) -> Vec<String> {
    let [ours, theirs, floor] = usages.each_ref().map(value);
    let show = |value: f64| format!("{value:.2} {unit}");
    vec![
        what.to_owned(),
        show(ours),
        show(theirs),
        show(floor),
        format!("{:.3}", ours / theirs),
        target.to_owned(),
    ]
}

/// The generated files.
struct Sources {
    ours: PathBuf,
    floor: PathBuf,
    /// What the peer's crate includes from its `OUT_DIR`.
    theirs: PathBuf,
    /// The root of the peer's crate, as published.
    their_crate: PathBuf,
}

impl Sources {
    fn generate() -> Result<Self> {
        let schema = house::schema()?;
        let package = schema
            .ancestors()
            .nth(3)
            .context("the schema is in a package")?;
        let folder = house::scratch("generated")?;
        let sources = Self {
            ours: folder.join("ours.rs"),
            floor: folder.join("floor.rs"),
            theirs: folder.join("qmp.rs"),
            their_crate: package.join("src/lib.rs"),
        };
        let files = house::build("generators", &[])?;
        for (name, out) in [("ours", &sources.ours), ("theirs", &sources.theirs)] {
            let generator = house::find(&files, name, "")?;
            process::run(std::process::Command::new(generator).arg(&schema).arg(out))?;
        }
        let text = fs::read_to_string(&sources.ours)?;
        fs::write(&sources.floor, floor::strip(&text)?)?;
        Ok(sources)
    }
}

fn contestants(externs: Externs, sources: Sources) -> [Contestant; 3] {
    let externs = std::rc::Rc::new(externs);
    let plain = |name: &'static str, source: PathBuf| {
        let externs = externs.clone();
        Contestant {
            name,
            command: Box::new(move || externs.rustc(name, "2024", &source)),
        }
    };
    let ours = plain("ours", sources.ours);
    let floor = plain("floor", sources.floor);
    let theirs = Contestant {
        name: "theirs",
        command: Box::new(move || {
            let mut command = externs.rustc("qapi_qmp", "2018", &sources.their_crate)?;
            command.env("OUT_DIR", sources.theirs.parent().unwrap_or(Path::new("")));
            Ok(command)
        }),
    };
    [ours, theirs, floor]
}
