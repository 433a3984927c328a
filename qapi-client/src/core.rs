//! The protocol without I/O, clock or threads: bytes go in and messages come out, requests go in and bytes come out.
//!
//! A [`Session`] has the state of one connection: the negotiation, the requests in flight, the queued requests, and the
//! bytes of an incomplete message. The drivers of this crate use it; you can also use it in your own driver.
//!
//! ```
//! use qapi_client::core::{Answer, Band, Incoming, Request, Session};
//!
//! let mut session = Session::<()>::qmp([]);
//! session.receive(b"{\"QMP\": {\"version\": {}, \"capabilities\": []}}\r\n");
//! assert!(matches!(session.next_incoming(), Ok(Some(Incoming::Greeting(_)))));
//! let negotiation = session.next_outgoing().unwrap();
//! assert!(negotiation.bytes.starts_with(b"{\"execute\":\"qmp_capabilities\""));
//! session.receive(b"{\"return\": {}, \"id\": 0}\r\n");
//! assert!(matches!(session.next_incoming(), Ok(Some(Incoming::Ready))));
//!
//! let bytes = b"{\"execute\":\"query-status\",\"id\":1}\n".to_vec();
//! session.submit(Request::new(1, Band::In, bytes, ()));
//! assert!(session.next_outgoing().is_some());
//! session.receive(b"{\"return\": {\"running\": true}, \"id\": 1}\r\n");
//! match session.next_incoming() {
//!     Ok(Some(Incoming::Reply { id: 1, answer: Answer::Return(text) })) => assert_eq!(text, "{\"running\": true}"),
//!     other => panic!("{other:?}"),
//! }
//! ```

mod error;
mod excerpt;
mod exchange;
mod lines;
mod message;
mod session;

pub use error::{ProtocolError, Violation};
#[cfg(any(feature = "blocking", feature = "tokio"))]
pub(crate) use excerpt::excerpt;
pub use exchange::{Answer, Band, Forgotten, Incoming, Outgoing, Request};
pub use session::{DEFAULT_MAX_MESSAGE_LEN, Session};
