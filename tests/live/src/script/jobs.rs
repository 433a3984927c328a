//! Jobs that report their progress with events.

use qapi::qmp::commands::{
    BlockExportAdd, BlockJobComplete, BlockdevMirror, JobDismiss, NbdServerStart, QueryJobs,
    SnapshotDelete, SnapshotSave,
};
use qapi::qmp::{
    BlockExportOptionsBranch, BlockExportOptionsNbd, Event, JobStatus, JobType, MirrorSyncMode,
    SocketAddressLegacy, SocketAddressLegacyBranch, UnixSocketAddress, UnixSocketAddressWrapper,
};

use crate::client::Monitor;
use crate::failure::{Failure, expect};
use crate::machine::Machine;

pub fn mirror(machine: &mut Machine) -> Result<(), Failure> {
    let (source, target) = ("upper".to_owned(), "nothing".to_owned());
    let mut mirror = BlockdevMirror::new(source, target, MirrorSyncMode::Full);
    mirror.job_id = Some("mirror".to_owned());
    mirror.filter_node_name = Some("mirror-top".to_owned());
    let monitor = &mut machine.monitor;
    monitor.execute(mirror)?;
    monitor.wait_until(
        "BLOCK_JOB_READY",
        |event| matches!(event, Event::BlockJobReady(job) if job.device == "mirror"),
    )?;
    monitor.execute(BlockJobComplete::new("mirror".to_owned()))?;
    let completed = monitor.wait("BLOCK_JOB_COMPLETED", |event| match event {
        Event::BlockJobCompleted(job) => Some(job.clone()),
        _ => None,
    })?;
    let is_whole = completed.offset == completed.len && completed.error.is_none();
    expect(
        completed.r#type == JobType::Mirror && is_whole,
        "end of a mirror",
        &completed,
    )
}

pub fn export(machine: &mut Machine) -> Result<(), Failure> {
    let socket = UnixSocketAddress::new(machine.file("nbd.sock"));
    let socket = SocketAddressLegacyBranch::Unix(UnixSocketAddressWrapper::new(socket));
    machine
        .monitor
        .execute(NbdServerStart::new(SocketAddressLegacy::new(socket)))?;

    let mut disk = BlockExportOptionsNbd::new();
    disk.name = Some("disk".to_owned());
    disk.description = Some("What the machine sees.".to_owned());
    let (id, node) = ("export".to_owned(), "overlay".to_owned());
    let disk = BlockExportOptionsBranch::Nbd(disk);
    machine
        .monitor
        .execute(BlockExportAdd::new(id, node, disk))?;
    Ok(())
}

pub fn snapshot(machine: &mut Machine) -> Result<(), Failure> {
    let (tag, node) = ("tag".to_owned(), "overlay".to_owned());
    let nodes = vec![node.clone()];
    let save = SnapshotSave::new("save".to_owned(), tag.clone(), node, nodes.clone());
    machine.monitor.execute(save)?;
    conclude(&mut machine.monitor, "save")?;
    let delete = SnapshotDelete::new("delete".to_owned(), tag, nodes);
    machine.monitor.execute(delete)?;
    conclude(&mut machine.monitor, "delete")
}

/// Waits for the end of the job `id`, which must not fail, and dismisses it.
pub fn conclude(monitor: &mut Monitor, id: &str) -> Result<(), Failure> {
    monitor.wait_until("end of a job", |event| {
        matches!(event, Event::JobStatusChange(job)
            if job.id == id && job.status == JobStatus::Concluded)
    })?;
    let jobs = monitor.execute(QueryJobs::new())?;
    let job = jobs.iter().find(|job| job.id == id);
    expect(job.is_some_and(|job| job.error.is_none()), "a job", &job)?;
    monitor.execute(JobDismiss::new(id.to_owned()))?;
    Ok(())
}
