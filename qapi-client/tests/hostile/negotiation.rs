//! The greeting and the answer to `qmp_capabilities`.

use qapi_client::{Deadline, Error};
use serde_json::json;

use crate::support::{
    Driver, GREETING, MigratePause, QueryStatus, SHORT, Setup, event, failure, try_connect,
};
use crate::with_both_drivers;

with_both_drivers!(
    events_before_the_greeting_and_before_the_answer,
    capabilities_are_enabled_where_they_are_offered,
    a_server_that_does_not_greet,
    a_server_that_refuses_the_negotiation,
    a_server_that_closes_after_the_negotiation,
    a_human_monitor,
    a_second_greeting,
);

fn events_before_the_greeting_and_before_the_answer<D: Driver>() {
    let (client, mut server) = try_connect::<D>(Setup::default(), |server| {
        server.send(&event("EARLY", json!({})));
        server.send(GREETING);
        let id = server.expect("qmp_capabilities");
        server.send(&event("RESUME", json!({})));
        server.answer(&id, json!({}));
    });
    let client = client.unwrap();
    assert_eq!(client.version(), "7.2.22");
    server.scope(|server, scope| {
        scope.spawn(move || {
            let id = server.expect("query-status");
            server.send(&event("STOP", json!({})));
            server.answer(&id, json!("stopped"));
        });
        assert_eq!(client.execute(QueryStatus).unwrap(), "stopped");
    });
}

fn capabilities_are_enabled_where_they_are_offered<D: Driver>() {
    let setup = Setup {
        oob: true,
        ..Setup::default()
    };
    let (client, _server) = try_connect::<D>(setup, |server| {
        let request = server.negotiate();
        assert_eq!(request["arguments"], json!({"enable": ["oob"]}));
    });
    client.unwrap();

    // An older QEMU.
    let (client, _server) = try_connect::<D>(setup, |server| {
        server.send(r#"{"QMP": {"version": {"qemu": {"micro": 0, "minor": 5, "major": 2}, "package": ""}, "capabilities": []}}"#);
        let request = server.receive().unwrap();
        assert_eq!(request.get("arguments"), None);
        server.answer(&request["id"], json!({}));
    });
    let error = client.unwrap().execute_oob(MigratePause).unwrap_err();
    assert!(matches!(error, Error::OobDisabled { .. }), "{error}");
}

fn a_server_that_does_not_greet<D: Driver>() {
    let setup = Setup {
        connect_timeout: Some(SHORT),
        ..Setup::default()
    };
    let (client, _server) = try_connect::<D>(setup, |_| {});
    let error = client.err().unwrap();
    assert!(
        matches!(error, Error::NotReady { greeted: false, .. }),
        "{error}"
    );
    let text = error.to_string();
    assert!(
        text.contains("another client may be connected (QEMU serves one at a time)"),
        "{text}"
    );

    let (client, _server) = try_connect::<D>(setup, |server| server.send(GREETING));
    let error = client.err().unwrap();
    assert!(
        matches!(error, Error::NotReady { greeted: true, .. }),
        "{error}"
    );
}

fn a_server_that_refuses_the_negotiation<D: Driver>() {
    for with_id in [true, false] {
        let (client, _server) = try_connect::<D>(Setup::default(), |server| {
            server.send(GREETING);
            let id = server.expect("qmp_capabilities");
            let error = json!({"class": "GenericError", "desc": "not today"});
            match with_id {
                true => server.send(&json!({"error": error, "id": id}).to_string()),
                false => server.send(&json!({ "error": error }).to_string()),
            }
        });
        let error = client.err().unwrap();
        assert!(error.to_string().contains("not today"), "{error}");
    }
}

fn a_server_that_closes_after_the_negotiation<D: Driver>() {
    let (client, _server) = try_connect::<D>(Setup::default(), |server| {
        server.negotiate();
        server.close();
    });
    let error = client.unwrap().execute_with(QueryStatus, Deadline::NEVER);
    assert!(matches!(error, Err(Error::Disconnected { .. })));
}

fn a_human_monitor<D: Driver>() {
    let (client, _server) = try_connect::<D>(Setup::default(), |server| {
        server.send("QEMU 7.2.22 monitor - type 'help' for more information");
    });
    let error = client.err().unwrap();
    assert!(error.to_string().contains("human monitor"), "{error}");
}

fn a_second_greeting<D: Driver>() {
    let error = failure::<D>(Setup::default(), format!("{GREETING}\n").as_bytes());
    assert!(error.to_string().contains("second greeting"), "{error}");
}
