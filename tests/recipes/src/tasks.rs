//! The recipe for the tokio driver.

use qapi_client::Error;
use qapi_client::tokio::Client;
use recipes::qmp;

use crate::{Result, c};

#[tokio::main]
pub async fn run(address: &str) -> Result<()> {
    let qemu = Client::connect(address).await?;
    let mut events = qemu.events::<qmp::Event>();
    let watch = tokio::spawn(async move {
        while let Some(event) = events.next().await {
            println!("{}", event?.event.name());
        }
        Ok::<(), Error>(())
    });

    // Both commands are sent before the first reply arrives.
    let status = qemu.execute(c::QueryStatus::new());
    let migration = qemu.execute(c::QueryMigrate::new());
    let (status, _migration) = tokio::try_join!(status, migration)?;
    println!("{}", status.status);

    // This ends `events`, too.
    qemu.close();
    watch.await??;
    Ok(())
}
