//! A documentation block: its lines one by one, and the sections to which they are added.

use crate::ast::{Docs, Name, Run, Section, SectionKind};
use crate::diagnostic::{Diagnostic, Findings};
use crate::dialect::Dialect;
use crate::small_map::SmallMap;
use crate::source::{Source, Span, Spanned};
use crate::syntax::DocComment;

use super::line::{Line, Tag, content};
use super::style::Style;

/// The kind of item that an `@name:` describes.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Described {
    Member,
    Feature,
}

/// The state of parsing a block.
pub(super) struct Block<'a, 'b> {
    pub(super) span: Span,
    pub(super) lines: std::vec::IntoIter<Span>,
    pub(super) close: Span,
    /// The error in the closing line, until that line is reached.
    pub(super) close_fault: Option<Box<Diagnostic>>,
    /// The current line. `None` after the last.
    pub(super) line: Option<Line<'a>>,
    pub(super) source: &'a Source,
    pub(super) style: Style,
    pub(super) findings: &'b mut Findings,
    /// The places where members and features are described.
    pub(super) described: SmallMap<(Described, &'a str), Span>,
    /// The places of sections that may occur only once.
    pub(super) tagged: SmallMap<Tag, Span>,
    pub(super) docs: &'b mut Docs<'a>,
    /// Whether the current line directly follows the last run.
    pub(super) can_extend: bool,
    /// Whether the current line has been added to a section.
    pub(super) is_taken: bool,
}

impl<'a, 'b> Block<'a, 'b> {
    /// Starts at the first line.
    pub(super) fn new(
        comment: DocComment,
        source: &'a Source,
        docs: &'b mut Docs<'a>,
        findings: &'b mut Findings,
    ) -> Self {
        let mut block = Self {
            span: comment.open.to(comment.close),
            lines: comment.lines.into_iter(),
            close: comment.close,
            close_fault: comment.fault,
            line: None,
            source,
            style: Style::default(),
            findings,
            described: SmallMap::new(),
            tagged: SmallMap::new(),
            docs,
            can_extend: false,
            is_taken: false,
        };
        block.advance();
        block
    }
}

impl<'a> Block<'a, '_> {
    /// Advances to the next line. Must not be called after the last line.
    pub(super) fn advance(&mut self) {
        self.can_extend = std::mem::take(&mut self.is_taken);
        let Some(span) = self.lines.next() else {
            self.line = None;
            return self.closing_line();
        };
        let comment = &self.source.slice(span)[1..];
        if !comment.is_empty() && !comment.starts_with(' ') {
            let fault = Diagnostic::error(span, "missing space after #");
            self.findings.tolerate(fault.hint("add a space after '#'"));
        }
        let text = content(comment);
        let indent = || {
            let line = self.source.line_index(span.start);
            let start = self.source.line_range(line).start;
            &self.source.text()[start..span.start as usize]
        };
        if let Some(fault) = self.style.check(text, span, indent) {
            self.findings.tolerate(fault);
        }
        let before = match comment.len() > text.len() && comment.starts_with(' ') {
            true => 2,
            false => 1,
        };
        let end = span.start + before + text.len() as u32;
        self.line = Some(Line { text, end, span });
    }

    pub(super) fn closing_line(&mut self) {
        if let Some(fault) = self.close_fault.take() {
            return self.findings.push(*fault);
        }
        match self.source.slice(self.close) {
            "##" => {}
            close if close.starts_with("##") => {
                let message = "junk after '##' at end of documentation comment";
                self.fault(self.close, message);
            }
            _ => {
                let message = "documentation comment must end with '##'";
                let open = Span::new(
                    self.span.source,
                    self.span.start as usize,
                    self.span.start as usize + 2,
                );
                let fault = Diagnostic::error(self.close, message);
                self.findings
                    .tolerate(fault.label(open, "the comment starts here"));
            }
        }
    }

    pub(super) fn fault(&mut self, span: Span, message: impl Into<String>) {
        self.findings.tolerate(Diagnostic::error(span, message));
    }

    /// The name of the documented definition, if the first line has one.
    pub(super) fn symbol(&mut self) -> Option<Name<'a>> {
        let line = self.line?;
        let name = line.text.strip_prefix('@')?;
        let name = match name.strip_suffix(':') {
            Some(name) => name,
            None => {
                // Older blocks have text after the name.
                let name = name.split([':', ' ']).next().unwrap_or(name);
                let fault = Diagnostic::error(line.span, "line should end with ':'");
                self.findings.tolerate(fault.hint(
                    Dialect::SYMBOL_WITHOUT_COLON.hint_to_write(format_args!("'# @{name}:'")),
                ));
                name
            }
        };
        if name.is_empty() {
            self.fault(line.span, "name required after '@'");
        }
        Some(Spanned::new(name, self.name_span(line, name)))
    }

    /// The place of the name after the `@` of a line.
    pub(super) fn name_span(&self, line: Line<'_>, name: &str) -> Span {
        let start = line.end as usize - line.text.len() + 1;
        Span::new(line.span.source, start, start + name.len())
    }

    pub(super) fn open(&mut self, kind: SectionKind<'a>, span: Span) {
        let end = self.docs.runs.len() as u32;
        self.docs.sections.push(Section {
            kind,
            span,
            runs: end..end,
            is_blank: true,
        });
        self.can_extend = false;
    }

    /// Adds the current line to the last section and advances.
    pub(super) fn take(&mut self, line: Line<'a>) {
        self.append(line, line.text);
        self.advance();
    }

    /// Adds the end of a line to the text of the last section.
    pub(super) fn append(&mut self, line: Line<'a>, rest: &str) {
        let run = Run {
            start: line.end - rest.len() as u32,
            end: line.end,
        };
        match self.docs.runs.last_mut().filter(|_| self.can_extend) {
            Some(last) => last.end = run.end,
            None => self.add(run),
        }
        self.is_taken = true;
        if let Some(section) = self.docs.sections.last_mut() {
            section.is_blank &= rest.is_empty();
        }
    }

    pub(super) fn add(&mut self, run: Run) {
        self.docs.runs.push(run);
        if let Some(section) = self.docs.sections.last_mut() {
            section.runs.end = self.docs.runs.len() as u32;
        }
    }

    /// Continues the last section if it is plain, or starts a new one.
    pub(super) fn plain(&mut self, span: Span) {
        match self.docs.sections.last_mut() {
            Some(section) if matches!(section.kind, SectionKind::Plain) => {
                // A blank line.
                let at = span.start;
                self.add(Run { start: at, end: at });
                self.can_extend = false;
            }
            _ => self.open(SectionKind::Plain, span),
        }
    }
}
