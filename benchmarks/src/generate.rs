//! Whole runs of the generators: from the start of the program to its file.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use anyhow::{Context as _, Result};

use crate::contest::{self, Contestant};
use crate::goal::Limit;
use crate::report::Report;
use crate::{house, progress};

const ROUNDS: usize = 9;

/// Measures the optimised generator beside QEMU's own, on QEMU's schema.
pub(crate) fn release() -> Result<Report> {
    let Some(source) = env::var_os("QEMU_SOURCE").map(PathBuf::from) else {
        progress::note("skipping QEMU's generator: `QEMU_SOURCE` names no source tree of QEMU");
        return Ok(Report::default());
    };
    let source = fs::canonicalize(source).context("can't find what `QEMU_SOURCE` names")?;
    let schema = source.join("qapi/qapi-schema.json");
    let contestants = [
        generator("ours", &["--release"], &schema)?,
        python(source, schema),
    ];
    let medians = contest::run(ROUNDS, &contestants)?;
    let columns = ["", "ours", "`scripts/qapi-gen.py`", "ours / Python"];
    let limits = [("wall time", Limit::AtMost(1, 8))];
    Ok(contest::report(&columns, &medians, &limits))
}

/// Measures the generators as build scripts run them, without optimisation.
pub(crate) fn dev() -> Result<Report> {
    let schema = house::schema()?;
    let contestants = [
        generator("ours", &[], &schema)?,
        generator("theirs", &[], &schema)?,
        generator("load", &[], &schema)?,
    ];
    let medians = contest::run(ROUNDS, &contestants)?;
    let columns = ["", "ours", "theirs", "ours, loading only", "ours / theirs"];
    let limits = [("wall time", Limit::AtMost(1, 1))];
    Ok(contest::report(&columns, &medians, &limits))
}

/// A program of `generators`.
fn generator(name: &'static str, arguments: &[&str], schema: &Path) -> Result<Contestant> {
    let files = house::build("generators", arguments)?;
    let program = house::find(&files, name, "")?;
    let out = house::scratch("generate")?.join(name).with_extension("rs");
    let schema = schema.to_owned();
    let command = move || {
        let mut command = Command::new(&program);
        command.arg(&schema).arg(&out);
        Ok(command)
    };
    Ok(Contestant {
        name,
        command: Box::new(command),
    })
}

fn python(source: PathBuf, schema: PathBuf) -> Contestant {
    let command = move || {
        let mut command = Command::new("python3");
        command
            .arg(source.join("scripts/qapi-gen.py"))
            .arg("-o")
            .arg(house::scratch("generate/python")?)
            .arg(&schema);
        Ok(command)
    };
    Contestant {
        name: "qapi-gen.py",
        command: Box::new(command),
    }
}
