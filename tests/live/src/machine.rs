//! A machine that runs, and what a client holds of it.

use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};

use qapi::qmp::QMPCapability;

use crate::client::Client;
use crate::failure::Failure;
use crate::protocol::Qmp;

pub struct Machine {
    pub monitor: Client<Qmp>,
    /// A monitor where commands may overtake others.
    pub out_of_band: Client<Qmp>,
    /// Where its VNC server listens.
    pub vnc: PathBuf,
    /// A viewer that is looking on.
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
            monitor: Client::<Qmp>::connect(monitor, vec![])?,
            out_of_band: Client::<Qmp>::connect(out_of_band, vec![QMPCapability::Oob])?,
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

    /// Does something to the machine, and goes on if that fails.
    pub fn step(&mut self, what: &str, step: impl FnOnce(&mut Self) -> Result<(), Failure>) {
        match step(self) {
            Ok(()) => println!("  {what}"),
            Err(failure) => {
                println!("  {what}: {failure}");
                self.failures.push(format!("{what}: {failure}"));
            }
        }
    }

    /// All that went wrong.
    pub fn findings(mut self) -> Vec<String> {
        println!("events:");
        for (name, count) in &self.monitor.seen {
            println!("  {name}: {count}");
        }
        let checked = self.monitor.checked + self.out_of_band.checked;
        println!("checked: {checked} replies and events");
        self.failures.append(&mut self.monitor.findings);
        self.failures.append(&mut self.out_of_band.findings);
        self.failures
    }
}
