//! The messages to decode and encode.

/// Events of a QEMU, one a line.
pub(crate) const EVENTS: &str = include_str!("../../../generated-example/events.jsonl");

/// A reply with unions: the discriminator first, last and in the middle, one of a newer greenhouse, and one in another.
pub(crate) const DEVICES: &str = r#"{"return": [
    {"kind": "lamp", "name": "over the herbs", "on": true, "brightness": 200},
    {"liquid": "feed", "litres": 120, "nitrogen": 35, "name": "tank by the door", "kind": "tank"},
    {"name": "bell", "kind": "bell", "on": false},
    {"on": true, "kind": "fan", "name": "under the roof", "speeds": [1, 2, 3], "size": {"blades": 5}},
    {"kind": "tank", "name": "rain", "liquid": "water", "litres": 1000}
], "id": 7}"#;

/// The arguments of a command, with a union in them.
pub(crate) const DEVICE: &str = r#"{"kind": "tank", "name": "spare", "on": false, "liquid": "feed", "litres": 10, "nitrogen": 3}"#;
