//! The program that hot-plugs a device, with a real QEMU: `qemu-system-x86_64`, or the program in the environment
//! variable `QEMU`.

use std::env;
use std::io::{self, Write as _};
use std::process::{Command, Stdio};

use qapi_client::blocking::Client;

const README: &str = include_str!("../../../README.md");
const PROGRAM: &str = include_str!("../../src/bin/hot-plug.rs");

#[test]
fn a_device_is_plugged_in_and_removed_and_qemu_exits() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let address = format!("unix:{}", dir.path().join("qmp.sock").display());
    let program = env::var("QEMU").unwrap_or_else(|_| "qemu-system-x86_64".into());
    let qemu = Command::new(&program)
        .args([
            "-display",
            "none",
            "-nodefaults",
            "-machine",
            "pc",
            "-m",
            "32",
        ])
        .args(["-device", "qemu-xhci", "-qmp"])
        .arg(format!("{address},server=on,wait=off"))
        .stdin(Stdio::null())
        .spawn();
    let mut qemu = match qemu {
        Ok(qemu) => qemu,
        Err(error) => {
            let is_ci = env::var("CI").is_ok_and(|ci| ci == "true");
            assert!(!is_ci, "no {program}: {error}");
            let skipped = format!("\nSKIPPED: there is no {program}: {error}\n\n");
            let _ = io::stderr().write_all(skipped.as_bytes());
            return;
        }
    };
    // QEMU has started when it greets.
    let ready = Client::builder().wait_for_socket(true).connect(&address);
    drop(ready.expect("a QEMU"));
    let hot_plug = Command::new(env!("CARGO_BIN_EXE_hot-plug"))
        .arg(&address)
        .output()
        .expect("the program runs");
    let errors = String::from_utf8_lossy(&hot_plug.stderr);
    let out = String::from_utf8_lossy(&hot_plug.stdout);
    if !hot_plug.status.success() {
        let _ = qemu.kill();
    }
    assert!(qemu.wait().expect("an exit code").success(), "{errors}");
    assert_eq!(out, "plugged in\nremoved\nshut down\n", "{errors}");
}

#[test]
fn the_readme_shows_the_program() {
    let (_, main) = PROGRAM.split_once("fn main()").expect("it has one");
    let (_, shown) = README
        .split_once("fn main() -> Result<(), Box<dyn")
        .expect("a block");
    let (shown, _) = shown.split_once("```").expect("an end");
    assert!(
        main.ends_with(shown.trim_start_matches(|c| c != '\n')),
        "{shown}"
    );
}
