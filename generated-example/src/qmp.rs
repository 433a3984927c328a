//! The events of a running QEMU.

use std::process;
use std::time::Duration;

use qapi_client::blocking::Client;

use crate::failure::Failure;

/// The time limit for connecting.
const PATIENCE: Duration = Duration::from_secs(5);

/// Connects to `unix:PATH` or `tcp:HOST:PORT`.
pub(crate) fn connect(address: &str) -> Result<Client, Failure> {
    let builder = Client::builder().connect_timeout(PATIENCE);
    builder
        .events_from_start(true)
        .connect(address)
        .map_err(|error| Failure::Input(error.to_string()))
}

/// The name and version of the server, if known.
pub(crate) fn name(qemu: &Client) -> String {
    match &qemu.greeting().version {
        Some(version) => format!("QEMU {version}"),
        None => "QEMU".into(),
    }
}

/// Makes Ctrl-C close the connection, so that the summary is still printed. A second Ctrl-C ends the program.
pub(crate) fn close_on_ctrl_c(qemu: &Client) -> Result<(), Failure> {
    let qemu = qemu.clone();
    let mut is_closed = false;
    let close = move || {
        if is_closed {
            process::exit(130);
        }
        qemu.close();
        is_closed = true;
    };
    ctrlc::set_handler(close)
        .map_err(|error| Failure::Input(format!("cannot wait for Ctrl-C: {error}")))
}
