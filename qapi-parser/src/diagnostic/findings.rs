//! Findings while they are being made.

use super::{Diagnostic, Severity};

/// How strictly a schema is judged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Mode {
    /// Accepts every dialect that QEMU has used; what does not change the meaning of a schema is a warning.
    #[default]
    Lenient,
    /// QEMU's current rules, those of style included.
    Strict,
}

/// Errors, and warnings, that are kept; a file of garbage would fill the memory with them.
const MAX_KEPT: usize = 1000;

/// Collects what is found, in the order in which QEMU would find it.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    mode: Mode,
    kept: Vec<Diagnostic>,
    errors: usize,
    warnings: usize,
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

    /// How many errors there are so far.
    pub(crate) fn errors(&self) -> usize {
        self.errors
    }

    pub(crate) fn push(&mut self, finding: Diagnostic) {
        let count = match finding.severity {
            Severity::Error => &mut self.errors,
            Severity::Warning => &mut self.warnings,
        };
        *count += 1;
        if *count <= MAX_KEPT {
            self.kept.push(finding);
        }
    }

    /// Adds what is an error by QEMU's current rules and harmless otherwise.
    pub(crate) fn tolerate(&mut self, mut finding: Diagnostic) {
        if !self.is_strict() {
            finding.severity = Severity::Warning;
        }
        self.push(finding);
    }

    /// The index that [`Self::get_mut`] knows the next finding by, when that is an error.
    pub(crate) fn next_index(&self) -> usize {
        match self.errors < MAX_KEPT {
            true => self.kept.len(),
            false => usize::MAX,
        }
    }

    /// A finding, to add to it; `None` when it was dropped.
    pub(crate) fn get_mut(&mut self, index: usize) -> Option<&mut Diagnostic> {
        self.kept.get_mut(index)
    }

    /// The findings; a last one tells when some were dropped.
    pub(crate) fn finish(mut self) -> Vec<Diagnostic> {
        let dropped = (self.errors + self.warnings).saturating_sub(self.kept.len());
        if let Some(last) = self.kept.last().filter(|_| dropped > 0) {
            let span = last.primary.span;
            let message = format!("{dropped} more findings are not shown");
            self.kept.push(Diagnostic::warning(span, message));
        }
        self.kept
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;

    fn finding() -> Diagnostic {
        Diagnostic::error(Span::NOWHERE, "so")
    }

    #[test]
    fn what_is_tolerated_is_an_error_in_strict_mode_only() {
        let count = |mode| {
            let mut findings = Findings::new(mode);
            findings.tolerate(finding());
            findings.push(finding());
            (findings.errors(), findings.finish().len())
        };
        assert_eq!(count(Mode::Strict), (2, 2));
        assert_eq!(count(Mode::Lenient), (1, 2));
    }

    #[test]
    fn errors_are_kept_however_many_warnings_precede_them() {
        let mut findings = Findings::new(Mode::Lenient);
        for _ in 0..MAX_KEPT + 5 {
            findings.tolerate(finding());
        }
        findings.push(finding());
        assert_eq!(findings.errors(), 1);
        let kept = findings.finish();
        assert_eq!(kept[MAX_KEPT].severity, Severity::Error);
        assert_eq!(kept[MAX_KEPT + 1].message, "5 more findings are not shown");
    }

    #[test]
    fn a_finding_that_was_dropped_is_not_taken_for_another() {
        let mut findings = Findings::new(Mode::Lenient);
        for _ in 0..MAX_KEPT {
            findings.push(finding());
        }
        let index = findings.next_index();
        findings.push(finding());
        findings.tolerate(finding());
        assert!(findings.get_mut(index).is_none());
    }
}
