//! The processes that the recipes need: machines and an agent.

use std::env;
use std::fs::{self, File};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use qapi_client::blocking::Client;

use crate::{Result, c};

/// A process that is killed on drop.
pub struct Process {
    child: Child,
    address: String,
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
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
    let address = address(directory);
    Ok(Process { child, address })
}

/// Makes a machine exit.
pub fn end(mut machine: Process) -> Result<()> {
    let qemu = Client::connect(&machine.address)?;
    qemu.execute(c::Quit::new())?;
    let status = machine.child.wait()?;
    assert!(status.success(), "{status}");
    Ok(())
}

pub fn agent(directory: &Path) -> Result<Process> {
    let address = agent_address(directory);
    let path = env::var("PATH").unwrap_or_default() + ":/usr/sbin";
    let child = Command::new(env::var("QEMU_GA").unwrap_or("qemu-ga".into()))
        .env("PATH", path)
        .args(["-m", "unix-listen", "-p"])
        .arg(directory.join("qga.sock"))
        .arg("-t")
        .arg(directory)
        .stdin(Stdio::null())
        .spawn()?;
    Ok(Process { child, address })
}
