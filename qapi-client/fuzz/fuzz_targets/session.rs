//! Replays arbitrary bytes, whole and in pieces, as input from QEMU and from an agent. The results must be the same.
#![no_main]

#[path = "../../tests/replay/mod.rs"]
mod replay;

use replay::{Peer, replay};

libfuzzer_sys::fuzz_target!(|input: (u16, u8, &[u8])| {
    let (limit, length, bytes) = input;
    let (limit, length) = (usize::from(limit) + 1, usize::from(length) + 1);
    for peer in [Peer::Qmp, Peer::Agent] {
        let whole = replay(peer, limit, [bytes]);
        assert_eq!(replay(peer, limit, bytes.chunks(length)), whole);
    }
});
