//! Does the same as `program.rs`, with the peer's types.

use qapi_qmp::{Event, device_del, query_status};
use qapi_spec::{Command, Execute, Response};

fn main() -> Result<(), serde_json::Error> {
    println!("{}", option_env!("EDIT").unwrap_or("as committed"));
    let command = device_del { id: "net0".into() };
    println!(
        "{}",
        serde_json::to_string(&Execute::<_, ()>::new(command, None))?
    );
    let reply = r#"{"return": {"status": "running", "singlestep": false, "running": true}}"#;
    let reply: Response<<query_status as Command>::Ok> = serde_json::from_str(reply)?;
    println!("{:?}", reply.result());
    let event = r#"{"event": "DEVICE_DELETED", "data": {"device": "net0", "path": "/net0"},
        "timestamp": {"seconds": 1, "microseconds": 2}}"#;
    let event: Event = serde_json::from_str(event)?;
    if let Event::DEVICE_DELETED { data, .. } = event {
        println!("{:?} is gone", data.device);
    }
    Ok(())
}
