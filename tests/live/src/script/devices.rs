//! Devices that are plugged in and removed.

use qapi::qmp::Event;
use qapi::qmp::commands::{DeviceAdd, DeviceDel, QueryHotpluggableCpus};
use serde_json::{Value, json};

use crate::failure::{Failure, expect};
use crate::machine::Machine;

/// A device with driver-specific options.
pub fn device(driver: &str, id: &str, bus: Option<&str>, options: Value) -> DeviceAdd {
    let mut device = DeviceAdd::new(driver.to_owned());
    device.id = Some(id.to_owned());
    device.bus = bus.map(str::to_owned);
    if let Value::Object(options) = options {
        device.rest = options;
    }
    device
}

/// Removes a device, and waits until it is removed.
fn unplug(machine: &mut Machine, id: &str) -> Result<(), Failure> {
    machine.monitor.execute(DeviceDel::new(id.to_owned()))?;
    let path = machine
        .monitor
        .wait("DEVICE_DELETED", |event| match event {
            Event::DeviceDeleted(deleted) if deleted.device.as_deref() == Some(id) => {
                Some(deleted.path.clone())
            }
            _ => None,
        })?;
    expect(
        path == format!("/machine/peripheral/{id}"),
        "path of a device",
        &path,
    )
}

pub fn usb(machine: &mut Machine) -> Result<(), Failure> {
    let options = json!({ "display": "vga", "serial": "one", "msos-desc": true });
    machine
        .monitor
        .execute(device("usb-tablet", "pad", Some("usb.0"), options))?;
    unplug(machine, "pad")
}

pub fn scsi(machine: &mut Machine) -> Result<(), Failure> {
    let options = json!({ "drive": "throttled", "lun": 5, "bootindex": 9, "share-rw": true });
    for _ in 0..2 {
        machine
            .monitor
            .execute(device("scsi-hd", "disk", Some("scsi.0"), options.clone()))?;
        unplug(machine, "disk")?;
    }
    machine
        .monitor
        .execute(device("scsi-hd", "disk", Some("scsi.0"), options))?;
    Ok(())
}

pub fn cpu(machine: &mut Machine) -> Result<(), Failure> {
    let slots = machine.monitor.execute(QueryHotpluggableCpus::new())?;
    let Some(slot) = slots.iter().find(|slot| slot.qom_path.is_none()) else {
        return Err(Failure::unexpected("no place for a CPU", &slots));
    };
    // The properties of the slot are the options of the device.
    let place = serde_json::to_value(&slot.props).unwrap_or_default();
    machine
        .monitor
        .execute(device(&slot.r#type, "cpu", None, place))?;
    Ok(())
}
