//! Messages that nest deeply.

use qapi_client::Error;

use crate::support::{self, Driver, Event, QueryNested, Server, Setup, burst, connected};
use crate::with_both_drivers;

with_both_drivers!(deep_replies,);

fn deep_replies<D: Driver>() {
    let (client, mut server) = connected::<D>(Setup::default());
    let answer = |server: &mut Server, text: &str| {
        let id = server.expect("query-nested");
        server.send(&format!("{{\"return\": {text}, \"id\": {id}}}"));
    };
    server.scope(|server, scope| {
        for depth in [126, 127, 128, 129, 200, 1024] {
            let nested = scope.spawn(|| client.execute(QueryNested).unwrap().depth());
            answer(server, &support::Nested::text(depth));
            assert_eq!(nested.join().unwrap(), depth);
        }
        for (text, shown) in [
            (support::Nested::text(1025), "`max_depth`"),
            (support::Nested::text(1_000_000), "1000000 levels"),
            // Deep and wrong.
            (
                support::Nested::text(200).replace("null", "17"),
                "invalid type",
            ),
        ] {
            let nested = scope.spawn(|| client.execute(QueryNested).unwrap_err());
            answer(server, &text);
            let error = nested.join().unwrap();
            assert!(matches!(error, Error::Undecodable { .. }), "{error}");
            assert!(error.to_string().contains(shown), "{error}");
        }
    });
    // Messages that nobody decodes may have any depth.
    let deep = support::Nested::text(1_000_000);
    server.send(&format!(
        "{{\"event\": \"DEEP\", \"data\": {deep}, \"timestamp\": {{}}}}"
    ));
    server.send(&format!("{{\"return\": {deep}, \"id\": {deep}}}"));
    burst(&client, &mut server, 1);
    // An event is read like a reply.
    let mut events = client.events();
    let deep = support::Nested::text(200);
    server.send(&format!("{{\"data\": {deep}, \"event\": \"DEEP\", \"timestamp\": {{\"seconds\": 1, \"microseconds\": 2}}}}"));
    let Event { name, .. } = events().unwrap().unwrap().event;
    assert_eq!(name, "DEEP");
}
