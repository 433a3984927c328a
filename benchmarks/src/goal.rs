//! What is aimed at, and whether it is reached.

use std::fmt;

use crate::unit;

/// A ratio that has a limit.
pub(crate) struct Goal {
    what: String,
    ratio: f64,
    limit: Limit,
}

/// What a ratio is to be, as numerator and denominator.
#[derive(Clone, Copy)]
pub(crate) enum Limit {
    AtMost(u32, u32),
    AtLeast(u32, u32),
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

    fn is_met(&self) -> bool {
        match self.limit {
            Limit::AtMost(numerator, denominator) => self.ratio <= quotient(numerator, denominator),
            Limit::AtLeast(numerator, denominator) => {
                self.ratio >= quotient(numerator, denominator)
            }
        }
    }
}

fn quotient(numerator: u32, denominator: u32) -> f64 {
    f64::from(numerator) / f64::from(denominator)
}

impl fmt::Display for Goal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ratio = unit::digits(self.ratio);
        let met = match self.is_met() {
            true => "met",
            false => "**missed**",
        };
        write!(f, "- {}: {ratio}, {}: {met}", self.what, self.limit)
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Self::AtMost(numerator, denominator) | Self::AtLeast(numerator, denominator)) = self;
        f.write_str(match self {
            Self::AtMost(..) => "to be at most ",
            Self::AtLeast(..) => "to be at least ",
        })?;
        match denominator {
            1 => write!(f, "{numerator}"),
            _ => write!(f, "{numerator}/{denominator}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Goal, Limit};

    #[test]
    fn a_limit_is_met_on_its_own_side() {
        let shown = |ratio, limit| Goal::new("time", ratio, limit).to_string();
        assert_eq!(
            shown(0.2, Limit::AtMost(1, 5)),
            "- time: 0.20, to be at most 1/5: met"
        );
        assert_eq!(
            shown(0.21, Limit::AtMost(1, 5)),
            "- time: 0.21, to be at most 1/5: **missed**"
        );
        assert_eq!(
            shown(2.99, Limit::AtLeast(3, 1)),
            "- time: 2.99, to be at least 3: **missed**"
        );
    }
}
