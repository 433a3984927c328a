//! A real QEMU, if there is one.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// The program to run, which the environment variable `QEMU` overrides.
fn program() -> String {
    std::env::var("QEMU").unwrap_or_else(|_| "qemu-system-x86_64".to_owned())
}

/// Whether there is a QEMU. Otherwise the test is skipped, which is a failure in CI.
pub fn is_there() -> bool {
    let version = Command::new(program()).arg("--version").output();
    let is_there = version.is_ok_and(|it| it.status.success());
    if !is_there {
        assert!(std::env::var_os("CI").is_none(), "no {} in CI", program());
        eprintln!("SKIPPED: no {}", program());
    }
    is_there
}

/// The command for a machine that does nothing.
pub fn command() -> Command {
    let mut command = Command::new(program());
    command.args(["-nodefaults", "-machine", "none", "-display", "none"]);
    command
}

/// A QEMU that is killed at the end of the test.
pub struct Qemu {
    child: Child,
    socket: PathBuf,
    _directory: tempfile::TempDir,
}

impl Qemu {
    /// Starts one that listens at a socket.
    pub fn start() -> Self {
        Self::start_with("-qmp")
    }

    /// Starts one with an option that opens the monitor.
    pub fn start_with(option: &str) -> Self {
        let directory = tempfile::tempdir().unwrap();
        let socket = directory.path().join("qmp.sock");
        let child = command()
            .arg(option)
            .arg(format!("unix:{},server=on,wait=off", socket.display()))
            .stdin(Stdio::null())
            .spawn()
            .unwrap();
        Self {
            child,
            socket,
            _directory: directory,
        }
    }

    pub fn address(&self) -> String {
        address(&self.socket)
    }

    pub fn signal(&self, name: &str) {
        let kill = Command::new("kill")
            .arg(format!("-{name}"))
            .arg(self.child.id().to_string())
            .status();
        assert!(kill.unwrap().success());
    }
}

impl Drop for Qemu {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub fn address(socket: &Path) -> String {
    format!("unix:{}", socket.display())
}
