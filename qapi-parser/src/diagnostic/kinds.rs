//! Counts of findings by kind, for those that are not shown one by one.

use foldhash::HashMap;

use super::finding::{Diagnostic, Severity};

/// The maximum number of kinds, which keeps memory bounded.
const MAX_KINDS: usize = 200;

/// Counts of findings that differ only in the names that their messages quote.
#[derive(Clone, Debug, Default)]
pub(super) struct Kinds {
    counts: HashMap<(Severity, String), usize>,
    errors: usize,
    warnings: usize,
}

impl Kinds {
    pub(super) fn of<'a>(findings: impl IntoIterator<Item = &'a Diagnostic>) -> Self {
        let mut kinds = Self::default();
        findings
            .into_iter()
            .for_each(|finding| kinds.count(finding));
        kinds
    }

    pub(super) fn count(&mut self, finding: &Diagnostic) {
        self.enter(finding.severity, kind(&finding.message), 1);
    }

    /// Adds the counts of `other`.
    pub(super) fn add(&mut self, other: Self) {
        let (errors, warnings) = (self.errors + other.errors, self.warnings + other.warnings);
        for ((severity, kind), count) in other.counts {
            self.enter(severity, kind, count);
        }
        (self.errors, self.warnings) = (errors, warnings);
    }

    fn enter(&mut self, severity: Severity, kind: String, count: usize) {
        match severity {
            Severity::Error => self.errors += count,
            Severity::Warning => self.warnings += count,
        }
        let key = (severity, kind);
        if self.counts.len() < MAX_KINDS || self.counts.contains_key(&key) {
            *self.counts.entry(key).or_default() += count;
        }
    }

    pub(super) fn errors(&self) -> usize {
        self.errors
    }

    pub(super) fn warnings(&self) -> usize {
        self.warnings
    }

    pub(super) fn total(&self) -> usize {
        self.errors + self.warnings
    }

    /// Keeps the errors only.
    pub(super) fn only_errors(mut self) -> Self {
        self.counts
            .retain(|(severity, _), _| *severity == Severity::Error);
        self.warnings = 0;
        self
    }

    /// The kinds of a severity, most frequent first.
    pub(super) fn most_frequent(&self, severity: Severity) -> Vec<(usize, &str)> {
        let counts = self.counts.iter();
        let counts = counts.filter(|((of, _), _)| *of == severity);
        let mut list: Vec<_> = counts.map(|((_, kind), n)| (*n, kind.as_str())).collect();
        list.sort_by(|(n, kind), (m, other)| m.cmp(n).then(kind.cmp(other)));
        list
    }
}

/// A message without the quoted names.
fn kind(message: &str) -> String {
    let line = message.lines().next().unwrap_or_default();
    let mut kind = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, (name, after))) = rest
        .split_once('\'')
        .and_then(|(before, quoted)| Some((before, quoted.split_once('\'')?)))
    {
        // An apostrophe inside a word, as in "doesn't", does not start a quotation.
        if before.ends_with(char::is_alphanumeric) {
            let end = before.len() + 1;
            kind.push_str(&rest[..end]);
            rest = &rest[end..];
            continue;
        }
        kind.push_str(before);
        // Punctuation, as in "must not use '-'", is not a name.
        kind.push_str(match name.contains(char::is_alphanumeric) {
            true => "'…'",
            false => &rest[before.len()..rest.len() - after.len()],
        });
        rest = after;
    }
    kind + rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;

    #[test]
    fn a_kind_is_a_message_without_its_names() {
        assert_eq!(
            kind("value 'a' collides with value 'b'"),
            "value '…' collides with value '…'"
        );
        assert_eq!(
            kind("'Returns' section, but command doesn't return anything"),
            "'…' section, but command doesn't return anything"
        );
        assert_eq!(kind("no '_' in 'a_b'"), "no '_' in '…'");
        assert_eq!(kind("can't read 'x'"), "can't read '…'");
        assert_eq!(kind("an 'open"), "an 'open");
    }

    #[test]
    fn totals_are_right_however_many_kinds_there_are() {
        let finding = |n| Diagnostic::error(Span::NOWHERE, format!("kind {n}"));
        let findings: Vec<_> = (0..3 * MAX_KINDS).map(finding).collect();
        let mut kinds = Kinds::of(&findings);
        kinds.add(kinds.clone());
        assert_eq!(kinds.total(), 6 * MAX_KINDS);
        assert_eq!(kinds.counts.len(), MAX_KINDS);
    }
}
