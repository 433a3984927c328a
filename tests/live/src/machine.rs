//! A running machine and its connections.

use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};

use qapi_client::Capability;

use crate::client::Monitor;
use crate::failure::Failure;

pub struct Machine {
    pub monitor: Monitor,
    /// A monitor with out-of-band execution.
    pub out_of_band: Monitor,
    /// The address of its VNC server.
    pub vnc: PathBuf,
    /// A connected viewer.
    pub viewer: Option<UnixStream>,
    directory: PathBuf,
    failures: Vec<String>,
}

impl Machine {
    pub fn connect(
        monitor: &Path,
        out_of_band: &Path,
        vnc: &Path,
        directory: &Path,
    ) -> Result<Self, Failure> {
        Ok(Self {
            monitor: Monitor::connect(monitor, vec![])?,
            out_of_band: Monitor::connect(out_of_band, vec![Capability::Oob])?,
            vnc: vnc.to_owned(),
            viewer: None,
            directory: directory.to_owned(),
            failures: vec![],
        })
    }

    /// The path of a file for the machine.
    pub fn file(&self, name: &str) -> String {
        self.directory.join(name).display().to_string()
    }

    /// Executes a command, and continues if it fails.
    pub fn step(&mut self, what: &str, step: impl FnOnce(&mut Self) -> Result<(), Failure>) {
        match step(self) {
            Ok(()) => println!("  {what}"),
            Err(failure) => {
                println!("  {what}: {failure}");
                self.failures.push(format!("{what}: {failure}"));
            }
        }
    }

    /// All errors.
    pub fn findings(mut self) -> Vec<String> {
        for monitor in [&mut self.monitor, &mut self.out_of_band] {
            self.failures.append(&mut monitor.finish());
        }
        println!("events:");
        for (name, count) in &self.monitor.seen {
            println!("  {name}: {count}");
        }
        let checked = self.monitor.client.checked + self.out_of_band.client.checked;
        println!("checked: {checked} replies and events");
        self.failures
    }
}
