//! Queries the schema of a running QEMU.

use std::time::Duration;

use qapi_client::blocking::Client;
use qapi_client::{Command, Error};
use serde::Serialize;
use serde_json::value::RawValue;

/// The deadline for the connection, and for the reply.
const TIMEOUT: Duration = Duration::from_secs(10);

/// The command that returns the schema. Its reply is read as text, since recorded replies are text, too.
#[derive(Serialize)]
struct QueryQmpSchema {}

impl Command for QueryQmpSchema {
    const NAME: &'static str = "query-qmp-schema";
    const HAS_ARGUMENTS: bool = false;
    type Return = Box<RawValue>;
}

/// Whether a name is the address of a QEMU rather than the path of a file.
pub(super) fn is_address(name: &str) -> bool {
    name.starts_with("unix:") || name.starts_with("tcp:")
}

/// The reply of the QEMU at an address, without its envelope.
pub(super) fn reply(address: &str) -> Result<Box<RawValue>, Error> {
    let qemu = Client::builder()
        .connect_timeout(TIMEOUT)
        .command_timeout(TIMEOUT)
        .connect(address)?;
    qemu.execute(QueryQmpSchema {})
}
