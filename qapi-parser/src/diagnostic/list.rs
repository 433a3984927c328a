//! All findings in a schema.

use std::sync::Arc;

use super::finding::{Diagnostic, Severity};
use super::findings::Found;
use super::kinds::Kinds;
use crate::source::Sources;

/// Findings, ordered by file and line, with the sources to show them in.
///
/// [`Display`](std::fmt::Display) shows the first of them as plain text and summarizes the rest;
/// [`Diagnostics::report`] has settings for that.
#[derive(Clone)]
pub struct Diagnostics {
    pub(super) sources: Arc<Sources>,
    pub(super) findings: Vec<Diagnostic>,
    /// Counts of the findings that were not kept.
    pub(super) dropped: Kinds,
    /// The index of the error that QEMU's front end stops at.
    pub(super) stop: Option<usize>,
}

impl Diagnostics {
    pub(crate) fn new(sources: Arc<Sources>, found: Found) -> Self {
        Self {
            sources,
            findings: found.findings,
            dropped: found.dropped,
            stop: found.stop,
        }
    }

    /// No findings in these sources.
    pub(crate) fn none(sources: Arc<Sources>) -> Self {
        Self {
            sources,
            findings: Vec::new(),
            dropped: Kinds::default(),
            stop: None,
        }
    }

    /// The sources alone.
    pub(crate) fn into_sources(self) -> Sources {
        Arc::unwrap_or_clone(self.sources)
    }

    /// Creates diagnostics with other findings in the same sources.
    pub(crate) fn with(&self, mut findings: Vec<Diagnostic>) -> Self {
        findings.sort_by_key(Diagnostic::order);
        Self {
            sources: Arc::clone(&self.sources),
            findings,
            dropped: Kinds::default(),
            stop: None,
        }
    }

    /// The findings, ordered by file and line; files are in the order in which they were read.
    ///
    /// Errors beyond the first 100,000 are only counted, and so are warnings.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Diagnostic> {
        self.findings.iter()
    }

    /// Whether there are no findings.
    pub fn is_empty(&self) -> bool {
        self.findings.is_empty()
    }

    /// The number of errors.
    pub fn error_count(&self) -> usize {
        self.count(Severity::Error) + self.dropped.errors()
    }

    /// The number of warnings.
    pub fn warning_count(&self) -> usize {
        self.count(Severity::Warning) + self.dropped.warnings()
    }

    pub(super) fn count(&self, severity: Severity) -> usize {
        let findings = self.findings.iter();
        findings
            .filter(|finding| finding.severity == severity)
            .count()
    }

    /// The error that QEMU's own front end stops at, which need not be the first by place. `None` in lenient mode.
    pub fn qemu_stop(&self) -> Option<&Diagnostic> {
        self.stop.map(|index| &self.findings[index])
    }

    /// The files that the spans refer to.
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// The same without warnings.
    pub fn errors(&self) -> Self {
        let is_error = |finding: &&Diagnostic| finding.severity == Severity::Error;
        let before = |index: usize| self.findings[..index].iter().filter(is_error).count();
        Self {
            sources: Arc::clone(&self.sources),
            findings: self.findings.iter().filter(is_error).cloned().collect(),
            dropped: self.dropped.clone().only_errors(),
            stop: self.stop.map(before),
        }
    }
}
