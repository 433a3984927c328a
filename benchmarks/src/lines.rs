//! The output of the programs that measure within one process.

use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, ensure};

use crate::{progress, workspace};

/// The output of a program: lines with a case, a candidate and two numbers.
pub(crate) struct Lines(Vec<(String, String, [f64; 2])>);

impl Lines {
    /// Builds a package and runs one of its programs.
    pub(crate) fn of(package: &str, program: &str) -> Result<Self> {
        let files = workspace::build(package, &["--release"])?;
        progress::note(format_args!("running `{program}`"));
        let output = Command::new(workspace::find(&files, program, "")?)
            .stderr(Stdio::inherit())
            .output()?;
        ensure!(output.status.success(), "`{program}` fails");
        let output = String::from_utf8(output.stdout)?;
        let lines = output.lines().map(|line| {
            let mut cells = line.split('\t');
            let mut cell = || cells.next().with_context(|| format!("too short: {line}"));
            let (case, who) = (cell()?.to_owned(), cell()?.to_owned());
            Ok((case, who, [number(cell()?), number(cell()?)]))
        });
        Ok(Self(lines.collect::<Result<_>>()?))
    }

    /// The numbers of a case and a candidate.
    pub(crate) fn find(&self, case: &str, who: &str) -> Result<[f64; 2]> {
        let line = self.0.iter().find(|line| line.0 == case && line.1 == who);
        let (_, _, values) = line.with_context(|| format!("nothing of {case} by {who}"))?;
        Ok(*values)
    }
}

/// NaN where there is none.
fn number(cell: &str) -> f64 {
    cell.parse().unwrap_or(f64::NAN)
}
