//! Objects and models, which have values of any type.

use qapi::qmp::commands::{
    DeviceListProperties, QomGet, QomList, QomListProperties, QomListTypes, QomSet,
    QueryCpuModelExpansion, QueryStats,
};
use qapi::qmp::{CpuModelExpansionType, CpuModelInfo, StatsFilterBranch, StatsVCPUFilter};
use serde_json::{Value, json};

use crate::failure::{Failure, expect};
use crate::machine::Machine;

pub fn properties(machine: &mut Machine) -> Result<(), Failure> {
    let monitor = &mut machine.monitor;
    let (path, property) = (
        "/machine/peripheral/balloon".to_owned(),
        "guest-stats-polling-interval".to_owned(),
    );
    let properties = monitor.execute(QomList::new(path.clone()))?;
    let listed = properties.iter().find(|listed| listed.name == property);
    expect(
        listed.is_some_and(|listed| listed.r#type == "int"),
        "a property",
        &listed,
    )?;
    monitor.execute(QomSet::new(path.clone(), property.clone(), json!(3)))?;
    let value: Value = monitor.execute(QomGet::new(path.clone(), property))?;
    expect(value == 3, "a property", &value)?;
    // An object.
    let value = monitor.execute(QomGet::new(path, "guest-stats".to_owned()))?;
    expect(value.is_object(), "statistics", &value)?;

    let mut types = QomListTypes::new();
    types.implements = Some("user-creatable".to_owned());
    types.r#abstract = Some(false);
    let types = monitor.execute(types)?;
    expect(
        types.iter().any(|listed| listed.name == "iothread"),
        "types",
        &types,
    )?;
    monitor.execute(QomListProperties::new("iothread".to_owned()))?;
    monitor.execute(DeviceListProperties::new("e1000e".to_owned()))?;
    Ok(())
}

pub fn cpu_models(machine: &mut Machine) -> Result<(), Failure> {
    let mut model = CpuModelInfo::new("qemu64".to_owned());
    model.props = Some(json!({ "avx": false }));
    let expand = QueryCpuModelExpansion::new(CpuModelExpansionType::Full, model);
    let expanded = machine.monitor.execute(expand)?.model;
    let avx = expanded.props.as_ref().map(|props| &props["avx"]);
    expect(avx == Some(&Value::Bool(false)), "a CPU", &expanded.name)
}

pub fn statistics(machine: &mut Machine) -> Result<(), Failure> {
    machine
        .monitor
        .execute(QueryStats::new(StatsFilterBranch::Vm))?;
    let mut filter = StatsVCPUFilter::new();
    filter.vcpus = Some(vec!["/machine/unattached/device[0]".to_owned()]);
    machine
        .monitor
        .execute(QueryStats::new(StatsFilterBranch::Vcpu(filter)))?;
    Ok(())
}
