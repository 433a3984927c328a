//! The protocol core with recorded sessions and arbitrary bytes, split anywhere.

mod replay;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use qapi_client::core::{
    Answer, Band, DEFAULT_MAX_MESSAGE_LEN, Forgotten, Incoming, Request, Session,
};

use replay::{Peer, replay};

const QMP: &[u8] = include_bytes!("sessions/qmp-7.2.22.txt");
const PRETTY: &[u8] = include_bytes!("sessions/qmp-pretty-7.2.22.txt");
const AGENT: &[u8] = include_bytes!("sessions/agent-7.2.22.txt");

/// What an agent sends for the delimiter before a request, and the delimiter of its answer.
const STRAY: &[u8] = b"{\"error\": {\"class\": \"GenericError\", \"desc\": \"JSON parse error, stray '\\uFFFD'\"}}\n\xff";

/// Splits bytes at some places.
fn cut<'a>(bytes: &'a [u8], places: &[Index]) -> Vec<&'a [u8]> {
    let mut places: Vec<usize> = places.iter().map(|it| it.index(bytes.len() + 1)).collect();
    places.sort_unstable();
    let mut pieces = vec![];
    let mut start = 0;
    for place in places {
        pieces.push(&bytes[start..place]);
        start = place;
    }
    pieces.push(&bytes[start..]);
    pieces
}

#[test]
fn a_session_of_qmp() {
    let log = replay(Peer::Qmp, DEFAULT_MAX_MESSAGE_LEN, [QMP]);
    let starts = [
        "greeting: Greeting { version: Some(QemuVersion { major: 7, minor: 2, micro: 22,",
        "send {\"execute\":\"qmp_capabilities\",\"arguments\":{\"enable\":[\"oob\"]},\"id\":0}",
        "ready",
        // Out of band first, and then eight.
        "send <9>",
        "send <1>",
        "send <2>",
        "send <3>",
        "send <4>",
        "send <5>",
        "send <6>",
        "send <7>",
        "send <8>",
        "1 returns {\"status\": \"running\"",
        "send <10>",
        "2 returns {\"qemu\"",
        "send <11>",
        "event: {\"timestamp\": {\"seconds\": 1795589659, \"microseconds\": 467092}, \"event\": \"STOP\"}",
        "3 returns {}",
        "event: {\"timestamp\"",
        "4 returns {}",
        "5 returns [",
        "6 fails: {\"class\": \"GenericError\"",
        "7 returns [",
        "8 returns {}",
        "9 fails: {\"class\": \"GenericError\"",
        // 10 and 11 are in flight.
        "error without id: {\"class\": \"GenericError\", \"desc\": \"JSON parse error, expecting value\"}",
        "event: {\"timestamp\"",
        "11 returns {}",
    ];
    assert_eq!(log.len(), starts.len(), "{log:#?}");
    for (line, start) in log.iter().zip(starts) {
        assert!(
            line.starts_with(start),
            "{line} does not start with {start}"
        );
    }
}

#[test]
fn a_session_with_messages_of_several_lines() {
    let log = replay(Peer::Qmp, DEFAULT_MAX_MESSAGE_LEN, [PRETTY]);
    let is_sent = |line: &&String| line.starts_with("send ");
    let received: Vec<_> = log.iter().filter(|line| !is_sent(line)).collect();
    let starts = [
        "greeting: Greeting { version: Some(QemuVersion { major: 7, minor: 2, micro: 22,",
        "ready",
        "1 returns {\r\n        \"status\": \"running\"",
        "event: {\r\n    \"timestamp\"",
        "2 returns {\r\n    }",
        "3 fails: {\r\n        \"class\": \"CommandNotFound\"",
        "error without id: {\r\n        \"class\": \"GenericError\"",
        "event: {\r\n    \"timestamp\"",
        "4 returns {\r\n    }",
    ];
    assert_eq!(received.len(), starts.len(), "{log:#?}");
    for (line, start) in received.into_iter().zip(starts) {
        assert!(
            line.starts_with(start),
            "{line} does not start with {start}"
        );
    }
}

#[test]
fn a_session_with_an_agent() {
    let log = replay(Peer::Agent, DEFAULT_MAX_MESSAGE_LEN, [AGENT]);
    let starts = [
        "send \u{fffd}{\"execute\":\"guest-sync-delimited\",\"arguments\":{\"id\":4711}}\n",
        // Earlier data is skipped.
        "ready",
        // One at a time.
        "send <1>",
        "1 returns {}",
        "send <2>",
        "2 returns {\"version\": \"7.2.22\"",
        "send <3>",
        "3 fails: {\"class\": \"CommandNotFound\"",
        "send <4>",
        "4 returns 1795589665788392000",
        "send <5>",
    ];
    assert_eq!(log.len(), starts.len(), "{log:#?}");
    for (line, start) in log.iter().zip(starts) {
        assert!(
            line.starts_with(start),
            "{line} does not start with {start}"
        );
    }
}

#[test]
fn every_single_cut_gives_the_same_messages() {
    for (peer, bytes) in [(Peer::Qmp, QMP), (Peer::Qmp, PRETTY), (Peer::Agent, AGENT)] {
        let whole = replay(peer, DEFAULT_MAX_MESSAGE_LEN, [bytes]);
        for place in 0..=bytes.len() {
            let (start, end) = bytes.split_at(place);
            assert_eq!(
                replay(peer, DEFAULT_MAX_MESSAGE_LEN, [start, end]),
                whole,
                "at {place}"
            );
        }
        let single = replay(peer, DEFAULT_MAX_MESSAGE_LEN, bytes.chunks(1));
        assert_eq!(single, whole);
    }
}

#[test]
fn the_limit_applies_to_what_an_agent_sends_before_a_delimiter() {
    let start = b"\xff{\"return\": 4711}\n";
    let long = [&start[..], &[b'x'; 200], b"\xff{}\n"].concat();
    let whole = replay(Peer::Agent, 100, [&long[..]]);
    assert_eq!(replay(Peer::Agent, 100, long.chunks(1)), whole);
    assert!(whole.iter().any(|it| it.contains("TooLong")), "{whole:?}");
}

#[test]
fn the_limit_does_not_count_the_line_end() {
    for (peer, line) in [
        (Peer::Agent, &b"{\"return\": 4711}"[..]),
        (Peer::Qmp, b"{\"QMP\": {}}"),
    ] {
        for end in ["\n", "\r\n"] {
            let start: &[u8] = match peer {
                Peer::Agent => b"\xff{\"return\": 4711}\n",
                Peer::Qmp => b"",
            };
            let bytes = [start, line, end.as_bytes()].concat();
            let is_too_long = |limit| {
                let whole = replay(peer, limit, [&bytes[..]]);
                assert_eq!(replay(peer, limit, bytes.chunks(1)), whole);
                whole.iter().any(|it| it.contains("TooLong"))
            };
            assert!(!is_too_long(line.len()), "{peer:?} {end:?}");
            if let Peer::Qmp = peer {
                assert!(is_too_long(line.len() - 1), "{peer:?} {end:?}");
            }
        }
    }
}

#[test]
fn the_answer_of_an_agent_without_ids_belongs_to_the_command_in_flight() {
    let mut session = Session::agent();
    for id in [1, 2] {
        session.submit(Request::new(id, Band::In, vec![b'\n'], ()));
    }
    assert!(session.next_outgoing().is_some());
    assert!(session.next_outgoing().is_none(), "one at a time");
    session.receive(b"{\"return\": 1}\n{\"return\": 2}\n");
    assert!(matches!(
        session.next_incoming(),
        Ok(Some(Incoming::Reply { id: 1, .. }))
    ));
    assert!(session.next_outgoing().is_some());
    assert!(matches!(
        session.next_incoming(),
        Ok(Some(Incoming::Reply { id: 2, .. }))
    ));
}

#[test]
fn answers_before_synchronization_are_ignored() {
    let mut session = Session::agent();
    session.set_max_message_len(100);
    session.submit(Request::new(1, Band::In, vec![b'\n'], ()));
    assert!(session.next_outgoing().is_some());
    // It was not answered in time.
    session.synchronize(5);
    assert!(session.next_outgoing().is_some());
    assert_eq!(session.forget(1), Forgotten::Unknown);
    session.submit(Request::new(2, Band::In, vec![b'\n'], ()));
    assert!(
        session.next_outgoing().is_none(),
        "nothing before the answer"
    );
    session.receive(&[b'x'; 1000]);
    session.receive(b"\n{\"return\": 5}\n\xff{\"return\": 4}\nhalf a line\xff{\"return\": 5}\r\n");
    assert!(matches!(session.next_incoming(), Ok(Some(Incoming::Ready))));
    assert!(session.next_outgoing().is_some());
}

#[test]
fn a_slow_agent_may_answer_each_request_to_synchronize() {
    let mut session = Session::agent();
    for end in ["{\"id\":5}}\n", "{\"id\":6}}\n", "{\"id\":7}}\n"] {
        session.synchronize(5);
        let request = session.next_outgoing().unwrap().bytes;
        assert!(request.ends_with(end.as_bytes()), "it counts up");
    }
    for id in [1, 2] {
        session.submit(Request::new(id, Band::In, vec![b'\n'], ()));
    }
    let answers = |number: u8| [STRAY, format!("{{\"return\": {number}}}\n").as_bytes()].concat();
    // The first request was lost.
    session.receive(&answers(6));
    assert!(matches!(session.next_incoming(), Ok(Some(Incoming::Ready))));
    assert!(session.next_outgoing().is_some());
    // What it sends for the third one is not the answer to the command, although none of them has an id.
    session.receive(&answers(7));
    session.receive(b"{\"return\": 7}\n");
    match session.next_incoming() {
        Ok(Some(Incoming::Reply { id: 1, answer })) => {
            assert_eq!(answer, Answer::Return("7".to_owned()));
        }
        other => panic!("{other:?}"),
    }
    // From then on, errors belong to commands.
    assert!(session.next_outgoing().is_some());
    session.receive(b"{\"error\": {}}\n");
    match session.next_incoming() {
        Ok(Some(Incoming::Reply { id: 2, answer })) => {
            assert_eq!(answer, Answer::Error("{}".to_owned()));
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_agent_may_lose_a_repeated_request_to_synchronize() {
    let mut session = Session::agent();
    for _ in 0..2 {
        session.synchronize(5);
        assert!(session.next_outgoing().is_some());
    }
    for id in [1, 2] {
        session.submit(Request::new(id, Band::In, vec![b'\n'], ()));
    }
    session.receive(b"\xff{\"return\": 5}\n");
    assert!(matches!(session.next_incoming(), Ok(Some(Incoming::Ready))));
    for (expected, answer) in [
        (1, &b"{\"return\": {}, \"id\": 1}\n"[..]),
        (2, b"{\"error\": {}}\n"),
    ] {
        assert!(session.next_outgoing().is_some());
        session.receive(answer);
        match session.next_incoming() {
            Ok(Some(Incoming::Reply { id, .. })) => assert_eq!(id, expected),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn forgotten_requests_are_not_sent_and_their_answers_are_dropped() {
    let mut session = Session::agent();
    for id in [1, 2, 3] {
        session.submit(Request::new(id, Band::In, vec![b'\n'], ()));
    }
    assert!(session.next_outgoing().is_some());
    assert_eq!(session.forget(1), Forgotten::Sent);
    assert_eq!(session.forget(1), Forgotten::Unknown);
    assert_eq!(session.forget(2), Forgotten::NotSent);
    assert_eq!(session.forget(2), Forgotten::Unknown);
    assert!(session.next_outgoing().is_none());
    session.receive(b"{\"return\": 1, \"id\": 1}\n");
    assert!(matches!(session.next_incoming(), Ok(None)));
    assert!(session.next_outgoing().is_some());
    session.receive(b"{\"return\": 3, \"id\": 3}\n");
    assert!(matches!(
        session.next_incoming(),
        Ok(Some(Incoming::Reply { id: 3, .. }))
    ));
    assert_eq!(session.forget(3), Forgotten::Unknown);
}

/// Bytes that resemble a session: recorded lines, delimiters, garbage.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let line = (any::<bool>(), any::<Index>()).prop_map(|(qmp, line)| {
        let lines = match qmp {
            true => [QMP, PRETTY].concat(),
            false => AGENT.to_vec(),
        };
        let lines: Vec<&[u8]> = lines.split_inclusive(|it| *it == b'\n').collect();
        line.get(&lines).to_vec()
    });
    let part = prop_oneof![
        4 => line,
        1 => vec(any::<u8>(), 0..20),
        1 => vec(proptest::sample::select(&b"{}[]\":,\xff\n\r\0 1a\\"[..]), 0..20),
    ];
    vec(part, 0..12).prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn recorded_sessions_give_the_same_messages_however_they_are_cut(
        places in vec(any::<Index>(), 0..40),
        limit in 1_usize..8000,
    ) {
        for (peer, bytes) in [(Peer::Qmp, QMP), (Peer::Qmp, PRETTY), (Peer::Agent, AGENT)] {
            prop_assert_eq!(
                replay(peer, limit, cut(bytes, &places)),
                replay(peer, limit, [bytes])
            );
        }
    }

    #[test]
    fn other_bytes_do_too(
        bytes in bytes(),
        places in vec(any::<Index>(), 0..20),
        limit in prop_oneof![1_usize..400, Just(DEFAULT_MAX_MESSAGE_LEN)],
    ) {
        for peer in [Peer::Qmp, Peer::Agent] {
            prop_assert_eq!(
                replay(peer, limit, cut(&bytes, &places)),
                replay(peer, limit, [&bytes[..]])
            );
        }
    }
}
