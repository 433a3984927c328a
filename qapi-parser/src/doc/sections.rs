//! Divides a block into sections.

use crate::ast::SectionKind;
use crate::diagnostic::Diagnostic;
use crate::dialect::Dialect;
use crate::source::{Span, Spanned};

use super::block::{Block, Described};
use super::line::{Line, Tag};

impl<'a> Block<'a, '_> {
    pub(super) fn free_form(&mut self) {
        self.open(SectionKind::Plain, self.span);
        while let Some(line) = self.line {
            if let Some((name, _)) = line.at_name() {
                let message = format!("'@{name}:' not allowed in free-form documentation");
                let hint = "a block that documents a definition has '@NAME:' on its first line";
                self.findings
                    .tolerate(Diagnostic::error(line.span, message).hint(hint));
            }
            self.take(line);
        }
    }

    pub(super) fn definition(&mut self) {
        self.open(SectionKind::Intro, self.span);
        while self.line.is_some_and(|line| line.text.is_empty()) {
            self.advance();
        }
        self.indented_text();
        let mut features: Option<Span> = None;
        let mut members_done = false;
        while let Some(line) = self.line {
            if line.text.is_empty() {
                self.advance();
            } else if line.text == "Features:" {
                if let Some(earlier) = features.replace(line.span) {
                    let fault = Diagnostic::error(line.span, "duplicated 'Features:' line");
                    self.findings
                        .tolerate(fault.label(earlier, "first used here"));
                }
                members_done = true;
                self.features(line.span);
            } else if let Some((name, _)) = line.at_name() {
                if members_done {
                    let message = format!("description of '@{name}:' follows a section");
                    let hint = Dialect::MEMBER_BEHIND_SECTION.hint();
                    self.findings
                        .tolerate(Diagnostic::error(line.span, message).hint(hint));
                }
                while self.description(Described::Member) {}
                members_done = true;
            } else if let Some((tag, rest)) = line.tag() {
                self.tagged(line, tag, rest);
                members_done |= tag != Tag::Old;
            } else {
                self.plain(line.span);
                self.paragraph();
            }
        }
    }

    /// The list after `Features:`.
    fn features(&mut self, heading: Span) {
        self.advance();
        while self.line.is_some_and(|line| line.text.is_empty()) {
            self.advance();
        }
        let mut any = false;
        while self.description(Described::Feature) {
            any = true;
        }
        if !any {
            let at = self.line.map_or(self.close, |line| line.span);
            let fault = Diagnostic::error(at, "feature descriptions expected");
            let hint = "list each feature as '@NAME:' with its description";
            self.findings
                .tolerate(fault.label(heading, "the list starts here").hint(hint));
        }
    }

    /// Parses one `@name: text` with the indented text below it. Returns false if the current line is something else.
    fn description(&mut self, what: Described) -> bool {
        let Some(line) = self.line else { return false };
        let Some((name, rest)) = line.at_name() else {
            return false;
        };
        if name.is_empty() {
            let fault = Diagnostic::error(line.span, "invalid parameter name");
            self.findings.tolerate(fault.within(line.span));
        }
        let spanned = Spanned::new(name, self.name_span(line, name));
        let kind = match what {
            Described::Member => SectionKind::Member(spanned),
            Described::Feature => SectionKind::Feature(spanned),
        };
        if let Some(earlier) = self.described.insert((what, name), line.span) {
            let message = format!("'{name}' parameter name duplicated");
            let fault = Diagnostic::error(line.span, message).within(line.span);
            self.findings
                .tolerate(fault.label(earlier, "first described here"));
        }
        self.open(kind, line.span);
        if !rest.is_empty() {
            self.append(line, rest);
        }
        self.advance();
        self.indented();
        true
    }

    fn tagged(&mut self, line: Line<'a>, tag: Tag, rest: &str) {
        let kind = match tag {
            Tag::Returns => SectionKind::Returns,
            Tag::Errors => SectionKind::Errors,
            Tag::Since => SectionKind::Since,
            Tag::Todo => SectionKind::Todo,
            Tag::Old => return self.old_section(line),
        };
        let earlier = self.tagged.get(tag).filter(|_| tag != Tag::Todo);
        match earlier {
            None => {
                self.tagged.insert(tag, line.span);
            }
            Some(earlier) => {
                let message = format!("duplicated '{}' section", kind.title());
                let fault = Diagnostic::error(line.span, message).within(line.span);
                self.findings
                    .tolerate(fault.label(earlier, "first used here"));
            }
        }
        self.open(kind, line.span);
        if !rest.is_empty() {
            self.append(line, rest);
        }
        self.advance();
        self.indented();
    }

    /// `Note:` and the like are markup, so the tag stays in the text.
    fn old_section(&mut self, line: Line<'a>) {
        let word = line.text.split(':').next().unwrap_or_default();
        let directive = match word.starts_with('N') {
            true => ".. note::",
            false => ".. qmp-example::",
        };
        let message = format!("the '{word}' section is no longer supported");
        self.findings.tolerate(
            Diagnostic::error(line.span, message)
                .hint(Dialect::NOTE_OR_EXAMPLE.hint_to_write(format_args!("'{directive}'"))),
        );
        self.plain(line.span);
        self.take(line);
        self.indented();
    }

    /// The lines that continue a description or a section.
    fn indented(&mut self) {
        let continues = |line: &Line<'_>| !line.text.is_empty() && !line.opens_section();
        if !self.findings.is_strict()
            && self
                .line
                .as_ref()
                .is_some_and(|l| l.indent() == 0 && continues(l))
        {
            // Older text continues without indentation to the end of the paragraph.
            while let Some(line) = self.line.filter(continues) {
                self.take(line);
            }
            return;
        }
        self.indented_text();
    }

    /// Indented lines, and blank lines before and between them. The first line sets the indentation.
    fn indented_text(&mut self) {
        while let Some(line) = self.line.filter(|line| line.text.is_empty()) {
            self.take(line);
        }
        let Some(first) = self.line.filter(|line| line.indent() > 0) else {
            return;
        };
        self.take(first);
        let indent = first.indent();
        let mut is_second = true;
        while let Some(line) = self.line {
            if line.at_name().is_some() {
                return;
            }
            if !line.text.is_empty() && line.indent() < indent {
                // For QEMU, less indentation is an error on the second line and ends the section on later lines.
                let is_strict = self.findings.is_strict();
                if is_strict && !is_second {
                    return;
                }
                let is_at_margin = line.indent() == 0;
                if is_second || !is_at_margin {
                    let message =
                        format!("unexpected de-indent (expected at least {indent} spaces)");
                    let fault = Diagnostic::error(line.span, message);
                    let fault = fault.label(first.span, "the text starts here");
                    self.findings.tolerate(fault);
                }
                // Older text continues with any indentation.
                if !is_strict && is_at_margin {
                    return;
                }
            }
            self.take(line);
            is_second = false;
        }
    }

    /// The lines up to the next blank line.
    fn paragraph(&mut self) {
        let strict = self.findings.is_strict();
        let mut first = true;
        while let Some(line) = self.line.filter(|line| !line.text.is_empty()) {
            // In older text, a section may follow without a blank line.
            if !strict && !first && line.opens_section() {
                return;
            }
            self.take(line);
            first = false;
        }
    }

    /// Only the intro may be empty. Plain text never is.
    pub(super) fn need_text(&mut self, first: usize) {
        for section in &self.docs.sections[first..] {
            let may_be_empty = matches!(section.kind, SectionKind::Intro | SectionKind::Plain);
            if may_be_empty || !section.is_blank {
                continue;
            }
            let message = match section.kind.name() {
                Some(name) => format!("text required after '@{name}:'"),
                None => format!("text required after '{}:'", section.kind.title()),
            };
            let fault = Diagnostic::error(section.span, message).within(section.span);
            self.findings.tolerate(fault);
        }
    }
}
