//! The whole program of `docs/client.md`.
#![deny(warnings)]
#![forbid(unsafe_code)]

use std::thread;
use std::time::{Duration, Instant};

use qapi_client::blocking::{Agent, Client};
use qapi_client::{Error, base64};
use recipes::{qga, qmp};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut addresses = std::env::args().skip(1);
    let (Some(monitor), Some(agent)) = (addresses.next(), addresses.next()) else {
        return Err("usage: whole MONITOR AGENT".into());
    };
    let qemu = Client::connect(&monitor)?;
    let agent = Agent::connect(&agent)?;

    // Plug a mouse in, and remove it again.
    qemu.execute(qmp::commands::DeviceAdd::new("usb-mouse").with_id("mouse0"))?;
    let removed = qemu.wait_for(|event: &qmp::Event| match event {
        qmp::Event::DeviceDeleted(it) => it.device.as_deref() == Some("mouse0"),
        _ => false,
    });
    qemu.execute(qmp::commands::DeviceDel::new("mouse0"))?;
    removed.within(Duration::from_secs(10))?;

    // Run a program in the guest.
    let run = qga::commands::GuestExec::new("/bin/uname").with_capture_output(true);
    let pid = agent.execute(run)?.pid;
    let status = loop {
        let status = agent.execute(qga::commands::GuestExecStatus::new(pid))?;
        if status.exited {
            break status;
        }
        thread::sleep(Duration::from_millis(50));
    };
    let output = base64::decode(&status.out_data.unwrap_or_default())?;
    println!("{}", String::from_utf8_lossy(&output));

    // Shut down: QEMU closes the connection when it exits.
    let mut events = qemu.events::<qmp::Event>();
    qemu.execute(qmp::commands::Quit::new())?;
    let deadline = Instant::now() + Duration::from_secs(10);
    while let Some(event) = events.next_within(deadline) {
        match event {
            Ok(message) => println!("{}", message.event.name()),
            Err(Error::Disconnected { .. }) => break,
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}
