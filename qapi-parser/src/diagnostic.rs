//! Findings in schemas, and how they are displayed.

mod findings;
mod kinds;
mod place;
mod render;
mod suggest;

use std::fmt;
use std::sync::Arc;

use crate::source::{SourceId, Sources, Span};
use kinds::Kinds;

pub use findings::Mode;
pub(crate) use findings::{Findings, Found};
pub use place::Place;
use place::Reported;
pub use render::Report;
pub use suggest::nearest;

/// The severity of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Severity {
    /// The schema is rejected.
    Error,
    /// The schema is accepted.
    Warning,
}

impl Severity {
    /// `error` or `warning`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// A place with a short explanation.
#[derive(Clone, Debug)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// The explanation, which may be empty.
    pub text: String,
}

/// A finding in a schema.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    severity: Severity,
    message: String,
    primary: Label,
    secondary: Vec<Label>,
    reported: Reported,
    hint: Option<String>,
}

impl Diagnostic {
    /// Creates an error at `span`, for tools with checks of their own.
    pub fn error(span: Span, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Error,
            message: message.into(),
            primary: Label {
                span,
                text: String::new(),
            },
            secondary: Vec::new(),
            reported: Reported::At(span),
            hint: None,
        }
    }

    /// QEMU reports it on the first line of `definition`, as it does for semantic errors.
    pub(crate) fn within(mut self, definition: Span) -> Self {
        self.reported = Reported::Within(definition);
        self
    }

    /// Underlines a narrower place than the one that QEMU reports.
    pub(crate) fn underline(mut self, span: Span) -> Self {
        self.primary.span = span;
        self
    }

    /// Adds an explanation next to the underlined text.
    pub(crate) fn says(mut self, text: impl Into<String>) -> Self {
        self.primary.text = text.into();
        self
    }

    /// Adds a related place.
    pub fn label(mut self, span: Span, text: impl Into<String>) -> Self {
        self.add_label(span, text);
        self
    }

    /// Adds a related place to an existing finding.
    pub(crate) fn add_label(&mut self, span: Span, text: impl Into<String>) {
        self.secondary.push(Label {
            span,
            text: text.into(),
        });
    }

    /// What to do about it.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Suggests the name in `known` that is most similar to `name`, if any is similar enough.
    pub fn hint_nearest<'a>(self, name: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        match nearest(name, known) {
            Some(near) => self.hint(format!("did you mean '{near}'?")),
            None => self,
        }
    }

    /// The severity.
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// What is wrong. The message may have several lines.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The narrowest place of the problem.
    pub fn primary(&self) -> &Label {
        &self.primary
    }

    /// Related places.
    pub fn secondary(&self) -> &[Label] {
        &self.secondary
    }

    /// What to do about it.
    pub fn suggestion(&self) -> Option<&str> {
        self.hint.as_deref()
    }

    /// The start of [`Self::primary`], which the first line of a report names.
    pub fn place<'a>(&self, sources: &'a Sources) -> Place<'a> {
        Place::of(self.primary.span, sources)
    }

    /// The place that QEMU's own front end names.
    ///
    /// For syntax errors, this is the same token. Semantic errors are reported on the first line of the definition, without
    /// a column.
    pub fn qemu_place<'a>(&self, sources: &'a Sources) -> Place<'a> {
        self.reported.place(sources)
    }

    /// The sort key: the file and the place in it.
    fn order(&self) -> (SourceId, u32) {
        (self.primary.span.source, self.primary.span.start)
    }
}

/// Findings, ordered by file and line, with the sources to show them in.
///
/// [`Display`](fmt::Display) shows the first of them as plain text and summarizes the rest; [`Diagnostics::report`] has
/// settings for that.
#[derive(Clone)]
pub struct Diagnostics {
    sources: Arc<Sources>,
    findings: Vec<Diagnostic>,
    /// Counts of what was found but not kept.
    dropped: Kinds,
    /// The index of the error that QEMU's front end stops at.
    stop: Option<usize>,
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

    fn count(&self, severity: Severity) -> usize {
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

    /// A report of the findings as text.
    pub fn report(&self) -> Report<'_> {
        Report::new(self)
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.report().fmt(f)
    }
}

/// The same as [`Display`](fmt::Display), since a build script that returns an error prints its `Debug` form.
impl fmt::Debug for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for Diagnostics {}
