use super::qapi::commands::{BlockdevAdd, ChardevAdd, DeviceAdd};
use super::qapi::{
    BlockdevOptions, BlockdevOptionsFile, BlockdevOptionsQcow2, ChardevSocket, NetdevUserOptions,
    UnixSocketAddress,
};
use super::qga::commands::GuestExec;

pub fn add_disk() -> BlockdevAdd {
    BlockdevAdd::qcow2(BlockdevOptionsQcow2::new(BlockdevOptions::file(
        BlockdevOptionsFile::new("disk.qcow2"),
    )))
    .with_node_name("disk0")
}

pub fn overlay() -> BlockdevOptionsQcow2 {
    BlockdevOptionsQcow2::new("node0")
}

pub fn add_socket() -> ChardevAdd {
    ChardevAdd::new(
        "c0",
        ChardevSocket::new(UnixSocketAddress::new("/run/c0.sock")).with_server(true),
    )
}

pub fn add_device() -> DeviceAdd {
    DeviceAdd::new("virtio-net-pci")
        .with_id("net0")
        .with_rest("netdev", "n0")
        .with_rest("mq", true)
}

pub fn network() -> NetdevUserOptions {
    NetdevUserOptions::new().with_hostfwd(["tcp::2222-:22"])
}

/// `capture-output` is a `bool` in 7.2 and an alternate in 11.1.
pub fn run() -> GuestExec {
    GuestExec::new("/bin/sh")
        .with_arg(["-c", "id"])
        .with_capture_output(true)
}

/// An empty list needs the type of its items, unless it is assigned to the field.
pub fn run_without_arguments() -> [GuestExec; 3] {
    let mut third = GuestExec::new("/bin/sh");
    third.arg = Some(vec![]);
    [
        GuestExec::new("/bin/sh").with_arg(Vec::<String>::new()),
        GuestExec::new("/bin/sh").with_arg([""; 0]),
        third,
    ]
}
