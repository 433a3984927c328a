//! Memory hot-plug.

use qapi::qmp::ObjectOptionsBranch;
use qapi::qmp::commands::{ObjectAdd, QueryMemoryDevices};
use qapi::qmp::{ACPISlotType, Event, MemoryBackendProperties, MemoryDeviceInfoBranch};
use serde_json::json;

use crate::failure::{Failure, expect};
use crate::machine::Machine;
use crate::script::devices::device;
use crate::script::monitor::run;

const SIZE: u64 = 128 << 20;

pub fn plug(machine: &mut Machine) -> Result<(), Failure> {
    let memory = ObjectOptionsBranch::MemoryBackendRam(MemoryBackendProperties::new(SIZE));
    machine
        .monitor
        .execute(ObjectAdd::new("more".to_owned(), memory))?;
    machine
        .monitor
        .execute(device("pc-dimm", "dimm", None, json!({ "memdev": "more" })))?;

    let devices = machine.monitor.execute(QueryMemoryDevices::new())?;
    let dimm = devices.iter().find_map(|device| match &device.branch {
        MemoryDeviceInfoBranch::Dimm(dimm) => Some(&dimm.data),
        _ => None,
    });
    let is_dimm = dimm.is_some_and(|dimm| {
        dimm.id.as_deref() == Some("dimm")
            && u64::try_from(dimm.size) == Ok(SIZE)
            && dimm.hotplugged
    });
    expect(is_dimm, "a DIMM", &devices)?;
    accept(machine)
}

/// Acts as a guest that accepts the memory: selects the slot, and writes the event and its status.
fn accept(machine: &mut Machine) -> Result<(), Failure> {
    const PORT: u16 = 0xa00;
    for (register, value) in [(0, 0), (4, 1), (8, 0)] {
        run(machine, &format!("o /w {:#x} {value}", PORT + register))?;
    }
    let status = machine
        .monitor
        .wait("ACPI_DEVICE_OST", |event| match event {
            Event::AcpiDeviceOst(ost) => Some(ost.info.clone()),
            _ => None,
        })?;
    let is_dimm =
        status.device.as_deref() == Some("dimm") && status.slot_type == ACPISlotType::Dimm;
    expect(
        is_dimm && (status.source, status.status) == (1, 0),
        "an answer",
        &status,
    )
}
