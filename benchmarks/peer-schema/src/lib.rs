//! Finds the schema of QEMU in the package of `qapi-qmp`, so that all candidates do the same work.

use std::env;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The root of the schema, wherever cargo has unpacked the package.
///
/// # Errors
///
/// If `cargo metadata` fails, or does not list the package.
pub fn root() -> io::Result<PathBuf> {
    let cargo = env::var_os("CARGO").unwrap_or("cargo".into());
    let output = Command::new(cargo)
        .args(["metadata", "--format-version=1"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()?;
    // A JSON parser would make the build scripts that are measured larger.
    let answer = String::from_utf8_lossy(&output.stdout);
    answer
        .split("\"manifest_path\":\"")
        .filter_map(|rest| Path::new(rest.split('"').next()?).parent())
        .find(|package| is_peer(package))
        .map(|package| package.join("schema/qapi/qapi-schema.json"))
        .ok_or_else(|| io::Error::other(String::from_utf8_lossy(&output.stderr)))
}

fn is_peer(package: &Path) -> bool {
    let name = package.file_name().and_then(|name| name.to_str());
    name.is_some_and(|name| name.starts_with("qapi-qmp-"))
}
