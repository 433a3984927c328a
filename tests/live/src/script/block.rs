//! Images and block nodes.

use qapi::qmp::commands::{
    BlockdevAdd, BlockdevCreate, BlockdevReopen, ObjectAdd, QueryNamedBlockNodes,
};
use qapi::qmp::{
    BlockdevCacheOptions, BlockdevCreateOptions, BlockdevCreateOptionsBranch,
    BlockdevCreateOptionsFile, BlockdevCreateOptionsQcow2, BlockdevDetectZeroesOptions,
    BlockdevDiscardOptions, BlockdevOptions, BlockdevOptionsBranch, BlockdevOptionsFile,
    BlockdevOptionsNull, BlockdevOptionsQcow2, BlockdevOptionsThrottle, BlockdevRef,
    BlockdevRefOrNull, ObjectOptionsBranch, Qcow2OverlapCheckFlags, Qcow2OverlapCheckMode,
    Qcow2OverlapChecks, ThrottleGroupProperties, ThrottleLimits,
};

use crate::failure::{Failure, expect};
use crate::machine::Machine;
use crate::script::jobs::conclude;

const MIB: u64 = 1 << 20;

pub fn create_images(machine: &mut Machine) -> Result<(), Failure> {
    for name in ["base", "overlay", "lower", "upper"] {
        let path = machine.file(&format!("{name}.qcow2"));
        let file = BlockdevCreateOptionsFile::new(path.clone(), 0);
        create(machine, BlockdevCreateOptionsBranch::File(file))?;
        let mut image = BlockdevCreateOptionsQcow2::new(file_node(path), 16 * MIB);
        image.cluster_size = Some(MIB / 16);
        image.lazy_refcounts = Some(true);
        create(machine, BlockdevCreateOptionsBranch::Qcow2(image))?;
    }
    Ok(())
}

/// Runs a job that creates an image.
fn create(machine: &mut Machine, image: BlockdevCreateOptionsBranch) -> Result<(), Failure> {
    let image = BlockdevCreateOptions::new(image);
    machine
        .monitor
        .execute(BlockdevCreate::new("create".to_owned(), image))?;
    conclude(&mut machine.monitor, "create")
}

/// A file on the host as a node without a name.
fn file_node(path: String) -> BlockdevRef {
    let file = BlockdevOptionsBranch::File(BlockdevOptionsFile::new(path));
    BlockdevOptions::new(file).into()
}

/// The image with `name` in the format qcow2.
fn qcow2(machine: &Machine, name: &str) -> BlockdevOptionsQcow2 {
    let file = file_node(machine.file(&format!("{name}.qcow2")));
    BlockdevOptionsQcow2::new(file)
}

pub fn add_nested(machine: &mut Machine) -> Result<(), Failure> {
    // An alternate of an enum and an object.
    let mut overlap_check = Qcow2OverlapCheckFlags::new();
    overlap_check.template = Some(Qcow2OverlapCheckMode::Cached);
    overlap_check.inactive_l1 = Some(false);
    let mut image = qcow2(machine, "base");
    image.overlap_check = Some(Qcow2OverlapChecks::Flags(overlap_check));
    image.l2_cache_size = Some(1 << 20);
    image.backing = Some(BlockdevRefOrNull::Null);

    let mut node = BlockdevAdd::new(BlockdevOptionsBranch::Qcow2(image));
    node.node_name = Some("base".to_owned());
    node.discard = Some(BlockdevDiscardOptions::Unmap);
    node.detect_zeroes = Some(BlockdevDetectZeroesOptions::Unmap);
    let mut cache = BlockdevCacheOptions::new();
    cache.direct = Some(false);
    cache.no_flush = Some(true);
    node.cache = Some(cache);
    machine.monitor.execute(node)?;

    let mut nothing = BlockdevOptionsNull::new();
    nothing.size = Some(16 << 20);
    nothing.read_zeroes = Some(true);
    let mut node = BlockdevAdd::new(BlockdevOptionsBranch::NullCo(nothing));
    node.node_name = Some("nothing".to_owned());
    machine.monitor.execute(node)?;
    Ok(())
}

pub fn add_chain(machine: &mut Machine) -> Result<(), Failure> {
    let mut image = qcow2(machine, "overlay");
    image.backing = Some(BlockdevRefOrNull::Reference("base".to_owned()));
    let mut node = BlockdevAdd::new(BlockdevOptionsBranch::Qcow2(image));
    node.node_name = Some("overlay".to_owned());
    machine.monitor.execute(node)?;

    // The same with one command.
    let lower = BlockdevOptionsBranch::Qcow2(qcow2(machine, "lower"));
    let lower = BlockdevRefOrNull::from(BlockdevOptions::new(lower));
    let mut image = qcow2(machine, "upper");
    image.backing = Some(lower);
    let mut node = BlockdevAdd::new(BlockdevOptionsBranch::Qcow2(image));
    node.node_name = Some("upper".to_owned());
    machine.monitor.execute(node)?;

    let nodes = machine.monitor.execute(QueryNamedBlockNodes::new())?;
    for name in ["overlay", "upper"] {
        let node = nodes
            .iter()
            .find(|node| node.node_name.as_deref() == Some(name));
        let depth = node.map(|node| node.backing_file_depth);
        expect(depth == Some(1), "depth of a chain", &depth)?;
    }
    Ok(())
}

pub fn add_throttle(machine: &mut Machine) -> Result<(), Failure> {
    let mut limits = ThrottleLimits::new();
    limits.iops_total = Some(1000);
    limits.bps_total = Some(100 << 20);
    let mut group = ThrottleGroupProperties::new();
    group.limits = Some(limits);
    let group = ObjectOptionsBranch::ThrottleGroup(group);
    machine
        .monitor
        .execute(ObjectAdd::new("group".to_owned(), group))?;

    let below = BlockdevRef::Reference("overlay".to_owned());
    let filter = BlockdevOptionsThrottle::new("group".to_owned(), below);
    let mut node = BlockdevAdd::new(BlockdevOptionsBranch::Throttle(filter));
    node.node_name = Some("throttled".to_owned());
    machine.monitor.execute(node)?;
    Ok(())
}

pub fn reopen(machine: &mut Machine) -> Result<(), Failure> {
    let below = BlockdevRef::Reference("overlay".to_owned());
    let filter = BlockdevOptionsThrottle::new("group".to_owned(), below);
    let mut node = BlockdevOptions::new(BlockdevOptionsBranch::Throttle(filter));
    node.node_name = Some("throttled".to_owned());
    node.detect_zeroes = Some(BlockdevDetectZeroesOptions::On);
    machine.monitor.execute(BlockdevReopen::new(vec![node]))?;
    Ok(())
}
