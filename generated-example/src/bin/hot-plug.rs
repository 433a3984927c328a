//! Plugs a mouse into a running machine, removes it again, and makes QEMU exit: `hot-plug unix:/run/qmp.sock`. The machine
//! needs a USB controller, such as `-device qemu-xhci`.

use std::time::Duration;

use generated_example::hot_plug::{Event, commands as c};
use qapi_client::blocking::Client;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let address = std::env::args().nth(1).ok_or("usage: hot-plug ADDRESS")?;
    let qemu = Client::connect(&address)?;
    let patience = Duration::from_secs(10);

    qemu.execute(c::DeviceAdd::new("usb-mouse").with_id("mouse0"))?;
    println!("plugged in");

    let deleted = qemu.wait_for(|event: &Event| match event {
        Event::DeviceDeleted(it) => it.device.as_deref() == Some("mouse0"),
        _ => false,
    });
    qemu.execute(c::DeviceDel::new("mouse0"))?;
    deleted.within(patience)?;
    println!("removed");

    let exits = qemu.wait_for(|event: &Event| matches!(event, Event::Shutdown(_)));
    qemu.execute(c::Quit::new())?;
    exits.within(patience)?;
    println!("shut down");
    Ok(())
}
