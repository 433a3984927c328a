//! Out-of-band commands.

use qapi_client::Outcome;
use serde_json::json;

use crate::support::{Cont, Driver, MigratePause, QueryName, QueryStatus, SHORT, Setup, connected};
use crate::with_both_drivers;

with_both_drivers!(
    out_of_band_commands_overtake,
    out_of_band_needs_the_capability,
);

fn out_of_band_commands_overtake<D: Driver>() {
    let setup = Setup {
        oob: true,
        ..Setup::default()
    };
    let (client, mut server) = connected::<D>(setup);
    server.scope(|server, scope| {
        let commands: Vec<_> = (0..10)
            .map(|_| scope.spawn(|| client.execute(QueryStatus).unwrap()))
            .collect();
        let mut ids: Vec<_> = (0..8).map(|_| server.expect("query-status")).collect();
        // Eight are in flight and two wait, so neither of these is received next.
        let pause = scope.spawn(|| client.execute_oob(MigratePause));
        let request = server.receive().unwrap();
        assert_eq!(request["exec-oob"], "migrate-pause");
        server.answer(&request["id"], json!({}));
        pause.join().unwrap().unwrap();
        // A waiting command that is given up is not sent.
        let error = client.execute_with(QueryName, SHORT).unwrap_err();
        assert_eq!(error.outcome(), Some(Outcome::NotSent), "{error}");
        // Each answer makes room for a waiting command.
        for _ in 0..2 {
            server.answer(&ids.remove(0), json!({}));
            ids.push(server.expect("query-status"));
        }
        for id in &ids {
            server.answer(id, json!({}));
        }
        for command in commands {
            command.join().unwrap();
        }
        let last = scope.spawn(|| client.execute(Cont));
        let id = server.expect("cont");
        server.answer(&id, json!({}));
        last.join().unwrap().unwrap();
    });
}

fn out_of_band_needs_the_capability<D: Driver>() {
    let (client, mut server) = connected::<D>(Setup::default());
    let error = client.execute_oob(MigratePause).unwrap_err();
    assert_eq!(error.outcome(), Some(Outcome::NotSent));
    assert!(error.to_string().contains("capabilities"), "{error}");
    // Without it, more than eight commands are sent at once.
    server.scope(|server, scope| {
        let commands: Vec<_> = (0..20)
            .map(|_| scope.spawn(|| client.execute(QueryStatus).unwrap()))
            .collect();
        let ids: Vec<_> = (0..20).map(|_| server.expect("query-status")).collect();
        for id in &ids {
            server.answer(id, json!({}));
        }
        for command in commands {
            command.join().unwrap();
        }
    });
}
