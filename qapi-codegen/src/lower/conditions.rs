//! Conditions that the caller may have decided.

use std::collections::{BTreeMap, HashSet};

use qapi_parser::{Branch, Branches, Condition, Kind, Schema};

/// The decided conditions.
pub(super) struct Conditions<'a> {
    config: &'a BTreeMap<String, bool>,
}

/// The state of a condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Always,
    Never,
    /// Undecided, with the remaining condition.
    Depends(Condition),
}

impl<'a> Conditions<'a> {
    pub(super) fn new(config: &'a BTreeMap<String, bool>) -> Self {
        Self { config }
    }

    /// Whether something with this condition exists.
    pub(super) fn verdict(&self, condition: Option<&Condition>) -> Verdict {
        condition.map_or(Verdict::Always, |condition| self.decide(condition))
    }

    /// Whether something with this condition can exist.
    pub(super) fn allows(&self, condition: Option<&Condition>) -> bool {
        self.verdict(condition) != Verdict::Never
    }

    /// Whether something with this condition may or may not exist.
    pub(super) fn is_open(&self, condition: Option<&Condition>) -> bool {
        matches!(self.verdict(condition), Verdict::Depends(_))
    }

    /// The branches of a union that can exist. The values of the discriminator must be able to exist as well.
    pub(super) fn branches<'s>(&self, schema: &Schema, union: &'s Branches) -> Vec<&'s Branch> {
        let values = match &schema.get(union.tag).kind {
            Kind::Enum(it) => &it.values[..],
            _ => &[],
        };
        let values = values
            .iter()
            .filter(|value| self.allows(value.condition.as_ref()));
        let values: HashSet<&str> = values.map(|value| value.name.value.as_str()).collect();
        let exists = |branch: &&Branch| {
            values.contains(branch.name.value.as_str()) && self.allows(branch.condition.as_ref())
        };
        union.branches.iter().filter(exists).collect()
    }

    fn decide(&self, condition: &Condition) -> Verdict {
        match condition {
            Condition::Symbol(name) => match self.config.get(name) {
                Some(true) => Verdict::Always,
                Some(false) => Verdict::Never,
                None => Verdict::Depends(condition.clone()),
            },
            Condition::All(parts) => {
                self.combine(parts, Verdict::Always, Verdict::Never, Condition::All)
            }
            Condition::Any(parts) => {
                self.combine(parts, Verdict::Never, Verdict::Always, Condition::Any)
            }
            Condition::Not(part) => match self.decide(part) {
                Verdict::Always => Verdict::Never,
                Verdict::Never => Verdict::Always,
                Verdict::Depends(part) => Verdict::Depends(Condition::Not(Box::new(part))),
            },
        }
    }

    /// Leaves out the parts that are `neutral`, and stops at one that is `decisive`.
    fn combine(
        &self,
        parts: &[Condition],
        neutral: Verdict,
        decisive: Verdict,
        join: fn(Vec<Condition>) -> Condition,
    ) -> Verdict {
        let mut open = Vec::new();
        for part in parts {
            match self.decide(part) {
                Verdict::Depends(part) => open.push(part),
                verdict if verdict == decisive => return decisive,
                _ => {}
            }
        }
        match open.len() {
            0 => neutral,
            1 => Verdict::Depends(open.remove(0)),
            _ => Verdict::Depends(join(open)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decided_symbols_are_removed_from_conditions() {
        let symbol = |name: &str| Condition::Symbol(name.into());
        let config = BTreeMap::from([("YES".to_owned(), true), ("NO".to_owned(), false)]);
        let conditions = Conditions::new(&config);
        let verdict = |condition| conditions.verdict(Some(&condition));
        let all = |parts: &[&str]| Condition::All(parts.iter().map(|p| symbol(p)).collect());
        let any = |parts: &[&str]| Condition::Any(parts.iter().map(|p| symbol(p)).collect());
        assert_eq!(conditions.verdict(None), Verdict::Always);
        assert_eq!(verdict(symbol("YES")), Verdict::Always);
        assert_eq!(verdict(symbol("A")), Verdict::Depends(symbol("A")));
        assert_eq!(verdict(all(&["YES", "A"])), Verdict::Depends(symbol("A")));
        assert_eq!(verdict(all(&["NO", "A"])), Verdict::Never);
        assert_eq!(verdict(any(&["YES", "A"])), Verdict::Always);
        assert_eq!(
            verdict(any(&["NO", "A", "B"])),
            Verdict::Depends(any(&["A", "B"]))
        );
        assert_eq!(verdict(any(&["NO"])), Verdict::Never);
        assert_eq!(
            verdict(Condition::Not(Box::new(symbol("NO")))),
            Verdict::Always
        );
    }
}
