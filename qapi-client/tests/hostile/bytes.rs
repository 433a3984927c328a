//! Bytes that are not a message.

use qapi_client::Error;
use qapi_client::core::Violation;

use crate::support::{Driver, QueryName, Setup, connected, failure};
use crate::with_both_drivers;

with_both_drivers!(line_ends, garbage, a_line_beyond_the_limit,);

fn line_ends<D: Driver>() {
    let (client, mut server) = connected::<D>(Setup::default());
    server.scope(|server, scope| {
        scope.spawn(move || {
            let id = server.expect("query-name");
            server.send_bytes(b"\r\n\n  \r\n");
            server.send_bytes(format!("  {{\"return\":\r\"a\", \"id\": {id}}}\t\n").as_bytes());
            let id = server.expect("query-name");
            // One byte at a time.
            for byte in format!("{{\"id\": {id}, \"return\": \"\\u00e9é\"}}\r\n").bytes() {
                server.send_bytes(&[byte]);
            }
        });
        assert_eq!(client.execute(QueryName).unwrap(), "a");
        assert_eq!(client.execute(QueryName).unwrap(), "éé");
    });
}

fn garbage<D: Driver>() {
    for (bytes, shown) in [
        (&b"what?\r\n"[..], "what?"),
        (b"{\"return\": {}, \"id\n", "{\"return\": {}, \"id"),
        (
            b"{\"return\": {}}{\"return\": {}}\n",
            "{\"return\": {}}{\"return\": {}}",
        ),
        (b"{\"return\": \"\0\"}\n", "\\0"),
        (b"\0\n", "\\0"),
        (b"{\"return\": \"\xff\xfe\"}\n", "\\xff\\xfe"),
        (b"{\n    what\n}\n", "what"),
        (b"[]\n", "[]"),
        (b"17\n", "17"),
        (b"{}\n", "{}"),
        (b"{\"return\": {}, \"event\": \"STOP\"}\n", "STOP"),
        (b"{\"return\": 1, \"error\": {}}\n", "error"),
    ] {
        let error = failure::<D>(Setup::default(), bytes);
        assert!(matches!(error, Error::Protocol { .. }), "{error}");
        let text = error.to_string();
        assert!(text.contains(shown), "{text}");
        assert!(
            text.contains("`query-status` may have taken effect"),
            "{text}"
        );
    }
    let long = format!("[{}]\n", "[],".repeat(100_000));
    let error = failure::<D>(Setup::default(), long.as_bytes());
    assert!(error.to_string().len() < 1000, "{error}");
}

fn a_line_beyond_the_limit<D: Driver>() {
    let setup = Setup {
        max_message_len: Some(1000),
        ..Setup::default()
    };
    // Whether it ends or not.
    for end in ["", "\"}\n"] {
        let line = format!("{{\"return\": \"{}{end}", "x".repeat(1000));
        let error = failure::<D>(setup, line.as_bytes());
        match &error {
            Error::Protocol { source, .. } => {
                assert_eq!(source.violation, Violation::TooLong { limit: 1000 });
            }
            other => panic!("{other}"),
        }
        let text = error.to_string();
        assert!(
            text.contains("max_message_len") && text.contains("xxx"),
            "{text}"
        );
        assert!(text.len() < 1000, "{text}");
    }
}
