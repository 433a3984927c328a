//! Character devices.

use qapi::qmp::commands::{
    ChardevAdd, ChardevChange, ChardevRemove, QueryChardev, RingbufRead, RingbufWrite,
};
use qapi::qmp::{
    ChardevBackend, ChardevBackendBranch, ChardevCommon, ChardevCommonWrapper, ChardevRingbuf,
    ChardevRingbufWrapper, ChardevSocket, ChardevSocketWrapper, DataFormat, SocketAddressLegacy,
    SocketAddressLegacyBranch, UnixSocketAddress, UnixSocketAddressWrapper,
};

use qapi_client::base64;

use crate::failure::{Failure, expect};
use crate::machine::Machine;

fn null() -> ChardevBackend {
    let null = ChardevCommonWrapper::new(ChardevCommon::new());
    ChardevBackend::new(ChardevBackendBranch::Null(null))
}

fn pty() -> ChardevBackend {
    let pty = ChardevCommonWrapper::new(ChardevCommon::new());
    ChardevBackend::new(ChardevBackendBranch::Pty(pty))
}

fn ringbuf() -> ChardevBackend {
    let mut buffer = ChardevRingbuf::new();
    buffer.size = Some(1 << 10);
    let buffer = ChardevRingbufWrapper::new(buffer);
    ChardevBackend::new(ChardevBackendBranch::Ringbuf(buffer))
}

fn socket(path: String, logfile: String) -> ChardevBackend {
    let address = UnixSocketAddressWrapper::new(UnixSocketAddress::new(path));
    let address = SocketAddressLegacy::new(SocketAddressLegacyBranch::Unix(address));
    let mut socket = ChardevSocket::new(address);
    socket.server = Some(true);
    socket.wait = Some(false);
    socket.logfile = Some(logfile);
    let socket = ChardevSocketWrapper::new(socket);
    ChardevBackend::new(ChardevBackendBranch::Socket(socket))
}

pub fn add(machine: &mut Machine) -> Result<(), Failure> {
    let (path, logfile) = (machine.file("char.sock"), machine.file("char.log"));
    let backends = [
        ("null", null()),
        ("buffer", ringbuf()),
        ("socket", socket(path, logfile)),
    ];
    for (id, backend) in backends {
        machine
            .monitor
            .execute(ChardevAdd::new(id.to_owned(), backend))?;
    }
    let terminal = machine
        .monitor
        .execute(ChardevAdd::new("pty".to_owned(), pty()))?;
    let is_pty = terminal
        .pty
        .as_deref()
        .is_some_and(|path| path.starts_with("/dev/"));
    expect(is_pty, "a pseudo terminal", &terminal)
}

pub fn ring_buffer(machine: &mut Machine) -> Result<(), Failure> {
    let (buffer, bytes) = ("buffer".to_owned(), b"\0\x01 binary \xff");
    let mut write = RingbufWrite::new(buffer.clone(), base64::encode(bytes));
    write.format = Some(DataFormat::Base64);
    machine.monitor.execute(write)?;
    let mut read = RingbufRead::new(buffer, 100);
    read.format = Some(DataFormat::Base64);
    let text = machine.monitor.execute(read)?;
    expect(
        base64::decode(&text).as_deref() == Ok(bytes),
        "what was written",
        &text,
    )
}

pub fn change(machine: &mut Machine) -> Result<(), Failure> {
    machine
        .monitor
        .execute(ChardevChange::new("null".to_owned(), ringbuf()))?;
    let devices = machine.monitor.execute(QueryChardev::new())?;
    let device = devices.iter().find(|device| device.label == "null");
    let is_ringbuf = device.is_some_and(|device| device.filename.starts_with("ringbuf"));
    expect(is_ringbuf, "a character device", &device)?;
    machine
        .monitor
        .execute(ChardevRemove::new("null".to_owned()))?;
    Ok(())
}
