use super::qapi::{
    BlockdevOptions, BlockdevOptionsBranch, BlockdevOptionsFile, BlockdevOptionsNbd, BlockdevRef,
    Command, Event, EventMessage, Execute, InetSocketAddress, Response, RunState, ShutdownCause,
    SocketAddress, SocketAddressBranch, StatusInfo, commands,
};

pub fn is_up(status: &StatusInfo) -> bool {
    match status.status {
        RunState::Running | RunState::Prelaunch => true,
        RunState::Paused | RunState::Shutdown | RunState::GuestPanicked => false,
        _ => status.running,
    }
}

pub fn status(text: &str) -> Option<StatusInfo> {
    let answer: Response<<commands::QueryStatus as Command>::Return> =
        serde_json::from_str(text).ok()?;
    answer.result.ok()
}

pub fn seen(message: &EventMessage) -> String {
    match &message.event {
        Event::Shutdown(it) => match it.reason {
            ShutdownCause::HostQmpQuit => "quit".to_owned(),
            _ => format!("by the guest: {}", it.guest),
        },
        Event::Stop(_) | Event::Resume(_) => "stopped or not".to_owned(),
        Event::DeviceDeleted(it) => it.device.clone().unwrap_or_else(|| it.path.clone()),
        Event::BlockJobCompleted(it) => format!("{}: {} of {}", it.device, it.offset, it.len),
        Event::VncConnected(it) => format!("{}:{}", it.client.host, it.client.service),
        Event::RtcChange(it) => it.offset.to_string(),
        Event::Unknown(it) => it.name.clone(),
        other => other.name().to_owned(),
    }
}

pub fn requests() -> serde_json::Result<Vec<String>> {
    let file = BlockdevOptionsBranch::File(BlockdevOptionsFile::new("disk.img"));
    let file = BlockdevOptions::new(file).with_node_name("disk");
    let mut add = commands::BlockdevAdd::from(file);
    add.read_only = Some(true);
    let mut device = commands::DeviceAdd::new("virtio-blk-pci").with_id("blk0");
    device.rest.insert("drive".into(), "disk".into());
    let socket = SocketAddressBranch::Inet(InetSocketAddress::new("localhost", "5900"));
    let gateway = commands::BlockdevAdd::new(BlockdevOptionsBranch::Nbd(BlockdevOptionsNbd::new(
        SocketAddress::new(socket),
    )));
    let mut limits = commands::MigrateSetParameters::new();
    limits.max_bandwidth = Some(1 << 30);
    Ok(vec![
        serde_json::to_string(&Execute::new(commands::QmpCapabilities::new()))?,
        serde_json::to_string(&Execute::new(add))?,
        serde_json::to_string(&Execute::new(device).with_id("a"))?,
        serde_json::to_string(&Execute::new(commands::DeviceDel::new("blk0")))?,
        serde_json::to_string(&Execute::new(gateway))?,
        serde_json::to_string(&Execute::new(limits))?,
        serde_json::to_string(&Execute::new(commands::HumanMonitorCommand::new(
            "info pci",
        )))?,
        serde_json::to_string(&Execute::new(commands::QueryBlockstats::new()))?,
        serde_json::to_string(&Execute::new(commands::Quit::new()))?,
    ])
}

pub fn reference(it: BlockdevRef) -> String {
    match it {
        BlockdevRef::Reference(name) => name,
        BlockdevRef::Definition(options) => match &options.branch {
            BlockdevOptionsBranch::File(file) => file.filename.clone(),
            BlockdevOptionsBranch::Qcow2(image) => image.backing.is_some().to_string(),
            _ => options.driver().to_string(),
        },
        _ => String::new(),
    }
}

pub fn disks(text: &str) -> Vec<String> {
    let answer: Option<Response<<commands::QueryBlock as Command>::Return>> =
        serde_json::from_str(text).ok();
    let disks = answer
        .and_then(|answer| answer.result.ok())
        .unwrap_or_default();
    disks
        .iter()
        .map(|disk| format!("{}: {}", disk.device, disk.locked))
        .collect()
}
