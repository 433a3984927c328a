//! Migration without a destination.

use std::thread;
use std::time::Duration;

use qapi::qmp::commands::{
    Migrate, MigrateSetCapabilities, MigrateSetParameters, QueryMigrate, QueryMigrateCapabilities,
    QueryMigrateParameters, QueryStatus,
};
use qapi::qmp::{
    Event, MigrationCapability, MigrationCapabilityStatus, MigrationStatus, MultiFDCompression,
    RunState, StrOrNull,
};

use crate::failure::{Failure, expect};
use crate::machine::Machine;

pub fn set_up(machine: &mut Machine) -> Result<(), Failure> {
    let monitor = &mut machine.monitor;
    let mut parameters = MigrateSetParameters::new();
    parameters.max_bandwidth = Some(1 << 40);
    parameters.downtime_limit = Some(500);
    parameters.tls_hostname = Some(StrOrNull::S("host".to_owned()));
    parameters.tls_authz = Some(StrOrNull::S(String::new()));
    parameters.multifd_compression = Some(MultiFDCompression::Zlib);
    monitor.execute(parameters)?;
    let mut parameters = MigrateSetParameters::new();
    parameters.tls_hostname = Some(StrOrNull::N);
    monitor.execute(parameters)?;
    let set = monitor.execute(QueryMigrateParameters::new())?;
    let is_set = set.max_bandwidth == Some(1 << 40)
        && set.multifd_compression == Some(MultiFDCompression::Zlib)
        // A string, or an alternate with one, depending on the release.
        && serde_json::to_value(&set.tls_hostname).is_ok_and(|it| it == "");
    expect(is_set, "parameters", &set)?;

    let events = MigrationCapabilityStatus::new(MigrationCapability::Events, true);
    monitor.execute(MigrateSetCapabilities::new(vec![events]))?;
    let set = monitor.execute(QueryMigrateCapabilities::new())?;
    let mut set = set.into_iter();
    let events = set.find(|it| it.capability == MigrationCapability::Events);
    expect(
        events.as_ref().is_some_and(|it| it.state),
        "a capability",
        &events,
    )
}

pub fn migrate(machine: &mut Machine) -> Result<(), Failure> {
    let monitor = &mut machine.monitor;
    monitor.execute(Migrate::new("exec:cat > /dev/null".to_owned()))?;
    monitor.wait_until(
        "end of a migration",
        |event| matches!(event, Event::Migration(it) if it.status == MigrationStatus::Completed),
    )?;
    let info = monitor.execute(QueryMigrate::new())?;
    let is_whole = info
        .ram
        .as_ref()
        .is_some_and(|ram| ram.remaining == 0 && ram.total > 0);
    let is_whole = info.status == Some(MigrationStatus::Completed) && is_whole;
    expect(is_whole, "a migration", &info)?;
    finish(machine)
}

/// Waits until the machine can run again, for which there is no event.
fn finish(machine: &mut Machine) -> Result<(), Failure> {
    for _ in 0..100 {
        let status = machine.monitor.execute(QueryStatus::new())?;
        if status.status == RunState::Postmigrate {
            return Ok(());
        }
        thread::sleep(Duration::from_millis(50));
    }
    Err(Failure::Unexpected(
        "a migration that does not end".to_owned(),
    ))
}
