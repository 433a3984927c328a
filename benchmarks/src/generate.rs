//! Whole runs of the generators, from the start of the program to the written file.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use anyhow::{Context as _, Result};

use crate::comparison::{self, Candidate};
use crate::goal::Limit;
use crate::report::Report;
use crate::{progress, workspace};

const ROUNDS: usize = 9;

/// Measures the optimized generator and QEMU's own, with QEMU's schema.
pub(crate) fn release() -> Result<Report> {
    let Some(source) = env::var_os("QEMU_SOURCE").map(PathBuf::from) else {
        progress::note("skipping QEMU's generator: `QEMU_SOURCE` names no source tree of QEMU");
        return Ok(Report::default());
    };
    let source = fs::canonicalize(source).context("can't find what `QEMU_SOURCE` names")?;
    let schema = source.join("qapi/qapi-schema.json");
    let candidates = [
        generator("ours", &["--release"], &schema)?,
        python(source, schema),
    ];
    let medians = comparison::run(ROUNDS, &candidates)?;
    let columns = ["", "ours", "`scripts/qapi-gen.py`", "ours / Python"];
    let limits = [("wall time", Limit::AtMost(1.0 / 6.0))];
    Ok(comparison::report(&columns, &medians, &limits))
}

/// Measures the generators as build scripts run them, without optimisation.
pub(crate) fn dev() -> Result<Report> {
    let schema = workspace::schema()?;
    let candidates = [
        generator("ours", &[], &schema)?,
        generator("theirs", &[], &schema)?,
        generator("load", &[], &schema)?,
    ];
    let medians = comparison::run(ROUNDS, &candidates)?;
    let columns = ["", "ours", "theirs", "ours, loading only", "ours / theirs"];
    let limits = [("wall time", Limit::AtMost(4.0))];
    Ok(comparison::report(&columns, &medians, &limits))
}

/// A program of `generators`.
fn generator(name: &'static str, arguments: &[&str], schema: &Path) -> Result<Candidate> {
    let files = workspace::build("generators", arguments)?;
    let program = workspace::find(&files, name, "")?;
    let out = workspace::scratch("generate")?
        .join(name)
        .with_extension("rs");
    let schema = schema.to_owned();
    let command = move || {
        let mut command = Command::new(&program);
        command.arg(&schema).arg(&out);
        Ok(command)
    };
    Ok(Candidate {
        name,
        command: Box::new(command),
    })
}

fn python(source: PathBuf, schema: PathBuf) -> Candidate {
    let command = move || {
        let mut command = Command::new("python3");
        command
            .arg(source.join("scripts/qapi-gen.py"))
            .arg("-o")
            .arg(workspace::scratch("generate/python")?)
            .arg(&schema);
        Ok(command)
    };
    Candidate {
        name: "qapi-gen.py",
        command: Box::new(command),
    }
}
