//! A running QEMU.

use std::io::{BufRead as _, BufReader, Lines, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value, json};

/// A machine with a disk.
const MACHINE: [&str; 13] = [
    "-machine",
    "q35,accel=tcg",
    "-display",
    "none",
    "-nodefaults",
    "-device",
    "virtio-scsi-pci",
    "-drive",
    "if=none,id=d,driver=null-co",
    "-device",
    "scsi-hd,drive=d",
    "-qmp",
    "stdio",
];

pub(crate) struct Qemu {
    child: Child,
    input: ChildStdin,
    output: Lines<BufReader<ChildStdout>>,
}

impl Qemu {
    pub(crate) fn new(program: &str) -> Self {
        // The process ends on its own, even if the test fails.
        let mut child = Command::new("timeout")
            .args(["120", program])
            .args(MACHINE)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("QEMU runs");
        let input = child.stdin.take().expect("a pipe");
        let output = BufReader::new(child.stdout.take().expect("a pipe")).lines();
        Self {
            child,
            input,
            output,
        }
    }

    /// The replies to commands that need no argument, by name; those that fail are omitted.
    pub(crate) fn replies(mut self, commands: &[String]) -> Vec<(String, Value)> {
        self.execute("qmp_capabilities");
        let mut replies = Vec::new();
        for name in commands {
            if let Some(reply) = self.execute(name) {
                replies.push((name.clone(), reply));
            }
        }
        self.execute("quit");
        self.child.wait().expect("QEMU ends");
        replies
    }

    fn execute(&mut self, name: &str) -> Option<Value> {
        writeln!(self.input, "{}", json!({"execute": name, "id": name})).expect("QEMU reads");
        for line in self.output.by_ref() {
            let message: Value = serde_json::from_str(&line.expect("a line")).expect("JSON");
            if message["id"] == name {
                return message.get("return").cloned();
            }
        }
        panic!("QEMU has ended before it answered {name}");
    }
}
