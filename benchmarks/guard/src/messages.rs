//! The messages to decode and encode.

/// Events of a QEMU, one per line.
pub(crate) const EVENTS: &str = include_str!("../../../generated-example/events.jsonl");

/// A reply with unions: with the discriminator first, last and in the middle, with an unknown branch, and nested.
pub(crate) const DEVICES: &str = r#"{"return": [
    {"kind": "lamp", "name": "over the herbs", "on": true, "brightness": 200},
    {"liquid": "feed", "litres": 120, "nitrogen": 35, "name": "tank by the door", "kind": "tank"},
    {"name": "bell", "kind": "bell", "on": false},
    {"on": true, "kind": "fan", "name": "under the roof", "speeds": [1, 2, 3], "size": {"blades": 5}},
    {"kind": "tank", "name": "rain", "liquid": "water", "litres": 1000}
], "id": 7}"#;

/// The arguments of a command, which contain a union.
pub(crate) const DEVICE: &str = r#"{"kind": "tank", "name": "spare", "on": false, "liquid": "feed", "litres": 10, "nitrogen": 3}"#;
