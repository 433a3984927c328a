//! Generated code against a real QEMU and a real guest agent.
//!
//! The program in `live/` is built with code generated from the schemas of the server's release, and connected to it.
//!
//! It executes every command that returns something and requires no argument, runs a script that changes the machine,
//! and executes the commands again. Every reply and event is decoded and encoded again. The result must be the same
//! JSON value, without anything that the schema does not define.
//!
//! `QEMU` and `QEMU_GA` name other programs than those in `PATH`, of any release whose schemas are there.

mod fixture;
mod process;

use std::env;
use std::fs::File;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use integration_tests::{release_of, releases, root, skip};
use process::Process;
use tempfile::TempDir;

/// The release that the program in `live/` is written for. With a QEMU of another release, its types fit both.
const RELEASE: &str = "qemu-7.2";

/// The time limit of a session.
const PATIENCE: Duration = Duration::from_secs(180);

#[test]
fn generated_code_works_with_a_real_qemu() {
    let Some((qemu, live)) = prepare("QEMU", "qemu-system-x86_64") else {
        return;
    };
    let directory = TempDir::new().expect("a temporary folder");
    let path = |name: &str| directory.path().join(name);
    let mut qemu =
        Process::start(machine(&qemu, directory.path()), path("qemu.log")).expect("QEMU");
    let sockets = ["monitor.sock", "oob.sock", "vnc.sock"].map(path);
    sockets.iter().for_each(|socket| qemu.wait_for(socket));

    let mut live = Command::new(live);
    live.arg("qmp").args(&sockets).arg(directory.path());
    let report = talk(live, path("live.log"), &qemu);
    for answered in answered(&report) {
        assert!(
            answered >= 60,
            "only {answered} commands were answered:\n{report}"
        );
    }
    let status = qemu.wait(Duration::from_secs(30)).expect("an exit code");
    assert!(
        status.is_some_and(|status| status.success()),
        "{status:?}: {}",
        qemu.output()
    );
}

/// docs/qapi.md section 8: with an option, QEMU omits members that it otherwise sends.
#[test]
fn replies_without_deprecated_and_unstable_members_are_decoded() {
    let Some((qemu, live)) = prepare("QEMU", "qemu-system-x86_64") else {
        return;
    };
    let directory = TempDir::new().expect("a temporary folder");
    let path = |name: &str| directory.path().join(name);
    let mut machine = machine(&qemu, directory.path());
    machine.args(["-compat", "deprecated-output=hide,unstable-output=hide"]);
    let mut qemu = Process::start(machine, path("qemu.log")).expect("QEMU");
    let monitor = path("monitor.sock");
    qemu.wait_for(&monitor);
    let mut live = Command::new(live);
    live.arg("replies").arg(&monitor);
    let report = talk(live, path("live.log"), &qemu);
    for answered in answered(&report) {
        assert!(
            answered >= 60,
            "only {answered} commands were answered:\n{report}"
        );
    }
}

#[test]
fn generated_code_works_with_a_real_guest_agent() {
    let Some((agent, live)) = prepare("QEMU_GA", "qemu-ga") else {
        return;
    };
    let directory = TempDir::new().expect("a temporary folder");
    let path = |name: &str| directory.path().join(name);
    let socket = path("agent.sock");
    let mut command = Command::new(agent);
    command.args(["-m", "unix-listen", "-p"]).arg(&socket);
    command
        .arg("-t")
        .arg(directory.path())
        .arg("-f")
        .arg(path("agent.pid"));
    // The agent runs on this host, which must not be suspended.
    command.args(["-b", BLOCKED]);
    let mut agent = Process::start(command, path("agent.log")).expect("a guest agent");
    agent.wait_for(&socket);

    let mut live = Command::new(live);
    live.arg("agent").arg(&socket).arg(directory.path());
    let report = talk(live, path("live.log"), &agent);
    for answered in answered(&report) {
        assert!(
            answered >= 10,
            "only {answered} commands were answered:\n{report}"
        );
    }
}

#[test]
fn the_program_is_formatted() {
    // No target of a package in this workspace includes that folder.
    let mut rustfmt = Command::new("rustfmt");
    rustfmt.args(["--check", "--edition", "2024", "tests/live/src/main.rs"]);
    match rustfmt.current_dir(root()).output() {
        Ok(output) => assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stdout)
        ),
        Err(error) => skip(&format!("rustfmt: {error}")),
    }
}

/// Commands that must not be executed on the host of this test.
const BLOCKED: &str = "guest-shutdown,guest-suspend-disk,guest-suspend-ram,guest-suspend-hybrid,\
    guest-fsfreeze-freeze,guest-fsfreeze-freeze-list,guest-fsfreeze-thaw,guest-fstrim,guest-set-time,\
    guest-set-vcpus,guest-set-user-password,guest-set-memory-blocks,guest-ssh-add-authorized-keys,\
    guest-ssh-remove-authorized-keys";

/// The server and the client program; `None` if one is missing, after a message.
fn prepare(variable: &str, name: &str) -> Option<(PathBuf, PathBuf)> {
    // The tests run side by side, and cargo builds one program at a time.
    static BUILD: Mutex<()> = Mutex::new(());
    let program = PathBuf::from(env::var_os(variable).unwrap_or_else(|| name.into()));
    let written_for = releases()?.into_iter().find(|it| it.name == RELEASE)?;
    let release = release_of(&program, variable)?;
    let _build = BUILD.lock().unwrap_or_else(PoisonError::into_inner);
    Some((program, fixture::build(&written_for, &release)))
}

/// Runs the client program with a server and returns its report, which must be free of errors.
fn talk(live: Command, log: PathBuf, server: &Process) -> String {
    let mut live = Process::start(live, log).expect("the program in live/");
    let status = live.wait(PATIENCE).expect("an exit code");
    let report = live.output();
    // Not `eprintln!`, because the test harness captures its output.
    let _ = io::stderr().write_all(format!("\n{report}\n").as_bytes());
    let is_good = status.is_some_and(|status| status.success());
    assert!(
        is_good,
        "{status:?}, see above; the server says:\n{}",
        server.output()
    );
    report
}

/// The number of commands that succeeded in each round.
fn answered(report: &str) -> Vec<u32> {
    let lines = report
        .lines()
        .filter_map(|line| line.strip_prefix("answered: "));
    let counts = lines.filter_map(|line| line.split(' ').next()?.parse().ok());
    let counts: Vec<u32> = counts.collect();
    assert!(!counts.is_empty(), "nothing was tried:\n{report}");
    counts
}

/// A machine with devices of all kinds, which is not running yet.
fn machine(qemu: &Path, directory: &Path) -> Command {
    let path = |name: &str| directory.join(name).display().to_string();
    for name in ["disk.img", "data.img"] {
        let image = File::create(path(name)).expect("an image");
        image.set_len(8 << 20).expect("room for an image");
    }
    let disk = |node: &str, file: &str| {
        format!(
            "driver=raw,node-name={node},file.driver=file,file.filename={}",
            path(file)
        )
    };
    let monitor =
        |id: &str, file: &str| format!("socket,id={id},path={},server=on,wait=off", path(file));
    let options = [
        ("-machine", "q35,memory-backend=ram".to_owned()),
        ("-accel", "tcg".to_owned()),
        ("-cpu", "qemu64".to_owned()),
        ("-smp", "1,maxcpus=2".to_owned()),
        ("-m", "256M,slots=4,maxmem=1G".to_owned()),
        ("-object", "memory-backend-ram,id=ram,size=256M".to_owned()),
        ("-object", "iothread,id=iothread".to_owned()),
        ("-object", "rng-builtin,id=rng".to_owned()),
        // Monitors.
        ("-chardev", monitor("qmp", "monitor.sock")),
        ("-mon", "chardev=qmp,mode=control".to_owned()),
        ("-chardev", monitor("oob", "oob.sock")),
        ("-mon", "chardev=oob,mode=control".to_owned()),
        // Disks.
        ("-blockdev", disk("disk", "disk.img")),
        (
            "-device",
            "virtio-blk-pci,id=blk,drive=disk,iothread=iothread".to_owned(),
        ),
        ("-blockdev", disk("data", "data.img")),
        ("-device", "virtio-scsi-pci,id=scsi".to_owned()),
        ("-device", "scsi-hd,id=hd,bus=scsi.0,drive=data".to_owned()),
        ("-device", "scsi-cd,id=cd,bus=scsi.0".to_owned()),
        // Networks, and a port for one more.
        ("-netdev", "user,id=net0".to_owned()),
        ("-device", "e1000e,id=nic0,netdev=net0".to_owned()),
        ("-netdev", "user,id=net1".to_owned()),
        ("-device", "virtio-net-pci,id=nic1,netdev=net1".to_owned()),
        (
            "-device",
            "pcie-root-port,id=port0,chassis=1,slot=1".to_owned(),
        ),
        // Lines.
        ("-chardev", "null,id=com1".to_owned()),
        ("-serial", "chardev:com1".to_owned()),
        ("-chardev", "ringbuf,id=ring,size=4096".to_owned()),
        ("-device", "virtio-serial-pci,id=serial".to_owned()),
        (
            "-device",
            "virtserialport,id=port,chardev=ring,name=org.example.port".to_owned(),
        ),
        // Screen and sound.
        ("-device", "VGA,id=vga".to_owned()),
        ("-vnc", format!("unix:{},password=on", path("vnc.sock"))),
        ("-audiodev", "none,id=sound".to_owned()),
        ("-device", "qemu-xhci,id=usb".to_owned()),
        ("-device", "usb-tablet,id=tablet,bus=usb.0".to_owned()),
        // The rest.
        ("-device", "virtio-balloon-pci,id=balloon".to_owned()),
        ("-device", "virtio-rng-pci,rng=rng".to_owned()),
        ("-device", "vmgenid,guid=auto".to_owned()),
        ("-device", "i6300esb".to_owned()),
    ];
    let mut command = Command::new(qemu);
    command.args(["-nodefaults", "-no-user-config", "-display", "none", "-S"]);
    for (option, value) in options {
        command.args([option, &value]);
    }
    command
}
