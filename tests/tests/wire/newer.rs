//! Messages of a newer QEMU.

use integration_tests::qapi::{Event, NetworkAddressFamily, WatchdogExpirationAction};

use super::{event, json, round_trip, text};

#[test]
fn an_enum_value_that_the_schema_does_not_have_is_kept() {
    let Event::Watchdog(watchdog) =
        round_trip(&text("WATCHDOG", r#"{"action": "explode \u00fc"}"#)).event
    else {
        panic!("another event")
    };
    assert_eq!(
        watchdog.action,
        WatchdogExpirationAction::Unknown("explode ü".into())
    );
    assert_eq!(watchdog.action.to_string(), "explode ü");
    // Values are compared exactly.
    for value in ["", "RESET", "reset ", "inject_nmi"] {
        let data = format!(r#"{{"action": "{value}"}}"#);
        let Event::Watchdog(watchdog) = round_trip(&text("WATCHDOG", &data)).event else {
            panic!("another event")
        };
        assert_eq!(
            watchdog.action,
            WatchdogExpirationAction::Unknown(value.into())
        );
    }
}

/// `NetworkAddressFamily` has a value of that name.
#[test]
fn the_value_unknown_is_not_an_unknown_value() {
    let family = |value: &str| {
        let data = format!(
            r#"{{"server": {{"host": "", "port": "", "family": "{value}"}},
                 "client": {{"host": "", "port": "", "family": "ipv4"}}}}"#
        );
        match round_trip(&text("SPICE_CONNECTED", &data)).event {
            Event::SpiceConnected(connected) => connected.server.family,
            other => panic!("{other:?}"),
        }
    };
    let known = family("unknown");
    assert!(NetworkAddressFamily::VALUES.contains(&known));
    assert!(!matches!(known, NetworkAddressFamily::Unknown(_)));
    assert_eq!(known.as_str(), "unknown");
    assert_eq!("unknown".parse(), Ok(known));
    let other = family("vsock");
    assert!(!NetworkAddressFamily::VALUES.contains(&other));
    assert_eq!(other, NetworkAddressFamily::Unknown("vsock".into()));
    assert!("vsock".parse::<NetworkAddressFamily>().is_err());
}

#[test]
fn an_event_that_the_schema_does_not_have_is_kept() {
    for data in [
        "",
        "{}",
        "null",
        "7",
        "[1, \"x\"]",
        r#"{"b": {"c": [null, 1.5]}, "a": ""}"#,
    ] {
        let message = round_trip(&text("NEW", data));
        assert_eq!(message.event.name(), "NEW");
        let Event::Unknown(event) = message.event else {
            panic!("{data}: another event")
        };
        assert_eq!(event.name, "NEW");
        assert_eq!(event.data, (!data.is_empty()).then(|| json(data)));
    }
    // Names are compared exactly.
    for name in ["", "stop", "STOP ", "STO", "STOPP", "Stop"] {
        let message = round_trip(&text(name, ""));
        assert!(matches!(message.event, Event::Unknown(_)), "{name}");
    }
}

#[test]
fn members_not_defined_in_the_schema_are_ignored() {
    let plain = event("RTC_CHANGE", r#"{"offset": 5}"#);
    for more in [
        r#""x": null"#,
        r#""offset2": "y""#,
        r#""": [{"offset": 6}]"#,
        r#""Offset": 6"#,
    ] {
        assert_eq!(
            event("RTC_CHANGE", &format!(r#"{{{more}, "offset": 5}}"#)),
            plain
        );
        assert_eq!(
            event("RTC_CHANGE", &format!(r#"{{"offset": 5, {more}}}"#)),
            plain
        );
    }
    let beside = r#"{"seq": {"data": 1}, "timestamp": {"seconds": 1, "zone": "UTC", "microseconds": 2},
                     "event": "RTC_CHANGE", "more": [], "data": {"offset": 5}, "event2": "STOP"}"#;
    assert_eq!(super::decode(beside).event, plain);
    // An event that has had no members until now.
    assert_eq!(event("STOP", r#"{"why": {"deep": []}}"#), event("STOP", ""));
}
