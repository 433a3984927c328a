//! What the commands print, and their exit codes, also when the reader has seen enough, or there is none.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

fn schema() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../schema/qapi-schema.json")
}

fn xtask(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.args(arguments);
    command
}

#[test]
fn a_reader_that_goes_away_changes_no_verdict() {
    let mut dump = xtask(&["dump"]);
    let mut child = dump.arg(schema()).stdout(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
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

#[test]
fn check_tells_its_verdict_by_its_exit_code() {
    let code = |path: &Path| xtask(&["check"]).arg(path).output().unwrap().status.code();
    let dir = tempfile::tempdir().unwrap();
    let bad = dir.path().join("bad.json");
    std::fs::write(&bad, "{ 'enum': 'E' }").unwrap();
    assert_eq!(code(&schema()), Some(0));
    assert_eq!(code(&bad), Some(1));
    assert_eq!(code(&dir.path().join("none.json")), Some(2));
}

#[test]
fn a_dump_has_the_sections_that_qemu_sees() {
    let dump = |member: &str| {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("c.json");
        let text = format!(
            "##\n# @c:\n#\n{member}# One\n# Since: 1.0\n##\n{{ 'command': 'c', 'data': {{ 'm': 'str' }} }}\n"
        );
        std::fs::write(&path, text).unwrap();
        let output = xtask(&["dump"]).arg(path).output().unwrap();
        assert_eq!(output.status.code(), Some(0));
        String::from_utf8(output.stdout).unwrap()
    };
    let current = dump("# @m: a\n#\n");
    assert!(current.ends_with("    arg=m\na\n    section=Plain\nOne\nSince: 1.0\n"));
    // With a member behind a section, QEMU would refuse the block.
    let older = dump("# Returns: b\n#\n# @m: a\n#\n");
    assert!(older.ends_with("    section=Plain\nOne\n    section=Since\n1.0\n"));
}
