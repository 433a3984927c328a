//! Collects findings.

use super::finding::{Diagnostic, Severity};
use super::kinds::Kinds;

/// How strictly a schema is validated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Mode {
    /// Accepts every dialect that QEMU has used. Rules that do not affect the meaning of a schema give warnings.
    #[default]
    Lenient,
    /// QEMU's current rules, including those of style.
    Strict,
}

/// The maximum number of errors, and of warnings, that are kept. Others are only counted, so that garbage input does
/// not exhaust memory.
const MAX_KEPT: usize = 100_000;

/// Collects findings in the order in which QEMU would find them.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    mode: Mode,
    errors: Kept,
    warnings: Kept,
    /// The number of errors that are errors in both modes.
    rejections: usize,
}

/// The findings of one severity.
#[derive(Debug, Default)]
struct Kept {
    list: Vec<Diagnostic>,
    dropped: Kinds,
}

impl Kept {
    fn push(&mut self, finding: Diagnostic) {
        match self.list.len() < MAX_KEPT {
            true => self.list.push(finding),
            false => self.dropped.count(&finding),
        }
    }

    fn total(&self) -> usize {
        self.list.len() + self.dropped.total()
    }
}

/// All findings, ordered by place.
pub(crate) struct Found {
    pub(super) findings: Vec<Diagnostic>,
    /// Counts of the findings that were not kept.
    pub(super) dropped: Kinds,
    /// The index of the error that QEMU's front end stops at. `None` in lenient mode.
    pub(super) stop: Option<usize>,
}

impl Findings {
    pub(crate) fn new(mode: Mode) -> Self {
        Self {
            mode,
            ..Self::default()
        }
    }

    pub(crate) fn is_strict(&self) -> bool {
        self.mode == Mode::Strict
    }

    /// The number of errors so far.
    pub(crate) fn errors(&self) -> usize {
        self.errors.total()
    }

    /// The number of errors so far that are errors in both modes. A definition without any of these goes through all
    /// further checks, so that strict mode reports everything that lenient mode does.
    pub(crate) fn rejections(&self) -> usize {
        self.rejections
    }

    pub(crate) fn push(&mut self, finding: Diagnostic) {
        if finding.severity == Severity::Error {
            self.rejections += 1;
        }
        self.keep(finding);
    }

    /// Adds an error by QEMU's current rules that is a warning in lenient mode.
    pub(crate) fn tolerate(&mut self, mut finding: Diagnostic) {
        finding.severity = match self.mode {
            Mode::Strict => Severity::Error,
            Mode::Lenient => Severity::Warning,
        };
        self.keep(finding);
    }

    fn keep(&mut self, finding: Diagnostic) {
        match finding.severity {
            Severity::Error => self.errors.push(finding),
            Severity::Warning => self.warnings.push(finding),
        }
    }

    /// The index of the next error for [`Self::get_mut`].
    pub(crate) fn next_index(&self) -> usize {
        match self.errors.list.len() < MAX_KEPT {
            true => self.errors.list.len(),
            false => usize::MAX,
        }
    }

    /// Returns an error for changes. `None` if it was not kept.
    pub(crate) fn get_mut(&mut self, index: usize) -> Option<&mut Diagnostic> {
        self.errors.list.get_mut(index)
    }

    /// The findings, ordered by file and place in the file.
    pub(crate) fn finish(self) -> Found {
        let is_strict = self.is_strict();
        let mut findings: Vec<_> = self.errors.list.into_iter().enumerate().collect();
        let warnings = self.warnings.list.into_iter();
        findings.extend(warnings.map(|warning| (usize::MAX, warning)));
        findings.sort_by_key(|(_, finding)| finding.order());
        let first = findings.iter().position(|(index, _)| *index == 0);
        let mut dropped = self.errors.dropped;
        dropped.add(self.warnings.dropped);
        Found {
            findings: findings.into_iter().map(|(_, finding)| finding).collect(),
            dropped,
            stop: first.filter(|_| is_strict),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{SourceId, Span};

    fn finding() -> Diagnostic {
        Diagnostic::error(Span::NOWHERE, "so")
    }

    #[test]
    fn tolerated_findings_are_errors_in_strict_mode_only() {
        let count = |mode| {
            let mut findings = Findings::new(mode);
            findings.tolerate(finding());
            findings.push(finding());
            let counts = (findings.errors(), findings.rejections());
            (counts, findings.finish().findings.len())
        };
        assert_eq!(count(Mode::Strict), ((2, 1), 2));
        assert_eq!(count(Mode::Lenient), ((1, 1), 2));
    }

    #[test]
    fn errors_are_kept_however_many_warnings_precede_them() {
        let mut findings = Findings::new(Mode::Lenient);
        for _ in 0..MAX_KEPT + 5 {
            findings.tolerate(finding());
        }
        findings.push(finding());
        assert_eq!(findings.errors(), 1);
        let found = findings.finish();
        assert_eq!(found.findings.len(), MAX_KEPT + 1);
        assert_eq!(found.dropped.warnings(), 5);
        assert_eq!(found.dropped.errors(), 0);
    }

    #[test]
    fn a_dropped_finding_is_not_mistaken_for_another() {
        let mut findings = Findings::new(Mode::Lenient);
        for _ in 0..MAX_KEPT {
            findings.push(finding());
        }
        let index = findings.next_index();
        findings.push(finding());
        findings.tolerate(finding());
        assert!(findings.get_mut(index).is_none());
    }

    #[test]
    fn findings_are_ordered_by_place_and_the_first_error_is_known() {
        let at = |file, start| Diagnostic::error(Span::new(SourceId(file), start, start), "so");
        let finish = |mode| {
            let mut findings = Findings::new(mode);
            findings.push(at(1, 7));
            findings.push(at(0, 9));
            findings.tolerate(at(1, 2));
            findings.finish()
        };
        let found = finish(Mode::Strict);
        let starts = found.findings.iter().map(|f| f.primary.span.start);
        assert_eq!(starts.collect::<Vec<_>>(), [9, 2, 7]);
        assert_eq!(found.stop, Some(2));
        assert_eq!(finish(Mode::Lenient).stop, None);
    }
}
