//! Network backends and links.

use qapi::qmp::commands::{NetdevAdd, NetdevDel, SetLink};
use qapi::qmp::{
    NetdevBranch, NetdevHubPortOptions, NetdevStreamOptions, NetdevUserOptions, SocketAddress,
    SocketAddressBranch, String_ as Item, UnixSocketAddress,
};
use serde_json::json;

use crate::failure::Failure;
use crate::machine::Machine;
use crate::script::devices::device;

pub fn add(machine: &mut Machine) -> Result<(), Failure> {
    let mut user = NetdevUserOptions::new();
    user.hostname = Some("guest".to_owned());
    user.restrict = Some(true);
    user.net = Some("10.0.7.0/24".to_owned());
    user.dnssearch = Some(vec![Item::new("example.org".to_owned())]);

    let socket = UnixSocketAddress::new(machine.file("stream.sock"));
    let socket = SocketAddress::new(SocketAddressBranch::Unix(socket));
    let mut stream = NetdevStreamOptions::new(socket);
    stream.server = Some(true);

    let backends = [
        ("user", NetdevBranch::User(user)),
        ("stream", NetdevBranch::Stream(stream)),
        ("hub", NetdevBranch::Hubport(NetdevHubPortOptions::new(7))),
    ];
    for (id, backend) in backends {
        machine
            .monitor
            .execute(NetdevAdd::new(id.to_owned(), backend))?;
    }
    machine.monitor.execute(NetdevDel::new("hub".to_owned()))?;
    let options = json!({ "netdev": "user", "mac": "52:54:00:12:34:77" });
    machine
        .monitor
        .execute(device("e1000e", "card", Some("port0"), options))?;
    Ok(())
}

pub fn set_link(machine: &mut Machine) -> Result<(), Failure> {
    for up in [false, true] {
        machine
            .monitor
            .execute(SetLink::new("card".to_owned(), up))?;
    }
    Ok(())
}
