//! The machine and the versions of a measurement, for the line below its table.

use std::fs;
use std::process::Command;
use std::thread;

use anyhow::{Context as _, Result};
use jiff::{Timestamp, tz::Offset};
use serde_json::Value;

use crate::workspace;

/// The day, the versions of all participants, and the machine.
pub(crate) fn stamp() -> Result<String> {
    let day = Offset::UTC.to_datetime(Timestamp::now()).date();
    let rustc = Command::new("rustc").arg("--version").output()?;
    let rustc = String::from_utf8(rustc.stdout)?;
    let rustc = rustc.split(" (").next().unwrap_or_default();
    let peers = versions(&["qapi-codegen", "qapi-qmp", "serde_json"])?.join(", ");
    Ok(format!("_{day}: {rustc}; {peers}; {}._", machine()))
}

/// The versions of packages from the registry, because the project's own generator has the same name as its peer.
fn versions(names: &[&str]) -> Result<Vec<String>> {
    let output = workspace::cargo()
        .args(["metadata", "--format-version=1"])
        .output()?;
    let metadata: Value = serde_json::from_slice(&output.stdout)?;
    let packages = metadata["packages"].as_array();
    let packages = packages.context("cargo metadata names no packages")?;
    let version = |&name: &&str| {
        let package = packages
            .iter()
            .find(|package| package["name"] == name && !package["source"].is_null())
            .with_context(|| format!("{name} takes no part"))?;
        let version = package["version"].as_str().unwrap_or("?");
        Ok(format!("{name} {version}"))
    };
    names.iter().map(version).collect()
}

/// If the system provides it.
fn machine() -> String {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let cpu = field("/proc/cpuinfo", "model name").unwrap_or_else(|| "unknown CPU".to_owned());
    let memory = field("/proc/meminfo", "MemTotal")
        .and_then(|size| size.strip_suffix(" kB")?.parse::<f64>().ok())
        .map_or_else(String::new, |kib| {
            format!(", {:.0} GiB", kib / 1024.0 / 1024.0)
        });
    format!("{cores} cores of {cpu}{memory}, {}", std::env::consts::OS)
}

/// The available memory in bytes, if the system provides it.
pub(crate) fn available_memory() -> Option<u64> {
    let size = field("/proc/meminfo", "MemAvailable")?;
    let kib: u64 = size.strip_suffix(" kB")?.parse().ok()?;
    Some(kib * 1024)
}

fn field(file: &str, name: &str) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    let line = text.lines().find(|line| line.starts_with(name))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}
