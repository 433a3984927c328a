//! Running and stopping the machine.

use qapi::qmp::commands::{Cont, QueryStatus, Quit, SetAction, Stop, SystemPowerdown, SystemReset};
use qapi::qmp::{
    Event, PanicAction, RebootAction, RunState, ShutdownAction, ShutdownCause, WatchdogAction,
};

use crate::failure::{Failure, expect};
use crate::machine::Machine;

pub fn run(machine: &mut Machine) -> Result<(), Failure> {
    resume(machine)?;
    stop(machine)
}

/// Resumes the machine.
pub fn resume(machine: &mut Machine) -> Result<(), Failure> {
    let monitor = &mut machine.monitor;
    monitor.execute(Cont::new())?;
    monitor.wait_until("RESUME", |event| matches!(event, Event::Resume(_)))?;
    let status = monitor.execute(QueryStatus::new())?;
    expect(
        status.running && status.status == RunState::Running,
        "a machine",
        &status,
    )
}

/// Stops the machine.
pub fn stop(machine: &mut Machine) -> Result<(), Failure> {
    let monitor = &mut machine.monitor;
    monitor.execute(Stop::new())?;
    monitor.wait_until("STOP", |event| matches!(event, Event::Stop(_)))?;
    let status = monitor.execute(QueryStatus::new())?;
    expect(
        !status.running && status.status == RunState::Paused,
        "a machine",
        &status,
    )
}

pub fn reset(machine: &mut Machine) -> Result<(), Failure> {
    let monitor = &mut machine.monitor;
    monitor.execute(SystemReset::new())?;
    let reset = monitor.wait("RESET", |event| match event {
        Event::Reset(reset) => Some(reset.clone()),
        _ => None,
    })?;
    let is_ours = !reset.guest && reset.reason == ShutdownCause::HostQmpSystemReset;
    expect(is_ours, "a reset", &reset)?;
    monitor.execute(SystemPowerdown::new())?;
    monitor.wait_until("POWERDOWN", |event| matches!(event, Event::Powerdown(_)))
}

pub fn actions(machine: &mut Machine) -> Result<(), Failure> {
    let mut actions = SetAction::new();
    actions.reboot = Some(RebootAction::Reset);
    actions.shutdown = Some(ShutdownAction::Poweroff);
    actions.panic = Some(PanicAction::Pause);
    actions.watchdog = Some(WatchdogAction::InjectNmi);
    machine.monitor.execute(actions)?;
    Ok(())
}

pub fn quit(machine: &mut Machine) -> Result<(), Failure> {
    machine.monitor.execute(Quit::new())?;
    let shutdown = machine.monitor.wait("SHUTDOWN", |event| match event {
        Event::Shutdown(shutdown) => Some(shutdown.clone()),
        _ => None,
    })?;
    let is_ours = !shutdown.guest && shutdown.reason == ShutdownCause::HostQmpQuit;
    expect(is_ours, "a shutdown", &shutdown)
}
