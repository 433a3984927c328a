//! The monitor itself: human monitor commands, out-of-band execution, and errors.

use std::fmt::Debug;

use qapi::qmp::commands::{
    DeviceDel, HumanMonitorCommand, MigratePause, QueryStatus, QueryYank, Yank,
};
use qapi::qmp::{YankInstance, YankInstanceBranch, YankInstanceChardev};
use qapi_client::{Command, Empty, Error};
use serde::{Serialize, Serializer};

use crate::failure::{Failure, expect};
use crate::machine::Machine;

/// Runs a human monitor command, which must have no output.
pub fn run(machine: &mut Machine, line: &str) -> Result<(), Failure> {
    let answer = machine
        .monitor
        .execute(HumanMonitorCommand::new(line.to_owned()))?;
    expect(answer.is_empty(), line, &answer)
}

/// Expects an error of this class.
pub fn refused<T: Debug>(answer: Result<T, Failure>, expected: &str) -> Result<(), Failure> {
    match answer {
        Err(Failure::Client(Error::Refused { error, .. })) if error.class == expected => Ok(()),
        Err(other) => Err(other),
        Ok(value) => Err(Failure::unexpected("no error", &value)),
    }
}

pub fn human(machine: &mut Machine) -> Result<(), Failure> {
    let mut command = HumanMonitorCommand::new("info registers".to_owned());
    command.cpu_index = Some(0);
    let registers = machine.monitor.execute(command)?;
    expect(registers.contains("EIP="), "registers", &registers)
}

pub fn out_of_band(machine: &mut Machine) -> Result<(), Failure> {
    let instances = machine.out_of_band.execute_out_of_band(QueryYank::new())?;
    let socket = YankInstanceBranch::Chardev(YankInstanceChardev::new("socket".to_owned()));
    let socket = YankInstance::new(socket);
    let mut branches = instances.iter().map(|it| &it.branch);
    expect(
        branches.any(|it| matches!(it, YankInstanceBranch::Chardev(it) if it.id == "socket")),
        "what can be yanked",
        &instances,
    )?;
    machine
        .out_of_band
        .execute_out_of_band(Yank::new(vec![socket]))?;

    let answer = machine.out_of_band.execute_out_of_band(MigratePause::new());
    refused(answer, "GenericError")?;
    // This command must not be executed out of band.
    refused(
        machine.out_of_band.execute_out_of_band(QueryStatus::new()),
        "GenericError",
    )?;
    // Without the capability, no command may.
    match machine.monitor.execute_out_of_band(QueryYank::new()) {
        Err(Failure::Client(Error::OobDisabled { .. })) => Ok(()),
        Err(other) => Err(other),
        Ok(value) => Err(Failure::unexpected("no error", &value)),
    }
}

pub fn errors(machine: &mut Machine) -> Result<(), Failure> {
    let answer = machine.monitor.execute(DeviceDel::new("nobody".to_owned()));
    refused(answer, "DeviceNotFound")?;
    refused(machine.monitor.execute(NoSuchCommand), "CommandNotFound")
}

/// A command that QEMU does not have.
struct NoSuchCommand;

impl Command for NoSuchCommand {
    const NAME: &'static str = "no-such-command";
    type Return = Empty;
}

impl Serialize for NoSuchCommand {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map([("what", "nothing")])
    }
}
