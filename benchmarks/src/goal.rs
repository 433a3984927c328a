//! Targets, and checks whether they are met.

use std::fmt;

use crate::unit;

/// A measured ratio with its target.
pub(crate) struct Goal {
    pub(crate) what: String,
    pub(crate) ratio: f64,
    pub(crate) limit: Limit,
}

/// The target of a ratio.
#[derive(Clone, Copy)]
pub(crate) enum Limit {
    AtMost(f64),
    AtLeast(f64),
}

impl Goal {
    /// `what` is measured to be `ratio`.
    pub(crate) fn new(what: impl Into<String>, ratio: f64, limit: Limit) -> Self {
        Self {
            what: what.into(),
            ratio,
            limit,
        }
    }

    pub(crate) fn is_met(&self) -> bool {
        match self.limit {
            Limit::AtMost(limit) => self.ratio <= limit,
            Limit::AtLeast(limit) => self.ratio >= limit,
        }
    }
}

impl fmt::Display for Goal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ratio = unit::digits(self.ratio);
        let met = match self.is_met() {
            true => "met",
            false => "**missed**",
        };
        write!(f, "- {}: {ratio}, target {}: {met}", self.what, self.limit)
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AtMost(limit) => write!(f, "at most {}", unit::digits(*limit)),
            Self::AtLeast(limit) => write!(f, "at least {}", unit::digits(*limit)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Goal, Limit};

    #[test]
    fn targets_are_upper_or_lower_limits() {
        let shown = |ratio, limit| Goal::new("time", ratio, limit).to_string();
        assert_eq!(
            shown(0.2, Limit::AtMost(0.2)),
            "- time: 0.20, target at most 0.20: met"
        );
        assert_eq!(
            shown(0.21, Limit::AtMost(0.2)),
            "- time: 0.21, target at most 0.20: **missed**"
        );
        assert_eq!(
            shown(2.99, Limit::AtLeast(3.0)),
            "- time: 2.99, target at least 3.00: **missed**"
        );
    }
}
