//! Talks to a running QEMU or to a guest agent, with `qapi-client` and generated types, and reports its findings.
//!
//! `live qmp MONITOR OUT_OF_BAND_MONITOR VNC DIRECTORY` or `live agent SOCKET DIRECTORY`.
#![deny(warnings)]
// A newer QEMU deprecates commands that an older one has nothing else for.
#![allow(deprecated)]
#![forbid(unsafe_code)]

mod agent;
mod client;
mod connection;
mod events;
mod failure;
mod machine;
mod replies;
mod roundtrip;
mod script;

use std::env;
use std::path::Path;
use std::process::ExitCode;

use client::Monitor;
use failure::Failure;

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let findings = match args[..] {
        ["qmp", monitor, out_of_band, vnc, directory] => qmp(
            monitor.as_ref(),
            out_of_band.as_ref(),
            vnc.as_ref(),
            directory.as_ref(),
        ),
        ["replies", monitor] => replies(monitor.as_ref()),
        ["agent", socket, directory] => agent::run(socket.as_ref(), directory.as_ref()),
        _ => {
            eprintln!(
                "usage: live qmp MONITOR OUT_OF_BAND_MONITOR VNC DIRECTORY | live replies MONITOR | live agent SOCKET DIRECTORY"
            );
            return ExitCode::from(2);
        }
    };
    match findings {
        Ok(findings) if findings.is_empty() => ExitCode::SUCCESS,
        Ok(findings) => {
            findings
                .iter()
                .for_each(|finding| println!("WRONG: {finding}"));
            ExitCode::FAILURE
        }
        Err(failure) => {
            println!("WRONG: {failure}");
            ExitCode::FAILURE
        }
    }
}

/// Executes all queries, changes the machine, executes them again, and shuts the machine down.
fn qmp(
    monitor: &Path,
    out_of_band: &Path,
    vnc: &Path,
    directory: &Path,
) -> Result<Vec<String>, Failure> {
    let mut machine = machine::Machine::connect(monitor, out_of_band, vnc, directory)?;
    replies::ask(
        "of a new machine",
        replies::qmp(),
        &mut machine.monitor.client,
    )?;
    script::change(&mut machine);
    replies::ask(
        "of a changed machine",
        replies::qmp(),
        &mut machine.monitor.client,
    )?;
    script::end(&mut machine);
    Ok(machine.findings())
}

/// Executes only the commands without required arguments.
fn replies(monitor: &Path) -> Result<Vec<String>, Failure> {
    let mut monitor = Monitor::connect(monitor, vec![])?;
    replies::ask("of a machine", replies::qmp(), &mut monitor.client)?;
    Ok(monitor.finish())
}
