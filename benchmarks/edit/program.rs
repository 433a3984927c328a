// The program that is edited. Cargo rebuilds it when `EDIT` changes, which has the effect of a changed line.

use qmp::commands::{DeviceDel, QueryStatus};
use qmp::{Command, Event, EventMessage, Execute, Response};

fn main() -> Result<(), serde_json::Error> {
    println!("{}", option_env!("EDIT").unwrap_or("as committed"));
    println!(
        "{}",
        serde_json::to_string(&Execute::new(DeviceDel::new("net0")))?
    );
    let reply = r#"{"return": {"status": "running", "singlestep": false, "running": true}}"#;
    let reply: Response<<QueryStatus as Command>::Return> = serde_json::from_str(reply)?;
    println!("{:?}", reply.result);
    let event = r#"{"event": "DEVICE_DELETED", "data": {"device": "net0", "path": "/net0"},
        "timestamp": {"seconds": 1, "microseconds": 2}}"#;
    let event: EventMessage = serde_json::from_str(event)?;
    if let Event::DeviceDeleted(it) = event.event {
        println!("{:?} is gone", it.device);
    }
    Ok(())
}
