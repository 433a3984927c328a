//! Child processes that are killed on drop.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// A running program and its output.
pub(crate) struct Process {
    child: Child,
    output: PathBuf,
}

impl Process {
    /// Starts a program, with its output in the file `output`.
    pub(crate) fn start(mut command: Command, output: PathBuf) -> io::Result<Self> {
        let file = File::create(&output)?;
        let child = command
            .stdin(Stdio::null())
            .stdout(file.try_clone()?)
            .stderr(file)
            .spawn()?;
        Ok(Self { child, output })
    }

    /// The output so far.
    pub(crate) fn output(&self) -> String {
        let bytes = fs::read(&self.output).unwrap_or_default();
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// The exit status; `None` if the program is still running.
    pub(crate) fn wait(&mut self, patience: Duration) -> io::Result<Option<ExitStatus>> {
        let deadline = Instant::now() + patience;
        loop {
            match self.child.try_wait()? {
                None if Instant::now() < deadline => thread::sleep(Duration::from_millis(20)),
                status => return Ok(status),
            }
        }
    }

    /// Waits until the program has made a socket.
    pub(crate) fn wait_for(&mut self, socket: &Path) {
        let deadline = Instant::now() + Duration::from_secs(30);
        while !socket.exists() {
            let is_running = matches!(self.child.try_wait(), Ok(None));
            let is_early = Instant::now() < deadline;
            assert!(
                is_running && is_early,
                "no {}: {}",
                socket.display(),
                self.output()
            );
            thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // Both fail if the program has exited, which does not matter.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
