//! rustc on the generated crates: ours, theirs, and the lower bound.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use crate::comparison::{self, Candidate};
use crate::externs::{Externs, Profile};
use crate::goal::Limit;
use crate::report::Report;
use crate::{floor, process, workspace};

const ROUNDS: usize = 3;

/// Measures rustc alone, with all dependencies of the crate already built.
pub(crate) fn measure(profile: Profile) -> Result<Report> {
    let sources = Sources::generate()?;
    let medians = comparison::run(ROUNDS, &candidates(Externs::build(profile)?, sources))?;
    let columns = [
        "",
        "ours",
        "theirs",
        "`Debug` and `Clone` only",
        "ours / theirs",
    ];
    // Waiting for the dev profile matters more; release may take a tenth more.
    let (wall, peak) = match profile {
        Profile::Dev => (0.20, 0.33),
        Profile::Release => (0.22, 0.363),
    };
    let limits = [
        ("wall time", Limit::AtMost(wall)),
        ("peak memory", Limit::AtMost(peak)),
    ];
    Ok(comparison::report(&columns, &medians, &limits))
}

/// The generated files.
struct Sources {
    ours: PathBuf,
    floor: PathBuf,
    /// The file that the peer's crate includes from its `OUT_DIR`.
    theirs: PathBuf,
    /// The root of the peer's crate, as published.
    their_crate: PathBuf,
}

impl Sources {
    fn generate() -> Result<Self> {
        let schema = workspace::schema()?;
        let package = schema
            .ancestors()
            .nth(3)
            .context("the schema is in a package")?;
        let folder = workspace::scratch("generated")?;
        let sources = Self {
            ours: folder.join("ours.rs"),
            floor: folder.join("floor.rs"),
            theirs: folder.join("qmp.rs"),
            their_crate: package.join("src/lib.rs"),
        };
        let files = workspace::build("generators", &[])?;
        for (name, out) in [("ours", &sources.ours), ("theirs", &sources.theirs)] {
            let generator = workspace::find(&files, name, "")?;
            process::run(std::process::Command::new(generator).arg(&schema).arg(out))?;
        }
        let text = fs::read_to_string(&sources.ours)?;
        fs::write(&sources.floor, floor::strip(&text)?)?;
        Ok(sources)
    }
}

fn candidates(externs: Externs, sources: Sources) -> [Candidate; 3] {
    let externs = std::rc::Rc::new(externs);
    let plain = |name: &'static str, source: PathBuf| {
        let externs = externs.clone();
        Candidate {
            name,
            command: Box::new(move || externs.rustc(name, "2024", &source)),
        }
    };
    let ours = plain("ours", sources.ours);
    let floor = plain("floor", sources.floor);
    let theirs = Candidate {
        name: "theirs",
        command: Box::new(move || {
            let mut command = externs.rustc("qapi_qmp", "2018", &sources.their_crate)?;
            command.env("OUT_DIR", sources.theirs.parent().unwrap_or(Path::new("")));
            Ok(command)
        }),
    };
    [ours, theirs, floor]
}
