//! Counts events by kind.

use std::collections::BTreeMap;

use generated_example::qapi::Event;

/// The number of events of each kind, and of other lines.
#[derive(Debug, Default)]
pub(crate) struct Summary {
    known: BTreeMap<String, u64>,
    unknown: BTreeMap<String, u64>,
    /// Messages that are not events.
    pub(crate) others: u64,
    /// Lines that could not be decoded.
    pub(crate) undecoded: u64,
    /// Events that were dropped because they arrived faster than they were shown.
    pub(crate) lost: u64,
}

/// The number of events of one kind.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Kind<'a> {
    pub(crate) name: &'a str,
    pub(crate) count: u64,
    pub(crate) is_known: bool,
}

impl Summary {
    pub(crate) fn count(&mut self, event: &Event) {
        let kinds = match event {
            Event::Unknown(_) => &mut self.unknown,
            _ => &mut self.known,
        };
        *kinds.entry(event.name().to_owned()).or_default() += 1;
    }

    /// Whether all input could be decoded.
    pub(crate) fn is_complete(&self) -> bool {
        self.undecoded + self.lost == 0
    }

    /// Whether there was no input.
    pub(crate) fn is_empty(&self) -> bool {
        let events = self.known().0 + self.unknown().0;
        events + self.others + self.undecoded + self.lost == 0
    }

    /// Events and kinds defined in the schema.
    pub(crate) fn known(&self) -> (u64, usize) {
        (self.known.values().sum(), self.known.len())
    }

    /// Events and kinds not defined in the schema.
    pub(crate) fn unknown(&self) -> (u64, usize) {
        (self.unknown.values().sum(), self.unknown.len())
    }

    /// All kinds, the most frequent first.
    pub(crate) fn kinds(&self) -> Vec<Kind<'_>> {
        let known = self.known.iter().map(|kind| (kind, true));
        let unknown = self.unknown.iter().map(|kind| (kind, false));
        let mut kinds: Vec<_> = known
            .chain(unknown)
            .map(|((name, &count), is_known)| Kind {
                name,
                count,
                is_known,
            })
            .collect();
        kinds.sort_by_key(|kind| (std::cmp::Reverse(kind.count), kind.name));
        kinds
    }
}

#[cfg(test)]
mod tests {
    use generated_example::qapi::{UnknownEvent, events};

    use super::*;

    #[test]
    fn the_most_frequent_kind_is_first() {
        let mut summary = Summary::default();
        let unknown = UnknownEvent::new("NEW", None);
        summary.count(&Event::Stop(events::Stop::default()));
        summary.count(&Event::Reset(events::Reset::default()));
        summary.count(&Event::Unknown(unknown.clone()));
        summary.count(&Event::Unknown(unknown));
        let kind = |name, count, is_known| Kind {
            name,
            count,
            is_known,
        };
        assert_eq!(
            summary.kinds(),
            [
                kind("NEW", 2, false),
                kind("RESET", 1, true),
                kind("STOP", 1, true)
            ]
        );
        assert_eq!(summary.known(), (2, 2));
        assert_eq!(summary.unknown(), (2, 1));
    }
}
