//! Deadlines of waits.

use std::time::{Duration, Instant};

/// The end of a wait: a [`Duration`] from now, an [`Instant`], or [`Deadline::NEVER`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// `None` means never.
    at: Option<Instant>,
    from: Option<Instant>,
}

impl Deadline {
    /// No deadline: waits indefinitely.
    pub const NEVER: Self = Self {
        at: None,
        from: None,
    };

    /// The instant; `None` for [`Deadline::NEVER`].
    pub(crate) fn instant(self) -> Option<Instant> {
        self.at
    }

    /// The duration from when it was set.
    pub(crate) fn duration(self) -> Duration {
        self.at.zip(self.from).map_or(Duration::MAX, |(at, from)| {
            at.saturating_duration_since(from)
        })
    }
}

impl From<Duration> for Deadline {
    fn from(duration: Duration) -> Self {
        let now = Instant::now();
        Self {
            // An instant beyond the clock's range means never.
            at: now.checked_add(duration),
            from: Some(now),
        }
    }
}

impl From<Option<Duration>> for Deadline {
    fn from(duration: Option<Duration>) -> Self {
        duration.map_or(Self::NEVER, Self::from)
    }
}

impl From<Instant> for Deadline {
    fn from(at: Instant) -> Self {
        Self {
            at: Some(at),
            from: Some(Instant::now()),
        }
    }
}
