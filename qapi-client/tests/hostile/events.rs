//! Events: early, in bursts, lost, or undecodable.

use qapi_client::Error;
use serde_json::json;

use crate::support::{
    Driver, GREETING, PATIENCE, SHORT, Setup, burst, connected, event, try_connect,
};
use crate::with_both_drivers;

with_both_drivers!(
    a_burst_of_events,
    events_from_the_start,
    an_event_before_the_wait,
    a_wait_passes_over_undecodable_events,
    a_wait_finds_its_event_although_others_were_lost,
    events_end_with_the_connection,
);

fn a_burst_of_events<D: Driver>() {
    let (client, mut server) = connected::<D>(Setup::default());
    let (mut slow, mut slower) = (client.events(), client.events());
    burst(&client, &mut server, 10_000);
    let mut seen = 0;
    match slow().unwrap() {
        Err(Error::EventsLost { count }) => seen += count,
        other => panic!("{other:?}"),
    }
    assert!(seen > 0);
    while seen < 10_000 {
        let message = slow().unwrap().unwrap();
        assert_eq!(message.event.data, json!(seen));
        seen += 1;
    }
    // The connection continues as before.
    server.send(&event("TICK", json!("last")));
    assert_eq!(slow().unwrap().unwrap().event.data, "last");
    assert!(matches!(slower(), Some(Err(Error::EventsLost { .. }))));
    // A listener that keeps up loses no events.
    for round in 0..10 {
        burst(&client, &mut server, 1000);
        for number in 0..1000 {
            let message = slow().unwrap().unwrap();
            assert_eq!(message.event.data, json!(number), "round {round}");
        }
    }
}

fn events_from_the_start<D: Driver>() {
    let setup = Setup {
        events_from_start: true,
        ..Setup::default()
    };
    let (client, mut server) = try_connect::<D>(setup, |server| {
        server.send(&event("BEFORE_GREETING", json!({})));
        server.send(GREETING);
        let id = server.expect("qmp_capabilities");
        server.send(&event("BEFORE_ANSWER", json!({})));
        server.answer(&id, json!({}));
    });
    let client = client.unwrap();
    burst(&client, &mut server, 1);
    // A wait does not take them, and neither does a second call.
    let wait = client.wait_for("BEFORE_GREETING");
    let (mut all, mut later) = (client.events(), client.events());
    server.send(&event("LATER", json!({})));
    for name in ["BEFORE_GREETING", "BEFORE_ANSWER", "TICK", "LATER"] {
        assert_eq!(all().unwrap().unwrap().event.name, name);
    }
    assert_eq!(later().unwrap().unwrap().event.name, "LATER");
    wait(SHORT).unwrap_err();
}

fn an_event_before_the_wait<D: Driver>() {
    let (client, mut server) = connected::<D>(Setup::default());
    burst(&client, &mut server, 1);
    let (tick, other) = (client.wait_for("TICK"), client.wait_for("OTHER"));
    burst(&client, &mut server, 10);
    // It listens from its call on.
    let message = tick(PATIENCE).unwrap();
    assert_eq!(message.event.data, json!(0));
    assert_eq!(message.timestamp.seconds, 1);
    server.scope(|server, scope| {
        let other = scope.spawn(|| other(PATIENCE).unwrap());
        server.send(&event("OTHER", json!("found")));
        assert_eq!(other.join().unwrap().event.data, "found");
    });
}

fn a_wait_passes_over_undecodable_events<D: Driver>() {
    let (client, mut server) = connected::<D>(Setup::default());
    let (wait, never) = (client.wait_for("OTHER"), client.wait_for("NEVER"));
    let mut events = client.events();
    server.send(&event("BROKEN", json!({"a": 1})));
    server.send(&event("OTHER", json!({})));
    wait(PATIENCE).unwrap();
    let error = never(SHORT).unwrap_err().to_string();
    assert!(error.contains("data.member: missing"), "{error}");
    match events().unwrap() {
        Err(Error::Undecodable { path, text, .. }) => {
            assert_eq!(path, "data.member");
            assert!(text.contains("BROKEN"), "{text}");
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(events().unwrap().unwrap().event.name, "OTHER");
}

fn a_wait_finds_its_event_although_others_were_lost<D: Driver>() {
    let (client, mut server) = connected::<D>(Setup::default());
    let (wait, other) = (client.wait_for("OTHER"), client.wait_for("OTHER"));
    burst(&client, &mut server, 10_000);
    // It may be among the lost events.
    let error = other(PATIENCE).unwrap_err();
    assert!(
        matches!(error, Error::EventsLost { count: 5904 }),
        "{error}"
    );
    server.send(&event("OTHER", json!({})));
    // The client has it when it has this.
    burst(&client, &mut server, 1);
    assert_eq!(wait(PATIENCE).unwrap().event.name, "OTHER");
}

fn events_end_with_the_connection<D: Driver>() {
    let (client, mut server) = connected::<D>(Setup::default());
    let (mut events, wait) = (client.events(), client.wait_for("OTHER"));
    server.send(&event("SHUTDOWN", json!({})));
    server.close();
    assert_eq!(events().unwrap().unwrap().event.name, "SHUTDOWN");
    let error = events().unwrap().unwrap_err();
    assert!(
        matches!(error, Error::Disconnected { command: None, .. }),
        "{error}"
    );
    assert!(events().is_none());
    assert!(matches!(wait(PATIENCE), Err(Error::Disconnected { .. })));
    assert!(matches!(
        client.events()(),
        Some(Err(Error::Disconnected { .. }))
    ));
}
