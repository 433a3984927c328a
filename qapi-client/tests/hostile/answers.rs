//! Answers: which command they belong to, and what they contain.

use std::time::Duration;

use qapi_client::{Error, Outcome};
use serde_json::{Value, json};

use crate::support::{
    Driver, PATIENCE, QueryName, QueryNumber, QueryNumbers, QueryStatus, SHORT, Server, Setup,
    Stop, connected,
};
use crate::with_both_drivers;

with_both_drivers!(
    answers_with_other_ids_are_dropped,
    answers_out_of_order,
    a_refused_command,
    an_error_without_id_belongs_to_the_only_command,
    an_error_without_id_belongs_to_neither_of_two_commands,
    an_undecodable_reply,
    an_undecodable_error,
    lists_are_decoded_as_in_responses,
);

fn answers_with_other_ids_are_dropped<D: Driver>() {
    let (client, mut server) = connected::<D>(Setup::default());
    server.scope(|server, scope| {
        scope.spawn(move || {
            let id = server.expect("query-status");
            for other in [
                json!(id.as_u64().unwrap() + 1),
                json!(-1),
                json!(1.5),
                json!(id.to_string()),
                json!([id]),
                json!({ "id": id }),
                json!(null),
                json!(true),
            ] {
                server.answer(&other, json!("wrong"));
                let error = json!({"class": "GenericError", "desc": "wrong"});
                server.send(&json!({"error": error, "id": other}).to_string());
            }
            // No answer to a request is without its id.
            server.send(r#"{"return": "wrong"}"#);
            server.answer(&id, json!("right"));
            server.answer(&id, json!("again"));
            let id = server.expect("query-name");
            server.answer(&id, json!("next"));
        });
        assert_eq!(client.execute(QueryStatus).unwrap(), "right");
        assert_eq!(client.execute(QueryName).unwrap(), "next");
    });
}

/// Executes two commands at once and has both requests answered.
fn two_at_once<D: Driver>(
    client: &D,
    server: &mut Server,
    answer: impl FnOnce(&mut Server, &Value, &Value) + Send,
    second_deadline: Duration,
) -> [Result<Value, Error>; 2] {
    server.scope(|server, scope| {
        let first = scope.spawn(|| client.execute(QueryStatus));
        let status = server.expect("query-status");
        let second = scope.spawn(|| client.execute_with(QueryName, second_deadline));
        let name = server.expect("query-name");
        answer(server, &status, &name);
        [first.join().unwrap(), second.join().unwrap()]
    })
}

fn answers_out_of_order<D: Driver>() {
    let (client, mut server) = connected::<D>(Setup::default());
    let answer = |server: &mut Server, status: &Value, name: &Value| {
        server.answer(name, json!("name"));
        server.answer(status, json!("status"));
    };
    let [status, name] = two_at_once(&client, &mut server, answer, PATIENCE);
    assert_eq!(status.unwrap(), "status");
    assert_eq!(name.unwrap(), "name");
}

fn a_refused_command<D: Driver>() {
    let (client, mut server) = connected::<D>(Setup::default());
    server.scope(|server, scope| {
        scope.spawn(move || {
            let id = server.expect("stop");
            let error = json!({"class": "DeviceNotFound", "desc": "no such device"});
            server.send(&json!({"id": id, "error": error}).to_string());
        });
        let error = client.execute(Stop).unwrap_err();
        assert_eq!(
            error.to_string(),
            "`stop` failed: DeviceNotFound: no such device"
        );
        assert_eq!(error.outcome(), Some(Outcome::Failed));
        assert!(!error.may_have_taken_effect());
        match error {
            Error::Refused {
                command: "stop",
                error,
            } => assert_eq!(error.class, "DeviceNotFound"),
            other => panic!("{other}"),
        }
    });
}

const PARSE_ERROR: &str = r#"{"error": {"class": "GenericError", "desc": "Invalid JSON syntax"}}"#;

fn an_error_without_id_belongs_to_the_only_command<D: Driver>() {
    let (client, mut server) = connected::<D>(Setup::default());
    // Nobody waits for this one.
    server.send(PARSE_ERROR);
    server.scope(|server, scope| {
        scope.spawn(move || {
            server.expect("query-status");
            server.send(PARSE_ERROR);
        });
        let error = client.execute(QueryStatus).unwrap_err();
        assert!(error.to_string().contains("Invalid JSON syntax"), "{error}");
    });
}

fn an_error_without_id_belongs_to_neither_of_two_commands<D: Driver>() {
    let (client, mut server) = connected::<D>(Setup::default());
    let answer = |server: &mut Server, status: &Value, _: &Value| {
        server.send(PARSE_ERROR);
        server.answer(status, json!("status"));
    };
    let [status, name] = two_at_once(&client, &mut server, answer, Duration::from_secs(2));
    assert_eq!(status.unwrap(), "status");
    let error = name.unwrap_err();
    assert!(matches!(error, Error::TimedOut { .. }), "{error}");
    assert!(error.to_string().contains("Invalid JSON syntax"), "{error}");
    // It cannot be about a command that was sent later.
    let error = client.execute_with(QueryStatus, SHORT).unwrap_err();
    assert!(
        matches!(error, Error::TimedOut { note: None, .. }),
        "{error}"
    );
}

fn an_undecodable_error<D: Driver>() {
    let (client, mut server) = connected::<D>(Setup::default());
    server.scope(|server, scope| {
        scope.spawn(move || {
            let id = server.expect("stop");
            server.send(&json!({"error": "boom", "id": id}).to_string());
        });
        let error = client.execute(Stop).unwrap_err();
        assert!(matches!(error, Error::Undecodable { .. }), "{error}");
        assert_eq!(error.outcome(), Some(Outcome::Failed));
        assert!(!error.may_have_taken_effect());
        let text = error.to_string();
        assert!(
            text.contains("`stop` failed") && text.contains("boom"),
            "{text}"
        );
    });
}

fn an_undecodable_reply<D: Driver>() {
    let (client, mut server) = connected::<D>(Setup::default());
    server.scope(|server, scope| {
        scope.spawn(move || {
            let id = server.expect("query-number");
            server.answer(&id, json!("seven"));
            let id = server.expect("query-number");
            server.answer(&id, json!(7));
        });
        let error = client.execute(QueryNumber).unwrap_err();
        assert!(matches!(error, Error::Undecodable { .. }), "{error}");
        assert_eq!(error.outcome(), Some(Outcome::Succeeded));
        let text = error.to_string();
        assert!(
            text.contains("query-number") && text.contains("\"seven\""),
            "{text}"
        );
        assert_eq!(client.execute(QueryNumber).unwrap(), 7);
    });
}

fn lists_are_decoded_as_in_responses<D: Driver>() {
    let (client, mut server) = connected::<D>(Setup::default());
    let (bad, old) = server.scope(|server, scope| {
        scope.spawn(move || {
            let id = server.expect("query-numbers");
            server.answer(&id, json!([1, 2, "three"]));
            let id = server.expect("query-numbers");
            server.answer(&id, json!([7, -1]));
        });
        (client.execute(QueryNumbers), client.execute(QueryNumbers))
    });
    match bad.unwrap_err() {
        Error::Undecodable { path, .. } => assert_eq!(path, "[2]"),
        error => panic!("{error}"),
    }
    // QEMU before 2.10 writes unsigned integers as signed ones.
    assert_eq!(old.unwrap(), [7, u64::MAX]);
}
