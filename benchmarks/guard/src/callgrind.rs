//! Counts instructions with callgrind, a tool of valgrind.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, ensure};

/// The number of instructions of the work with this name, and the file with its profile.
pub(crate) fn count(work: &str) -> Result<(u64, PathBuf)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name("target/guard");
    fs::create_dir_all(&folder).with_context(|| format!("can't make {}", folder.display()))?;
    let out = folder.join(work).with_extension("callgrind");
    let run = Command::new("valgrind")
        .args(["--tool=callgrind", "--toggle-collect=guard::work::measured"])
        .arg(format!("--callgrind-out-file={}", out.display()))
        .arg(env::current_exe()?)
        .args(["run", work])
        // The environment is on the program's stack, so its size affects the count.
        .env_clear()
        .envs(env::var_os("PATH").map(|path| ("PATH", path)))
        .output()
        .context("can't run valgrind, which Debian has in the package of that name")?;
    let messages = String::from_utf8_lossy(&run.stderr);
    ensure!(run.status.success(), "{work} fails:\n{messages}");
    let text = fs::read_to_string(&out).with_context(|| format!("can't read {}", out.display()))?;
    let total = text.lines().find_map(|line| line.strip_prefix("totals: "));
    let count = total.and_then(|total| total.parse().ok()).unwrap_or(0);
    // This happens if the function has another name in the program.
    ensure!(count > 0, "callgrind counts nothing of {work}:\n{messages}");
    Ok((count, out))
}

/// What else affects the counts: the versions of the compiler and of valgrind.
pub(crate) fn toolchain() -> Result<String> {
    Ok(format!("{}, {}", version("rustc")?, version("valgrind")?))
}

fn version(program: &str) -> Result<String> {
    let output = Command::new(program).arg("--version").output();
    let output = output.with_context(|| format!("can't run {program}"))?;
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
