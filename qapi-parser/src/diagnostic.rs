//! What can be wrong with a schema, and how it is shown.

mod findings;
mod render;
mod suggest;

use std::fmt;
use std::sync::Arc;

use crate::source::{SourceId, Sources, Span};

pub(crate) use findings::Findings;
pub use findings::Mode;
pub use suggest::nearest;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Severity {
    /// The schema is refused.
    Error,
    /// The schema is accepted all the same.
    Warning,
}

/// A place with a few words on what it has to do with the finding.
#[derive(Clone, Debug)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// The words; may be empty.
    pub text: String,
}

/// One finding.
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
    /// An error at `span`, for whoever finds more than this crate looks for.
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

    pub(crate) fn warning(span: Span, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::error(span, message)
        }
    }

    /// Reports on the line of `definition`, as QEMU does for errors about meaning.
    pub(crate) fn within(mut self, definition: Span) -> Self {
        self.reported = Reported::Within(definition);
        self
    }

    /// Underlines a narrower place than the one that is reported.
    pub(crate) fn underline(mut self, span: Span) -> Self {
        self.primary.span = span;
        self
    }

    /// Words beside the underlined text.
    pub(crate) fn says(mut self, text: impl Into<String>) -> Self {
        self.primary.text = text.into();
        self
    }

    /// A second place that matters.
    pub fn label(mut self, span: Span, text: impl Into<String>) -> Self {
        self.add_label(span, text);
        self
    }

    /// Adds a second place to a finding that has been made.
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

    /// A hint that names the one of `known` that `name` is most likely meant to be, if any is near.
    pub fn hint_nearest<'a>(self, name: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        match nearest(name, known) {
            Some(near) => self.hint(format!("did you mean '{near}'?")),
            None => self,
        }
    }

    /// How bad it is.
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// What is wrong, in one line or a few.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The narrowest place at fault.
    pub fn primary(&self) -> &Label {
        &self.primary
    }

    /// Other places that matter.
    pub fn secondary(&self) -> &[Label] {
        &self.secondary
    }

    /// What to do about it.
    pub fn suggestion(&self) -> Option<&str> {
        self.hint.as_deref()
    }

    /// The file, the line and, for errors of syntax, the column that QEMU's own front end reports, counted from 1.
    ///
    /// Errors about meaning stand on the first line of their definition and have no column; [`Self::primary`] has the
    /// narrower place.
    pub fn reported_at(&self, sources: &Sources) -> (SourceId, usize, Option<usize>) {
        let (Reported::At(span) | Reported::Within(span)) = self.reported;
        let source = sources.get(span.source);
        let line = source.line_index(span.start);
        let column = match self.reported {
            Reported::At(_) => {
                let before = &source.text()[source.line_range(line).start..span.start as usize];
                Some(qemu_column(before))
            }
            Reported::Within(_) => None,
        };
        (span.source, line + 1, column)
    }
}

/// The place that the first line of a report names.
#[derive(Clone, Copy, Debug)]
enum Reported {
    /// A token: line and column.
    At(Span),
    /// A definition: its first line.
    Within(Span),
}

/// QEMU's column behind `before`: its rule for tabs is its own, but people compare.
fn qemu_column(before: &str) -> usize {
    before.chars().fold(1, |column, c| match c {
        '\t' => (column + 7) % 8 + 1,
        _ => column + 1,
    })
}

/// Findings, with the sources to show them in.
///
/// [`Display`](fmt::Display) renders them as plain text, [`Diagnostics::styled`] with colour.
#[derive(Clone)]
pub struct Diagnostics {
    sources: Arc<Sources>,
    findings: Vec<Diagnostic>,
}

impl Diagnostics {
    pub(crate) fn new(sources: Arc<Sources>, findings: Vec<Diagnostic>) -> Self {
        Self { sources, findings }
    }

    /// Other findings in the same sources.
    pub(crate) fn with(&self, findings: Vec<Diagnostic>) -> Self {
        Self::new(Arc::clone(&self.sources), findings)
    }

    /// The findings: first what QEMU would report first.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Diagnostic> {
        self.findings.iter()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.findings.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.findings.is_empty()
    }

    /// The files that the findings' spans point into.
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// The errors among them.
    pub fn errors(&self) -> Self {
        let findings = self.findings.iter();
        let errors = findings.filter(|finding| finding.severity == Severity::Error);
        self.with(errors.cloned().collect())
    }

    /// The findings as text for a terminal that understands ANSI colours.
    pub fn styled(&self) -> impl fmt::Display {
        render::Report::new(self, true)
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        render::Report::new(self, false).fmt(f)
    }
}

/// The same as [`Display`](fmt::Display): a build script that returns the error has it printed by its `Debug` form.
impl fmt::Debug for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for Diagnostics {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tab_moves_the_column_as_in_qemu() {
        assert_eq!(qemu_column(""), 1);
        assert_eq!(qemu_column("ab"), 3);
        assert_eq!(qemu_column("\t"), 1);
        assert_eq!(qemu_column("abc\tü"), 5);
    }
}
