//! The recipes of `docs/client.md` with a real QEMU: `recipes DIRECTORY` starts the machines and runs all recipes.
#![deny(warnings)]
#![forbid(unsafe_code)]

mod machine;
mod tasks;

use std::fs::{self, File};
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use qapi_client::blocking::{Agent, Client};
use qapi_client::{Error, base64};
use recipes::{qga, qmp};

use qmp::commands as c;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

fn main() -> Result<()> {
    let directory = std::env::args().nth(1).ok_or("usage: recipes DIRECTORY")?;
    let directory = Path::new(&directory);
    let (first, second) = (directory.join("first"), directory.join("second"));
    let machines = [machine::start(&first)?, machine::start(&second)?];
    let addresses = [machine::address(&first), machine::address(&second)];

    let qemu = connect(&addresses[0])?;
    wait_for_an_event(&qemu)?;
    block_job(&qemu, &first.join("copy.img"))?;
    hot_plug(&qemu)?;
    errors(&qemu)?;
    snapshot(&qemu, &first.join("overlay.qcow2"))?;
    screendump(&qemu, &first.join("screen.ppm"))?;
    file_descriptor(&qemu, &first.join("passed.ppm"))?;
    migration(&qemu, &first.join("state"))?;
    drop(qemu);
    several(&addresses)?;
    tasks::run(&addresses[1])?;
    let [first, second] = machines;
    // There is no operating system that would turn the machine off.
    shut_down(&Client::connect(&addresses[0])?, Duration::from_secs(1))?;
    first.exits()?;

    let program = std::env::var("QEMU").unwrap_or("qemu-system-x86_64".into());
    child(&program)?;

    let agent = machine::agent(directory)?;
    let agent_address = machine::agent_address(directory);
    agent_exec(&agent_address)?;
    machine::run_whole(&addresses[1], &agent_address)?;
    second.exits()?;
    drop(agent);
    Ok(())
}

fn connect(address: &str) -> Result<Client> {
    let qemu = Client::builder()
        .wait_for_socket(true)
        .connect_timeout(Duration::from_secs(30))
        .connect(address)?;
    if let Some(version) = &qemu.greeting().version {
        println!("QEMU {version}");
    }
    let status = qemu.execute(c::QueryStatus::new())?;
    println!("{}", status.status);
    Ok(qemu)
}

fn wait_for_an_event(qemu: &Client) -> Result<()> {
    let stopped = qemu.wait_for(|event: &qmp::Event| matches!(event, qmp::Event::Stop(_)));
    qemu.execute(c::Stop::new())?;
    let message = stopped.within(Duration::from_secs(5))?;
    println!("stopped at {:?}", message.timestamp.system_time());
    qemu.execute(c::Cont::new())?;
    Ok(())
}

fn block_job(qemu: &Client, target: &Path) -> Result<()> {
    let ready = qemu.wait_for(|event: &qmp::Event| match event {
        qmp::Event::BlockJobReady(it) => it.device == "copy",
        _ => false,
    });
    let mirror = c::DriveMirror::new(
        "disk0",
        target.display().to_string(),
        qmp::MirrorSyncMode::Full,
    );
    qemu.execute(mirror.with_job_id("copy").with_format("raw"))?;
    ready.within(Duration::from_secs(30))?;

    // A job that is ready ends with a complete copy.
    let ended = qemu.wait_for(|event: &qmp::Event| match event {
        qmp::Event::BlockJobCompleted(it) => it.device == "copy",
        _ => false,
    });
    qemu.execute(c::BlockJobCancel::new("copy"))?;
    ended.within(Duration::from_secs(30))?;
    Ok(())
}

fn hot_plug(qemu: &Client) -> Result<()> {
    qemu.execute(c::DeviceAdd::new("usb-mouse").with_id("mouse0"))?;

    let deleted = qemu.wait_for(|event: &qmp::Event| match event {
        qmp::Event::DeviceDeleted(it) => it.device.as_deref() == Some("mouse0"),
        _ => false,
    });
    qemu.execute(c::DeviceDel::new("mouse0"))?;
    // A PCI device is deleted when the guest has released it.
    deleted.within(Duration::from_secs(10))?;
    Ok(())
}

fn errors(qemu: &Client) -> Result<()> {
    match qemu.execute(c::DeviceDel::new("mouse0")) {
        Ok(_) => {}
        // It is gone already.
        Err(Error::Refused { error, .. }) if error.class == "DeviceNotFound" => {}
        Err(error) => return Err(error.into()),
    }
    Ok(())
}

fn child(program: &str) -> Result<()> {
    let mut command = Command::new(program);
    command.args(["-machine", "none", "-display", "none", "-qmp", "stdio"]);
    let (qemu, mut child) = Client::spawn(&mut command)?;
    qemu.execute(c::Quit::new())?;
    let status = child.wait(Duration::from_secs(10))?;
    println!("{status:?}");
    assert!(status.is_some_and(|status| status.success()));
    Ok(())
}

fn snapshot(qemu: &Client, overlay: &Path) -> Result<()> {
    // From now on, the guest writes to the overlay.
    let snapshot = c::BlockdevSnapshotSync::new(overlay.display().to_string())
        .with_node_name("disk0")
        .with_snapshot_node_name("overlay0");
    qemu.execute(snapshot)?;
    Ok(())
}

fn screendump(qemu: &Client, file: &Path) -> Result<()> {
    qemu.execute(c::Screendump::new(file.display().to_string()))?;
    let picture = fs::read(file)?;
    assert!(picture.starts_with(b"P6"));
    Ok(())
}

fn file_descriptor(qemu: &Client, path: &Path) -> Result<()> {
    // QEMU does not need access to the folder.
    let file = File::create(path)?;
    let added = qemu.execute_with_fd(c::AddFd::new(), file)?;
    let name = format!("/dev/fdset/{}", added.fdset_id);
    qemu.execute(c::Screendump::new(name))?;
    qemu.execute(c::RemoveFd::new(added.fdset_id))?;
    assert!(fs::metadata(path)?.len() > 0);
    Ok(())
}

fn migration(qemu: &Client, file: &Path) -> Result<()> {
    let events = qmp::MigrationCapabilityStatus::new(qmp::MigrationCapability::Events, true);
    qemu.execute(c::MigrateSetCapabilities::new(vec![events]))?;

    let ended = qemu.wait_for(|event: &qmp::Event| match event {
        qmp::Event::Migration(it) => matches!(
            it.status,
            qmp::MigrationStatus::Completed | qmp::MigrationStatus::Failed
        ),
        _ => false,
    });
    qemu.execute(c::Migrate::new(format!("exec:cat > {}", file.display())))?;
    ended.within(Duration::from_secs(60))?;
    let info = qemu.execute(c::QueryMigrate::new())?;
    assert_eq!(info.status, Some(qmp::MigrationStatus::Completed));
    Ok(())
}

fn several(addresses: &[String]) -> Result<()> {
    // One deadline for all, even if a QEMU hangs.
    let patience = Duration::from_secs(10);
    let deadline = Instant::now() + patience;
    thread::scope(|scope| {
        let ask = |address: &String| {
            let qemu = Client::builder()
                .connect_timeout(patience)
                .connect(address)?;
            qemu.execute_with(c::QueryStatus::new(), deadline)
        };
        let asked: Vec<_> = addresses
            .iter()
            .map(|address| (address, scope.spawn(move || ask(address))))
            .collect();
        for (address, answer) in asked {
            match answer.join() {
                Ok(Ok(status)) => println!("{address}: {}", status.status),
                Ok(Err(error)) => println!("{address}: {error}"),
                Err(_) => println!("{address}: a panic"),
            }
        }
    });
    Ok(())
}

fn shut_down(qemu: &Client, patience: Duration) -> Result<()> {
    let shutdown = qemu.wait_for(|event: &qmp::Event| matches!(event, qmp::Event::Shutdown(_)));
    let mut events = qemu.events::<qmp::Event>();
    qemu.execute(c::SystemPowerdown::new())?;
    match shutdown.within(patience) {
        Ok(_) => {}
        // The guest does not react.
        Err(Error::TimedOut { .. }) => drop(qemu.execute(c::Quit::new())?),
        Err(error) => return Err(error.into()),
    }
    // QEMU closes the connection when it exits.
    let deadline = Instant::now() + patience;
    while let Some(event) = events.next_within(deadline) {
        match event {
            Ok(message) => println!("{}", message.event.name()),
            Err(Error::Disconnected { .. }) => break,
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

fn agent_exec(address: &str) -> Result<()> {
    let agent = Agent::connect(address)?;
    let run = qga::commands::GuestExec::new("/bin/echo").with_arg(["hello"]);
    let pid = agent.execute(run.with_capture_output(true))?.pid;
    let status = loop {
        let status = agent.execute(qga::commands::GuestExecStatus::new(pid))?;
        if status.exited {
            break status;
        }
        thread::sleep(Duration::from_millis(50));
    };
    let output = base64::decode(&status.out_data.unwrap_or_default())?;
    assert_eq!(output, b"hello\n");
    Ok(())
}
