//! The output and the exit status of the command `qapi`.

mod check;
mod diff;
mod dump;
mod generate;
mod pipes;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The schema of this repository.
fn shipped() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../schema/qapi-schema.json")
}

/// Finds material that is not part of the project. If it is missing, prints a message and returns `None`.
///
/// # Panics
///
/// If it is missing in CI.
fn shared(what: &str) -> Option<PathBuf> {
    let folder = match std::env::var_os("QAPI_SHARED") {
        Some(folder) => PathBuf::from(folder),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared"),
    };
    let path = folder.join(what);
    // Absolute, since commands run in their own directories.
    if let Ok(path) = path.canonicalize() {
        return Some(path);
    }
    let message = format!("SKIPPED: {} is not there", path.display());
    let in_ci = std::env::var_os("CI").is_some_and(|value| value == "true");
    assert!(!in_ci, "{message}");
    // Not `eprintln`, which is captured in tests that pass.
    let _ = writeln!(std::io::stderr(), "{message}");
    None
}

/// Runs the command in a new directory with the given files.
struct Fixture {
    folder: tempfile::TempDir,
}

impl Fixture {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for (name, text) in files {
            std::fs::write(folder.path().join(name), text).expect("a file");
        }
        Self { folder }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_qapi"));
        command.current_dir(self.folder.path()).args(arguments);
        for variable in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
            command.env_remove(variable);
        }
        command
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        Ran::from(self.command(arguments).output().expect("it runs"))
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.folder.path().join(name)).expect("a file")
    }
}

/// The result of a run.
#[derive(Debug)]
struct Ran {
    status: i32,
    out: String,
    err: String,
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        Self {
            status: output.status.code().expect("it is not killed"),
            out: String::from_utf8(output.stdout).expect("UTF-8"),
            err: String::from_utf8(output.stderr).expect("UTF-8"),
        }
    }
}

#[test]
fn help_is_a_result_and_a_wrong_command_line_an_error() {
    let fixture = Fixture::new(&[]);
    for command in ["check", "diff", "dump", "generate", "completions"] {
        let help = fixture.run(&[command, "--help"]);
        assert_eq!((help.status, help.err.as_str()), (0, ""));
        assert!(
            help.out.contains(&format!("Usage: qapi {command}")),
            "{help:?}"
        );
    }
    for arguments in [
        &["check"][..],
        &["check", "--format", "xml", "a.json"],
        &["dump"],
        &["generate"],
        &["generate", "a.json", "--config", "A=maybe"],
        &["generate", "a.json", "--extern-type", "A"],
        &["completions", "cmd.exe"],
        &["explode"],
        &[],
    ] {
        let ran = fixture.run(arguments);
        assert_eq!((ran.status, ran.out.as_str()), (2, ""), "{arguments:?}");
        assert!(
            ran.err.contains("--help") || ran.err.contains("Usage: qapi"),
            "{ran:?}"
        );
    }
}

#[test]
fn each_shell_has_completions() {
    let fixture = Fixture::new(&[]);
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let ran = fixture.run(&["completions", shell]);
        assert_eq!((ran.status, ran.err.as_str()), (0, ""));
        assert!(
            ran.out.contains("qapi") && ran.out.contains("strict"),
            "{shell}"
        );
    }
}
