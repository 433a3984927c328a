//! The counts in the repository.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

const FILE: &str = "baseline.txt";

/// Counts, and the toolchain that they depend on.
pub(crate) struct Baseline {
    pub(crate) toolchain: String,
    pub(crate) counts: Vec<(String, u64)>,
}

impl Baseline {
    /// The content of the file: the toolchain in the first line, then a line with a name and a count for each piece of
    /// work.
    pub(crate) fn read() -> Result<Self> {
        let text = fs::read_to_string(path()).with_context(|| format!("can't read {FILE}"))?;
        let (toolchain, lines) = text.split_once('\n').unwrap_or((&text, ""));
        let count = |line: &str| {
            let (name, count) = line.split_once(' ')?;
            Some((name.to_owned(), count.trim().parse().ok()?))
        };
        let counts = lines
            .lines()
            .map(|line| count(line).with_context(|| format!("{FILE}: {line}")));
        Ok(Self {
            toolchain: toolchain.to_owned(),
            counts: counts.collect::<Result<_>>()?,
        })
    }

    /// Replaces the file.
    pub(crate) fn write(&self) -> Result<()> {
        let mut text = format!("{}\n", self.toolchain);
        for (name, count) in &self.counts {
            let _ = writeln!(text, "{name:<16}{count:>12}");
        }
        fs::write(path(), text).with_context(|| format!("can't write {FILE}"))
    }

    /// The count of the work with this name.
    pub(crate) fn count(&self, name: &str) -> Option<u64> {
        let found = self.counts.iter().find(|(other, _)| other == name);
        found.map(|(_, count)| *count)
    }
}

fn path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(FILE)
}
