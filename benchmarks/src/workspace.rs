//! Where things are, and how the members of this workspace are built.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs};

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;

use crate::progress;

/// The folder of this package.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A temporary folder for measurements.
pub(crate) fn scratch(name: &str) -> Result<PathBuf> {
    let folder = root().join("target/measure").join(name);
    fs::create_dir_all(&folder).with_context(|| format!("can't make {}", folder.display()))?;
    Ok(folder)
}

/// The schema that all candidates use.
pub(crate) fn schema() -> Result<PathBuf> {
    peer_schema::root().context("can't find the schema of qapi-qmp")
}

/// The cargo that runs this program.
pub(crate) fn cargo() -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or("cargo".into()));
    command.current_dir(root());
    // The same flags as for crates from the registry, and thus for a user of either side.
    command.env("CARGO_INCREMENTAL", "0");
    command
}

/// Builds a member and returns the files built from it and its dependencies, as cargo reports them.
pub(crate) fn build(member: &str, arguments: &[&str]) -> Result<Vec<PathBuf>> {
    progress::note(format_args!("building {member} {}", arguments.join(" ")));
    let output = cargo()
        .args([
            "build",
            "--quiet",
            "--message-format=json",
            "--package",
            member,
        ])
        .args(arguments)
        .stderr(Stdio::inherit())
        .output()
        .context("can't run cargo")?;
    ensure!(output.status.success(), "{member} does not build");
    let messages = String::from_utf8(output.stdout)?;
    let mut files = Vec::new();
    for line in messages.lines() {
        let message: Value = serde_json::from_str(line)?;
        let built = message["filenames"].as_array().into_iter().flatten();
        files.extend(built.filter_map(Value::as_str).map(PathBuf::from));
    }
    Ok(files)
}

/// Finds the file with this name, apart from the suffix that cargo adds, among the files of a build.
pub(crate) fn find(files: &[PathBuf], stem: &str, extension: &str) -> Result<PathBuf> {
    let found = files.iter().find(|file| {
        let name = file
            .file_stem()
            .and_then(|name| name.to_str())
            .unwrap_or_default();
        let plain = name.rsplit_once('-').map_or(name, |(plain, _)| plain);
        plain == stem && file.extension().unwrap_or_default() == extension
    });
    found
        .cloned()
        .with_context(|| format!("cargo built no {stem}"))
}
