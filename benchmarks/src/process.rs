//! The resources that a program uses.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use wait4::Wait4 as _;

/// The resources of one run.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Usage {
    /// From start to end.
    pub(crate) wall: Duration,
    /// Of all cores, by the program and its children.
    pub(crate) cpu: Duration,
    /// Of the largest of the processes, in bytes; never less than the memory of this program, from which they are
    /// forked.
    pub(crate) peak: u64,
}

impl Usage {
    /// In seconds.
    pub(crate) fn wall(&self) -> f64 {
        self.wall.as_secs_f64()
    }

    /// In seconds.
    pub(crate) fn cpu(&self) -> f64 {
        self.cpu.as_secs_f64()
    }

    /// In bytes.
    pub(crate) fn peak(&self) -> f64 {
        self.peak as f64
    }
}

/// Runs a program that must succeed.
pub(crate) fn run(command: &mut Command) -> Result<Usage> {
    let start = Instant::now();
    let used = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .spawn()
        .and_then(|child| child.wait4())
        .with_context(|| format!("can't run {command:?}"))?;
    let wall = start.elapsed();
    ensure!(used.status.success(), "{command:?} fails: {}", used.status);
    Ok(Usage {
        wall,
        cpu: used.rusage.utime + used.rusage.stime,
        peak: used.rusage.maxrss,
    })
}
