//! Objects that are not devices.

use qapi::qmp::commands::{ObjectAdd, ObjectDel};
use qapi::qmp::{
    AuthZListProperties, HostMemPolicy, IothreadProperties, MemoryBackendProperties,
    ObjectOptionsBranch, QAuthZListFormat, QAuthZListPolicy, QAuthZListRule, QCryptoSecretFormat,
    RngRandomProperties, SecretProperties,
};

use qapi_client::base64;

use crate::failure::Failure;
use crate::machine::Machine;

pub fn add(machine: &mut Machine) -> Result<(), Failure> {
    let objects = [
        ("memory", memory()),
        ("thread", iothread()),
        ("secret", secret()),
        (
            "random",
            ObjectOptionsBranch::RngRandom(RngRandomProperties::new()),
        ),
        ("list", authorization()),
        // A branch without members.
        ("bus", ObjectOptionsBranch::CanBus),
    ];
    for (id, object) in objects {
        machine
            .monitor
            .execute(ObjectAdd::new(id.to_owned(), object))?;
    }
    machine
        .monitor
        .execute(ObjectDel::new("random".to_owned()))?;
    Ok(())
}

fn memory() -> ObjectOptionsBranch {
    let mut memory = MemoryBackendProperties::new(64 << 20);
    memory.prealloc = Some(false);
    memory.policy = Some(HostMemPolicy::Default);
    ObjectOptionsBranch::MemoryBackendRam(memory)
}

fn iothread() -> ObjectOptionsBranch {
    let mut thread = IothreadProperties::new();
    thread.poll_max_ns = Some(0);
    ObjectOptionsBranch::Iothread(thread)
}

fn secret() -> ObjectOptionsBranch {
    let mut secret = SecretProperties::new();
    secret.format = Some(QCryptoSecretFormat::Base64);
    secret.data = Some(base64::encode(b"open sesame"));
    ObjectOptionsBranch::Secret(secret)
}

fn authorization() -> ObjectOptionsBranch {
    let mut rule = QAuthZListRule::new("CN=*".to_owned(), QAuthZListPolicy::Allow);
    rule.format = Some(QAuthZListFormat::Glob);
    let mut list = AuthZListProperties::new();
    list.policy = Some(QAuthZListPolicy::Deny);
    list.rules = Some(vec![rule]);
    ObjectOptionsBranch::AuthzList(list)
}
