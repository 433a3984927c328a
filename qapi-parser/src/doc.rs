//! Parses documentation blocks into sections.
//!
//! Implements docs/qapi.md section 6, and section 7 for older documentation, where errors of form are warnings and no
//! text is lost.

mod indent;
mod style;

use crate::ast::{Doc, Docs, Name, Run, Section, SectionKind};
use crate::diagnostic::{Diagnostic, Findings};
use crate::dialect::Dialect;
use crate::small_map::SmallMap;
use crate::source::{Source, Span, Spanned};
use crate::syntax::{DocComment, is_space};
use indent::indent;
use style::Style;

/// Parses one block. Reports errors in it, and in the text `behind` it, at the point where QEMU does.
pub(crate) fn parse<'a>(
    comment: DocComment,
    behind: Option<Box<Diagnostic>>,
    source: &'a Source,
    docs: &mut Docs<'a>,
    findings: &mut Findings,
) {
    if source.slice(comment.open) != "##" {
        let message = "junk after '##' at start of documentation comment";
        findings.tolerate(
            Diagnostic::error(comment.open, message).hint("'##' must be on a line of its own"),
        );
    }
    let first = docs.sections.len();
    let mut block = Block {
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
    let symbol = block.symbol();
    match symbol {
        Some(_) => {
            block.advance();
            block.definition();
        }
        None => block.free_form(),
    }
    if let Some(fault) = behind {
        block.findings.push(*fault);
    }
    block.need_text(first);
    let span = block.span;
    docs.blocks.push(Doc {
        source,
        span,
        symbol,
        sections: first..docs.sections.len(),
        missing: Vec::new(),
    });
}

/// The text of a section, without leading and trailing blank lines.
pub(crate) fn text(source: &Source, runs: &[Run]) -> String {
    let mut text = String::new();
    for run in runs {
        let mut lines = source.text()[run.start as usize..run.end as usize].split('\n');
        let first = lines.next().map(|line| line.trim_end_matches(is_space));
        // There may be lines without a comment in between.
        let comments = lines.filter_map(|line| line.trim_start_matches(is_space).strip_prefix('#'));
        for line in first.into_iter().chain(comments.map(content)) {
            text.push_str(line);
            text.push('\n');
        }
    }
    text.truncate(text.trim_end_matches('\n').len());
    text.drain(..text.len() - text.trim_start_matches('\n').len());
    text
}

/// The text of a comment, given everything after its `#`.
fn content(comment: &str) -> &str {
    let content = comment.strip_prefix(' ').unwrap_or(comment);
    match content.as_bytes() {
        // The fast path for nearly all lines.
        [.., b'!'..=b'~'] => content,
        _ => content.trim_end_matches(is_space),
    }
}

/// A line of a block without its `# `.
#[derive(Clone, Copy)]
struct Line<'a> {
    text: &'a str,
    /// The offset after the text.
    end: u32,
    /// The comment from its `#` on.
    span: Span,
}

impl<'a> Line<'a> {
    fn indent(&self) -> usize {
        indent(self.text)
    }

    /// `@name:` at the start, and the text after it.
    fn at_name(&self) -> Option<(&'a str, &'a str)> {
        let text = self.text.strip_prefix('@')?;
        let end = memchr::memchr(b':', text.as_bytes())?;
        Some((&text[..end], text[end + 1..].trim_start_matches(' ')))
    }

    /// The tag of a section at the start, and the text after it.
    fn tag(&self) -> Option<(Tag, &'a str)> {
        // Few lines begin like a tag. The others need no search for a colon.
        if !self.text.starts_with(['R', 'E', 'S', 'T', 'N']) {
            return None;
        }
        let (word, rest) = self.text.split_once(':')?;
        let tag = Tag::from_word(word)?;
        // `Note::` is a paragraph of reStructuredText.
        (!rest.starts_with(':')).then(|| (tag, rest.trim_start_matches(' ')))
    }

    fn opens_section(&self) -> bool {
        self.text == "Features:" || self.at_name().is_some() || self.tag().is_some()
    }
}

/// What an `@name:` describes.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Described {
    Member,
    Feature,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Tag {
    Returns,
    Errors,
    Since,
    Todo,
    /// `Note:` or `Example:`, which reStructuredText directives replaced.
    Old,
}

impl Tag {
    fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "Returns" => Tag::Returns,
            "Errors" => Tag::Errors,
            "Since" => Tag::Since,
            "TODO" => Tag::Todo,
            "Note" | "Notes" | "Example" | "Examples" => Tag::Old,
            _ => return None,
        })
    }
}

/// The state of parsing a block.
struct Block<'a, 'b> {
    span: Span,
    lines: std::vec::IntoIter<Span>,
    close: Span,
    /// The error in the closing line, until that line is reached.
    close_fault: Option<Box<Diagnostic>>,
    /// The current line. `None` after the last.
    line: Option<Line<'a>>,
    source: &'a Source,
    style: Style,
    findings: &'b mut Findings,
    /// Where each member and feature is described.
    described: SmallMap<(Described, &'a str), Span>,
    /// Where the sections are that may occur only once.
    tagged: SmallMap<Tag, Span>,
    docs: &'b mut Docs<'a>,
    /// Whether the current line directly follows the last run.
    can_extend: bool,
    /// Whether the current line has been added to a section.
    is_taken: bool,
}

impl<'a> Block<'a, '_> {
    /// Advances to the next line. Must not be called after the last line.
    fn advance(&mut self) {
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

    fn closing_line(&mut self) {
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

    fn fault(&mut self, span: Span, message: impl Into<String>) {
        self.findings.tolerate(Diagnostic::error(span, message));
    }

    /// The name of the documented definition, if the first line has one.
    fn symbol(&mut self) -> Option<Name<'a>> {
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
    fn name_span(&self, line: Line<'_>, name: &str) -> Span {
        let start = line.end as usize - line.text.len() + 1;
        Span::new(line.span.source, start, start + name.len())
    }

    fn open(&mut self, kind: SectionKind<'a>, span: Span) {
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
    fn take(&mut self, line: Line<'a>) {
        self.append(line, line.text);
        self.advance();
    }

    /// Adds the end of a line to the text of the last section.
    fn append(&mut self, line: Line<'a>, rest: &str) {
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

    fn add(&mut self, run: Run) {
        self.docs.runs.push(run);
        if let Some(section) = self.docs.sections.last_mut() {
            section.runs.end = self.docs.runs.len() as u32;
        }
    }

    /// Continues the last section if it is plain, or starts a new one.
    fn plain(&mut self, span: Span) {
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

    fn free_form(&mut self) {
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

    fn definition(&mut self) {
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
    fn need_text(&mut self, first: usize) {
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

#[cfg(test)]
mod tests {
    use crate::testing::{load, messages, schema};
    use crate::{Mode, Schema, SectionKind};

    /// The tag and text of each section of the last block.
    fn sections(schema: &Schema) -> Vec<(String, &str)> {
        let doc = schema.docs().last().expect("a block");
        let sections = doc.sections.iter().map(|section| {
            let tag = match &section.kind {
                SectionKind::Member(name) => format!("@{}", name.value),
                SectionKind::Feature(name) => format!("+{}", name.value),
                other => format!("{other:?}"),
            };
            (tag, section.text.as_str())
        });
        sections.collect()
    }

    /// A block with these lines, followed by a command.
    fn block(lines: &str) -> String {
        let lines: String = lines.lines().map(|line| format!("#{line}\n")).collect();
        format!(
            "##\n# @c:\n#\n{lines}##\n{{ 'command': 'c', 'features': [ 'f' ], 'data': {{ 'm': 'str', 'n': 'str' }} }}\n"
        )
    }

    const FEATURE: &str = "\n\n Features:\n\n @f: so";

    #[test]
    fn a_block_falls_into_sections() {
        let text = block(
            " One\n  two.\n\n Three.\n\n @m: four\n     five\n\n     six\n @n:\n     seven\n\n Features:\n\n @f: eight\n\n Nine.\n\n TODO: ten\n\n Errors:\n     - eleven\n\n Since: 1.0\n\n TODO: twelve",
        );
        let expected = [
            ("Intro", ""),
            ("Plain", "One\n two.\n\nThree."),
            ("@m", "four\n    five\n\n    six"),
            ("@n", "    seven"),
            ("+f", "eight"),
            ("Plain", "Nine."),
            ("Todo", "ten"),
            ("Errors", "    - eleven"),
            ("Since", "1.0"),
            ("Todo", "twelve"),
        ];
        for mode in [Mode::Strict, Mode::Lenient] {
            let schema = load(&text, mode).unwrap();
            assert!(schema.warnings().is_empty());
            let expected = expected.map(|(tag, text)| (tag.to_owned(), text));
            assert_eq!(sections(&schema), expected);
        }
    }

    #[test]
    fn a_tag_with_two_colons_is_text() {
        let schema = schema(&block(&format!(
            " Note:: so\n\n Since 1.0\n\n @m: a\n @n: b{FEATURE}"
        )));
        assert_eq!(sections(&schema)[1].1, "Note:: so\n\nSince 1.0");
    }

    #[test]
    fn lesser_indent_ends_a_description_or_is_a_fault() {
        let text = block(&format!(" @m: a\n     b\n   c\n @n: d{FEATURE}"));
        assert_eq!(
            messages(&text),
            ["unexpected de-indent (expected at least 4 spaces)"]
        );
        let schema = load(&text, Mode::Lenient).unwrap();
        assert_eq!(sections(&schema)[1].1, "a\n    b\n  c");
    }

    #[test]
    fn older_text_loses_nothing() {
        let text = block(" @m: a\n b\n @n: #optional c\n\n Returns: d\n Since: e\n\n Notes: f");
        let schema = load(&text, Mode::Lenient).unwrap();
        let expected = [
            ("Intro", ""),
            ("@m", "a\nb"),
            ("@n", "#optional c"),
            ("Returns", "d"),
            ("Since", "e"),
            ("Plain", "Notes: f"),
        ];
        assert_eq!(
            sections(&schema),
            expected.map(|(tag, text)| (tag.to_owned(), text))
        );
    }

    #[test]
    fn what_stands_between_comments_is_no_text() {
        let schema =
            schema("##\n# @c:\n#\n# One\n\n  #   two.\n \t\n#\n\n# Three.\n##\n{ 'command': 'c' }");
        assert_eq!(
            sections(&schema),
            [
                ("Intro".to_owned(), ""),
                ("Plain".to_owned(), "One\n  two.\n\nThree.")
            ]
        );
    }

    #[test]
    fn an_indented_intro_keeps_to_the_rules_of_a_description() {
        let intro = |lines: &str| load(&block(&format!("{lines}{FEATURE}")), Mode::Strict);
        let sections_of = |lines: &str| {
            let schema = intro(lines).unwrap();
            let sections = sections(&schema).into_iter();
            let shown = sections.map(|(tag, text)| format!("{tag}: {text}"));
            shown.collect::<Vec<_>>()
        };
        assert_eq!(
            sections_of("   One.\n     Two.\n\n   Three.\n @m: a\n @n: b")[..2],
            ["Intro:   One.\n    Two.\n\n  Three.", "@m: a"]
        );
        assert_eq!(
            sections_of("   One.\n\n Two.\n\n @m: a\n @n: b")[..3],
            ["Intro:   One.", "Plain: Two.", "@m: a"]
        );
        let error = intro("   One.\n  Two.\n\n @m: a\n @n: b").unwrap_err();
        let report = error.to_string();
        let place = "s.json:5:1: error: unexpected de-indent (expected at least 2 spaces)\n";
        assert!(report.starts_with(place), "{report}");
    }

    #[test]
    fn a_free_form_block_is_one_section() {
        let schema = schema("##\n# One.\n#\n# Returns: two\n##");
        assert!(schema.docs()[0].symbol.is_none());
        assert_eq!(
            sections(&schema),
            [("Plain".to_owned(), "One.\n\nReturns: two")]
        );
    }
}
