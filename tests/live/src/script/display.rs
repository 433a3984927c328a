//! Displays and their viewers.

use std::os::unix::net::UnixStream;

use qapi::qmp::commands::{
    DisplayUpdate, ExpirePassword, InputSendEvent, QueryVncServers, Screendump, SendKey,
    SetPassword,
};
use qapi::qmp::{
    DisplayUpdateOptionsBranch, DisplayUpdateOptionsVNC, Event, ExpirePasswordOptionsBranch,
    ExpirePasswordOptionsVnc, ImageFormat, InputAxis, InputBtnEvent, InputBtnEventWrapper,
    InputButton, InputEvent, InputEventBranch, InputKeyEvent, InputKeyEventWrapper, InputMoveEvent,
    InputMoveEventWrapper, IntWrapper, KeyValue, KeyValueBranch, NetworkAddressFamily, QKeyCode,
    QKeyCodeWrapper, SetPasswordAction, SetPasswordOptionsBranch, SetPasswordOptionsVnc,
    SocketAddress, SocketAddressBranch, UnixSocketAddress,
};

use crate::failure::{Failure, expect};
use crate::machine::Machine;
use crate::script::monitor::refused;
use crate::script::power::{resume, stop};

pub fn passwords(machine: &mut Machine) -> Result<(), Failure> {
    let mut vnc = SetPasswordOptionsVnc::new();
    vnc.display = Some("default".to_owned());
    let vnc = SetPasswordOptionsBranch::Vnc(vnc);
    let mut password = SetPassword::new("sesame".to_owned(), vnc);
    password.connected = Some(SetPasswordAction::Keep);
    machine.monitor.execute(password)?;

    let vnc = ExpirePasswordOptionsBranch::Vnc(ExpirePasswordOptionsVnc::new());
    machine
        .monitor
        .execute(ExpirePassword::new("+3600".to_owned(), vnc))?;

    // There is no display of this kind.
    let spice = SetPasswordOptionsBranch::Spice;
    let answer = machine
        .monitor
        .execute(SetPassword::new("sesame".to_owned(), spice));
    refused(answer, "DeviceNotActive")
}

pub fn connect(machine: &mut Machine) -> Result<(), Failure> {
    let viewer = UnixStream::connect(&machine.vnc).map_err(Failure::Display)?;
    let connected = machine.monitor.wait("VNC_CONNECTED", |event| match event {
        Event::VncConnected(connected) => Some(connected.clone()),
        _ => None,
    })?;
    let is_unix = connected.client.family == NetworkAddressFamily::Unix;
    expect(
        is_unix && connected.server.auth.as_deref() == Some("vnc"),
        "VNC",
        &connected,
    )?;
    machine.viewer = Some(viewer);
    Ok(())
}

pub fn update(machine: &mut Machine) -> Result<(), Failure> {
    let path = machine.file("vnc2.sock");
    let socket = SocketAddressBranch::Unix(UnixSocketAddress::new(path.clone()));
    let mut vnc = DisplayUpdateOptionsVNC::new();
    vnc.addresses = Some(vec![SocketAddress::new(socket)]);
    let vnc = DisplayUpdateOptionsBranch::Vnc(vnc);
    machine.monitor.execute(DisplayUpdate::new(vnc))?;
    let servers = machine.monitor.execute(QueryVncServers::new())?;
    let mut sockets = servers.iter().flat_map(|server| &server.server);
    expect(
        sockets.any(|socket| socket.service == path),
        "VNC servers",
        &servers,
    )
}

fn code(key: QKeyCode) -> KeyValue {
    KeyValue::new(KeyValueBranch::Qcode(QKeyCodeWrapper::new(key)))
}

pub fn input(machine: &mut Machine) -> Result<(), Failure> {
    let number = KeyValue::new(KeyValueBranch::Number(IntWrapper::new(0x1e)));
    let mut keys = SendKey::new(vec![code(QKeyCode::Ctrl), code(QKeyCode::_1), number]);
    keys.hold_time = Some(10);
    machine.monitor.execute(keys)?;

    let position = InputMoveEvent::new(InputAxis::X, 20_000);
    let click = InputBtnEvent::new(InputButton::Left, true);
    let key = InputKeyEvent::new(code(QKeyCode::Spc), true);
    let events = [
        InputEventBranch::Abs(InputMoveEventWrapper::new(position)),
        InputEventBranch::Btn(InputBtnEventWrapper::new(click)),
        InputEventBranch::Key(InputKeyEventWrapper::new(key)),
    ];
    let events = events.map(InputEvent::new);
    // This requires a running machine.
    resume(machine)?;
    machine.monitor.execute(InputSendEvent::new(events))?;
    stop(machine)
}

pub fn screendump(machine: &mut Machine) -> Result<(), Failure> {
    let mut picture = Screendump::new(machine.file("screen.png"));
    picture.device = Some("vga".to_owned());
    picture.format = Some(ImageFormat::Png);
    machine.monitor.execute(picture)?;
    Ok(())
}
