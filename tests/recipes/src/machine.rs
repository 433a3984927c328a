//! The processes that the recipes need: machines and an agent.

use std::env;
use std::fs::{self, File};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use crate::Result;

/// A process that is killed on drop.
pub struct Process(Child);

impl Process {
    /// Waits for its exit, which must be a success.
    pub fn exits(mut self) -> Result<()> {
        let status = self.0.wait()?;
        assert!(status.success(), "{status}");
        Ok(())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

pub fn address(directory: &Path) -> String {
    format!("unix:{}", directory.join("qmp.sock").display())
}

pub fn agent_address(directory: &Path) -> String {
    format!("unix:{}", directory.join("qga.sock").display())
}

/// Starts a machine with a disk, a USB controller and a screen.
pub fn start(directory: &Path) -> Result<Process> {
    fs::create_dir_all(directory)?;
    let disk = directory.join("disk.img");
    File::create(&disk)?.set_len(1 << 20)?;
    let monitor = format!("{},server=on,wait=off", address(directory));
    let disk = format!("driver=file,node-name=disk0,filename={}", disk.display());
    let child = Command::new(env::var("QEMU").unwrap_or("qemu-system-x86_64".into()))
        .args([
            "-nodefaults",
            "-machine",
            "pc",
            "-m",
            "32",
            "-display",
            "none",
        ])
        .args(["-device", "VGA", "-device", "qemu-xhci"])
        .args(["-blockdev", &disk, "-qmp", &monitor])
        .stdin(Stdio::null())
        .spawn()?;
    Ok(Process(child))
}

pub fn agent(directory: &Path) -> Result<Process> {
    let path = env::var("PATH").unwrap_or_default() + ":/usr/sbin";
    let child = Command::new(env::var("QEMU_GA").unwrap_or("qemu-ga".into()))
        .env("PATH", path)
        .args(["-m", "unix-listen", "-p"])
        .arg(directory.join("qga.sock"))
        .arg("-t")
        .arg(directory)
        .stdin(Stdio::null())
        .spawn()?;
    Ok(Process(child))
}

/// Runs the program `whole`, which is built beside this one.
pub fn run_whole(monitor: &str, agent: &str) -> Result<()> {
    let program = env::current_exe()?.with_file_name("whole");
    let status = Command::new(program).args([monitor, agent]).status()?;
    assert!(status.success(), "{status}");
    Ok(())
}
