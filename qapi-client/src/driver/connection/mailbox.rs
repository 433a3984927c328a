//! Events that wait for a listener.

use std::collections::VecDeque;
use std::sync::Arc;
use std::task::Waker;

/// The largest number of events that are kept for one listener.
const MAX_EVENTS: usize = 4096;

/// The largest total length of these events, unless there is only one.
const MAX_BYTES: usize = 16 << 20;

/// The events that one listener has not taken yet.
#[derive(Default)]
pub(super) struct Mailbox {
    pub(super) events: VecDeque<Arc<str>>,
    pub(super) bytes: usize,
    pub(super) lost: u64,
    pub(super) waker: Option<Waker>,
}

impl Mailbox {
    pub(super) fn put(&mut self, text: &Arc<str>) -> Option<Waker> {
        self.events.push_back(text.clone());
        self.bytes += text.len();
        while self.events.len() > MAX_EVENTS || self.bytes > MAX_BYTES && self.events.len() > 1 {
            let oldest = self.events.pop_front();
            self.bytes -= oldest.map_or(0, |it| it.len());
            self.lost += 1;
        }
        self.waker.take()
    }
}
