//! Every event that a real QEMU 7.2 sent, decoded with the schema of 2016.

use std::collections::{BTreeMap, BTreeSet};

use integration_tests::qapi::Event;
use serde_json::Value;

use super::{decode, json};

const LOG: &str = include_str!("../../../generated-example/events.jsonl");

/// Members that QEMU 7.2 sends and the schema of 2016 lacks: event, member, and the number of occurrences in the log.
const NEWER: [(&str, &str, usize); 4] = [
    ("SHUTDOWN", "/data", 23),
    ("RESET", "/data", 4),
    ("RTC_CHANGE", "/data/qom-path", 1),
    ("QUORUM_REPORT_BAD", "/data/type", 1),
];

#[test]
fn the_kinds_that_the_schema_has_are_typed() {
    let (mut known, mut unknown) = (BTreeMap::new(), BTreeMap::new());
    for line in LOG.lines() {
        let message = decode(line);
        let kinds = match &message.event {
            Event::Unknown(_) => &mut unknown,
            _ => &mut known,
        };
        *kinds.entry(message.event.name().to_owned()).or_insert(0) += 1;
    }
    assert_eq!((known.len(), known.values().sum::<i32>()), (27, 63));
    let unknown: Vec<_> = unknown
        .iter()
        .map(|(name, count)| (name.as_str(), *count))
        .collect();
    assert_eq!(
        unknown,
        [
            ("BLOCK_JOB_COMPLETED", 1),
            ("BLOCK_JOB_READY", 1),
            ("BLOCK_WRITE_THRESHOLD", 1),
            ("GUEST_CRASHLOADED", 1),
            ("JOB_STATUS_CHANGE", 7),
        ]
    );
}

#[test]
fn an_event_that_the_schema_does_not_have_keeps_its_name_and_data() {
    let mut seen = 0;
    for line in LOG.lines() {
        if let Event::Unknown(event) = decode(line).event {
            let line = json(line);
            assert_eq!(event.name, line["event"]);
            assert!(line["data"].is_object());
            assert_eq!(event.data.as_ref(), Some(&line["data"]));
            seen += 1;
        }
    }
    assert_eq!(seen, 11);
}

/// Only the members in `NEWER` are ignored, and all of them must occur.
#[test]
fn encoding_gives_the_received_message_without_newer_members() {
    let mut met = BTreeMap::new();
    let mut members = 0;
    for line in LOG.lines() {
        let mut expected = json(line);
        for (event, pointer, _) in NEWER {
            if expected["event"] == event {
                remove(&mut expected, pointer);
                *met.entry((event, pointer)).or_insert(0) += 1;
            }
        }
        let encoded = serde_json::to_value(decode(line)).expect("it can be encoded");
        assert_eq!(encoded, expected, "{line}");
        members += leaves(&encoded);
    }
    let expected = NEWER.map(|(event, pointer, count)| ((event, pointer), count));
    assert_eq!(met, BTreeMap::from(expected));
    // Name and time of each, and 110 members. This ensures that the comparison is not empty.
    assert_eq!(members, 74 * 3 + 110);
}

#[test]
fn typed_members_equal_those_in_the_line() {
    let all: BTreeSet<String> = LOG
        .lines()
        .map(|line| format!("{:?}", decode(line).event))
        .collect();
    let has = |text: &str| {
        assert!(
            all.iter().any(|event| event.contains(text)),
            "{text}:\n{all:#?}"
        )
    };
    has("RtcChange { offset: -19659 }");
    has("Watchdog { action: InjectNmi }");
    has("VserportChange { id: \"channel0\", open: true }");
    has("DumpQueryResult { status: Completed, completed: 67371008, total: 67371008 }");
    has("slot: \"0\", slot_type: Dimm, source: 1, status: 0 }");
    has("connection_id: 1697957558, channel_type: 1, channel_id: 0, tls: false }");
    has("QuorumFailure { reference: \"q0\", sector_num: 0, sectors_count: 1 }");
    has("BalloonChange { actual: 264241152 }");
}

/// Removes the member at a pointer, which must exist.
fn remove(value: &mut Value, pointer: &str) {
    let (object, member) = pointer.rsplit_once('/').expect("a slash");
    let object = value.pointer_mut(object).and_then(Value::as_object_mut);
    let removed = object.and_then(|object| object.remove(member));
    assert!(removed.is_some(), "{pointer}");
}

/// The number of values without members.
fn leaves(value: &Value) -> usize {
    match value {
        Value::Object(object) => object.values().map(leaves).sum(),
        Value::Array(elements) => elements.iter().map(leaves).sum(),
        _ => 1,
    }
}
