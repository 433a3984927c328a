//! The messages to decode and encode.

use std::hint::black_box;
use std::rc::Rc;

use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::Value;

use crate::introspection;

/// Does the work once.
pub type Run = Box<dyn Fn()>;

/// One kind of work, and the candidates that do it.
pub struct Case {
    /// Its description.
    pub name: &'static str,
    /// The length of the text.
    pub bytes: usize,
    /// The candidates by name.
    pub runs: Vec<(&'static str, Run)>,
    /// For candidates that decode to types: clones the decoded value, which allocates exactly what it owns.
    pub clones: Vec<(&'static str, Run)>,
}

/// All of the work.
pub fn all() -> Vec<Case> {
    let schema = introspection::reply();
    let enveloped = format!("{{\"return\": {}}}", schema.trim_end());
    vec![
        decoding::<Vec<ours::SchemaInfo>, Vec<qapi_qmp::SchemaInfo>>(
            "query-qmp-schema",
            schema.clone(),
        ),
        decoding::<Vec<compact::SchemaInfo>, Vec<qapi_qmp::SchemaInfo>>(
            "query-qmp-schema, `CompactString`",
            schema,
        ),
        decoding::<
            ours::Response<Vec<ours::SchemaInfo>>,
            qapi_spec::Response<Vec<qapi_qmp::SchemaInfo>>,
        >("query-qmp-schema, in its envelope", enveloped),
        decoding::<Vec<ours::BlockDeviceInfo>, Vec<qapi_qmp::BlockDeviceInfo>>(
            "query-named-block-nodes",
            include_str!("../replies/query-named-block-nodes.json").to_owned(),
        ),
        decoding::<Vec<ours::MachineInfo>, Vec<qapi_qmp::MachineInfo>>(
            "query-machines",
            include_str!("../replies/query-machines.json").to_owned(),
        ),
        decoding::<ours::EventMessage, qapi_qmp::Event>("8000 events", events()),
        encoding("blockdev-add"),
    ]
}

/// Lines that QEMU sent, repeated.
fn events() -> String {
    let lines = include_str!("../../../generated-example/events.jsonl").lines();
    lines
        .cycle()
        .take(8000)
        .flat_map(|line| [line, "\n"])
        .collect()
}

fn decoding<O, T>(name: &'static str, text: String) -> Case
where
    O: DeserializeOwned + Clone + 'static,
    T: DeserializeOwned + Clone + 'static,
{
    let lines: Rc<[String]> = text.lines().map(str::to_owned).collect();
    Case {
        name,
        bytes: text.len(),
        runs: vec![
            ("ours", decode::<O>(&lines)),
            ("theirs", decode::<T>(&lines)),
            ("Value", decode::<Value>(&lines)),
            ("IgnoredAny", decode::<IgnoredAny>(&lines)),
        ],
        clones: vec![("ours", clone::<O>(&lines)), ("theirs", clone::<T>(&lines))],
    }
}

fn decode<T: DeserializeOwned>(lines: &Rc<[String]>) -> Run {
    let lines = Rc::clone(lines);
    Box::new(move || {
        for line in &*lines {
            black_box(read::<T>(line));
        }
    })
}

fn clone<T: DeserializeOwned + Clone + 'static>(lines: &Rc<[String]>) -> Run {
    let values: Vec<T> = lines.iter().map(|line| read(line)).collect();
    Box::new(move || {
        for value in &values {
            black_box(value.clone());
        }
    })
}

fn read<T: DeserializeOwned>(text: &str) -> T {
    match serde_json::from_str(text) {
        Ok(value) => value,
        Err(error) => panic!("{error}: {text}"),
    }
}

/// A qcow2 image on an encrypted file with a throttle, and its backing file on NBD.
const BLOCKDEV: &str = r#"{
    "driver": "qcow2", "node-name": "system", "discard": "unmap", "read-only": false, "lazy-refcounts": true,
    "cache": {"direct": true, "no-flush": false}, "l2-cache-size": 1048576, "overlap-check": "constant",
    "encrypt": {"format": "luks", "key-secret": "disk-key"},
    "file": {
        "driver": "throttle", "node-name": "slow", "throttle-group": "background",
        "file": {"driver": "file", "filename": "/var/lib/images/system.qcow2", "aio": "native", "locking": "auto"}
    },
    "backing": {
        "driver": "qcow2", "node-name": "base", "read-only": true,
        "file": {
            "driver": "nbd", "node-name": "remote", "export": "base", "reconnect-delay": 10,
            "server": {"type": "inet", "host": "images.example", "port": "10809", "keep-alive": true}
        },
        "backing": null
    }
}"#;

fn encoding(name: &'static str) -> Case {
    let ours = ours::Execute::new(read::<ours::commands::BlockdevAdd>(BLOCKDEV));
    let theirs = qapi_spec::Execute::<_>::with_command(read::<qapi_qmp::blockdev_add>(BLOCKDEV));
    let value = serde_json::to_value(&ours).expect("a command is JSON");
    Case {
        name,
        bytes: value.to_string().len(),
        runs: vec![
            ("ours", encode(ours)),
            ("theirs", encode(theirs)),
            ("Value", encode(value)),
        ],
        clones: Vec::new(),
    }
}

fn encode(value: impl serde::Serialize + 'static) -> Run {
    Box::new(move || {
        black_box(serde_json::to_string(&value).expect("a command is JSON"));
    })
}
