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

    /// The index that [`Self::get_mut`] knows the next finding by.
    pub(crate) fn next_index(&self) -> usize {
        self.kept.len()
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
