//! A running QEMU as a side of a comparison.

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use integration_tests::{release_of, root};
use qapi_compat::{Diff, Question, Severity, Side};

fn is_usable(schema: &str, address: &str) -> Result<bool, Box<dyn std::error::Error>> {
    let built_for = Side::load(schema)?;
    // A program that has the reply already calls `Side::from_reply`.
    let running = Side::open(address)?;
    let diff = Diff::only(&built_for, &running, ["query-status", "device_add"])?;
    Ok(diff.worst(Question::Wire) != Severity::Breaks)
}

#[test]
fn the_page_has_the_function_of_this_test() {
    let page = std::fs::read_to_string(root().join("docs/evolution.md")).expect("the page");
    let (_, text) = page.split_once("\nfn is_usable").expect("the function");
    let (function, _) = text.split_once("\n}\n").expect("its end");
    let function = format!("\nfn is_usable{function}\n}}\n");
    assert!(include_str!("running.rs").contains(&function), "{function}");
}

/// A QEMU that ends with the test.
struct Qemu(Child);

impl Drop for Qemu {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Starts QEMU, and waits until it answers at the address.
fn start(program: &Path, machine: &str, address: &str) -> (Qemu, Side) {
    let child = Command::new(program)
        .args(["-machine", machine, "-accel", "tcg", "-display", "none"])
        .args(["-nodefaults", "-S", "-qmp"])
        .arg(format!("{address},server=on,wait=off"))
        .spawn();
    let mut qemu = Qemu(child.expect("QEMU starts"));
    let begin = Instant::now();
    loop {
        match Side::open(address) {
            Ok(side) => return (qemu, side),
            Err(error) => {
                let ended = qemu.0.try_wait().expect("its status");
                let is_late = begin.elapsed() > Duration::from_secs(120);
                assert!(ended.is_none() && !is_late, "{ended:?}: {error}");
                std::thread::sleep(Duration::from_millis(50));
            }
        }
    }
}

#[test]
fn a_qemu_differs_from_its_schema_only_by_its_configuration() {
    let program = env::var_os("QEMU").map_or(PathBuf::from("qemu-system-x86_64"), Into::into);
    let Some(release) = release_of(&program, "QEMU") else {
        return;
    };
    let schema = &release.schemas[0];
    let built_for = Side::load(schema).unwrap_or_else(|error| panic!("{error}"));
    let folder = tempfile::tempdir().expect("a folder");
    for machine in ["none", "pc"] {
        let socket = folder.path().join(machine);
        let address = format!("unix:{}", socket.display());
        let (_qemu, running) = start(&program, machine, &address);
        // What depends on a condition may be absent. Nothing else differs.
        let diff = Diff::new(&built_for, &running);
        for change in &diff.changes {
            assert!(change.rule.id.ends_with("-removed"), "{change:?}");
            let place = change.old.as_ref().expect("a place in the schema");
            let text = std::fs::read_to_string(&place.path).expect("the schema");
            let lines: Vec<_> = text.lines().skip(place.line - 1).take(12).collect();
            assert!(lines.join("\n").contains("'if'"), "{change:?}");
        }
        assert_eq!(diff.worst(Question::Wire), Severity::MayBreak);
        let back = Diff::new(&running, &built_for);
        assert_eq!(back.worst(Question::Wire), Severity::Fine);
        assert_eq!(diff.changes.len(), back.changes.len());
        let usable = is_usable(&schema.display().to_string(), &address);
        assert!(usable.expect("QEMU answers"));
    }
}
