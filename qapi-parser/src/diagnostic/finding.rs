//! One finding.

use super::place::{Place, Reported};
use super::suggest::nearest;
use crate::source::{SourceId, Sources, Span};

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
    pub(super) severity: Severity,
    pub(super) message: String,
    pub(super) primary: Label,
    pub(super) secondary: Vec<Label>,
    pub(super) reported: Reported,
    pub(super) hint: Option<String>,
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

    /// The message, which may have several lines.
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
    pub(super) fn order(&self) -> (SourceId, u32) {
        (self.primary.span.source, self.primary.span.start)
    }
}
