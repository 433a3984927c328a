//! A crate that a test writes and cargo builds.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use integration_tests::root;

/// The dependencies of generated code: serde without its `derive` feature.
pub(crate) const DEPENDENCIES: &str = r#"
[dependencies]
serde = { version = "1", default-features = false, features = ["std"] }
serde_json = "1"
"#;

/// A folder with a standalone crate or workspace.
pub(crate) struct Fixture(PathBuf);

impl Fixture {
    /// An empty folder.
    pub(crate) fn new(name: &str) -> Self {
        let dir = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .join("downstream")
            .join(name);
        if dir.exists() {
            fs::remove_dir_all(&dir).expect("an old run can be removed");
        }
        fs::create_dir_all(&dir).expect("writable");
        // The same versions as this workspace, so that nothing is downloaded.
        fs::copy(root().join("Cargo.lock"), dir.join("Cargo.lock")).expect("writable");
        Self(dir)
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("writable");
        fs::write(path, text).expect("writable");
    }

    /// A cargo command without network access. All fixtures share the target folder.
    pub(crate) fn cargo(&self, arguments: &[&str]) -> Command {
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("downstream/target");
        let mut command = Command::new(env::var_os("CARGO").unwrap_or("cargo".into()));
        command
            .args(arguments)
            .arg("--offline")
            .current_dir(&self.0)
            .env("CARGO_TARGET_DIR", target)
            .env("CARGO_TERM_COLOR", "never")
            .env_remove("RUSTFLAGS")
            .env_remove("RUSTDOCFLAGS");
        command
    }
}

/// Standard output and error of a command that must succeed.
#[track_caller]
pub(crate) fn success(mut command: Command) -> String {
    let output = command.output().expect("cargo runs");
    let text = text(&output);
    assert!(output.status.success(), "{command:?}\n{text}");
    text
}

/// The same for a command that must fail.
#[track_caller]
pub(crate) fn failure(mut command: Command) -> String {
    let output = command.output().expect("cargo runs");
    let text = text(&output);
    assert!(!output.status.success(), "{command:?}\n{text}");
    text
}

fn text(output: &Output) -> String {
    let [out, errors] = [&output.stdout, &output.stderr].map(|text| String::from_utf8_lossy(text));
    format!("{out}{errors}")
}
