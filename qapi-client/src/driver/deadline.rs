//! Until when something is waited for.

use std::time::{Duration, Instant};

/// Until when a wait lasts: a [`Duration`] from now on, an [`Instant`], or [`Deadline::NEVER`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// `None` is never.
    at: Option<Instant>,
    from: Option<Instant>,
}

impl Deadline {
    /// No deadline: the wait may be endless.
    pub const NEVER: Self = Self {
        at: None,
        from: None,
    };

    /// When it is, if it ever is.
    pub(crate) fn instant(self) -> Option<Instant> {
        self.at
    }

    /// How long it was from when it was set.
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
            // Later than the clock can tell is never.
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
