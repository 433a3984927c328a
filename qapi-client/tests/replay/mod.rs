//! Feeds a session with the bytes of a server, split into pieces.

use qapi_client::Capability;
use qapi_client::core::{Answer, Band, Incoming, Request, Session};

/// The peer of a session.
#[derive(Clone, Copy, Debug)]
#[allow(dead_code)]
pub(crate) enum Peer {
    Qmp,
    Agent,
}

/// Replays the input from a server, and returns all results.
///
/// Requests with the ids 1 to 11 are sent as soon as they can be.
pub(crate) fn replay<'a>(
    peer: Peer,
    max_message_len: usize,
    pieces: impl IntoIterator<Item = &'a [u8]>,
) -> Vec<String> {
    let mut session = match peer {
        Peer::Qmp => Session::qmp([Capability::Oob]),
        Peer::Agent => Session::agent(),
    };
    session.set_max_message_len(max_message_len);
    if let Peer::Agent = peer {
        session.synchronize(4711);
    }
    for id in 1..=11 {
        let band = match (peer, id) {
            (Peer::Qmp, 9) => Band::Out,
            _ => Band::In,
        };
        session.submit(Request::new(id, band, format!("<{id}>").into_bytes(), ()));
    }
    let mut log = vec![];
    send(&mut session, &mut log);
    for piece in pieces {
        session.receive(piece);
        loop {
            match session.next_incoming() {
                Ok(Some(incoming)) => log.push(tell(incoming)),
                Ok(None) => break,
                // The excerpt of a line that is too long depends on the pieces.
                Err(error) => log.push(format!("error: {:?}", error.violation)),
            }
            send(&mut session, &mut log);
        }
        assert!(session.incomplete().len() <= max_message_len);
    }
    log
}

fn tell(incoming: Incoming) -> String {
    match incoming {
        Incoming::Greeting(greeting) => format!("greeting: {greeting:?}"),
        Incoming::Ready => "ready".to_owned(),
        Incoming::Event(text) => format!("event: {text}"),
        Incoming::Reply { id, answer } => match answer {
            Answer::Return(text) => format!("{id} returns {text}"),
            Answer::Error(text) => format!("{id} fails: {text}"),
        },
        Incoming::Unattributed(text) => format!("error without id: {text}"),
        other => format!("{other:?}"),
    }
}

fn send(session: &mut Session<()>, log: &mut Vec<String>) {
    while let Some(outgoing) = session.next_outgoing() {
        log.push(format!("send {}", String::from_utf8_lossy(&outgoing.bytes)));
    }
}
