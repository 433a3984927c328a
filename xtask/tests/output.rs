//! Output and exit codes of the commands.

use std::path::{Path, PathBuf};
use std::process::Command;

fn schema() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../schema/qapi-schema.json")
}

fn xtask(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.args(arguments);
    command
}

#[test]
fn stale_output_is_one_and_a_bad_schema_two() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("out.rs");
    let regen = |check: &[&str]| {
        let mut command = xtask(&["regen", "--schema"]);
        command.arg(schema()).arg("--out").arg(&out).args(check);
        command.output().unwrap()
    };
    let missing = regen(&["--check"]);
    assert_eq!(missing.status.code(), Some(1));
    assert!(!out.exists());
    assert_eq!(regen(&[]).status.code(), Some(0));
    assert_eq!(regen(&["--check"]).status.code(), Some(0));
    std::fs::write(&out, "old").unwrap();
    let stale = regen(&["--check"]);
    assert_eq!(stale.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&stale.stdout).contains("-old"));
    assert_eq!(std::fs::read_to_string(&out).unwrap(), "old");
    let bad = xtask(&["regen", "--schema", "none.json", "--out", "none.rs"]).status();
    assert_eq!(bad.unwrap().code(), Some(2));
}
