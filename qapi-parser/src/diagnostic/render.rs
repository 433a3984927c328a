//! Displays findings: a line that tools can parse, followed by the source with carets.

use std::fmt;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::finding::{Diagnostic, Label, Severity};
use super::kinds::Kinds;
use super::list::Diagnostics;
use crate::source::{SourceId, Sources, Span};

/// Labels that are at most this many lines apart share an excerpt.
const EXCERPT_LINES: usize = 40;

/// The maximum length of an excerpt, in bytes. Longer ones, such as those of a file without line ends, are left out: nobody
/// would read them, and a thousand of them take minutes.
const EXCERPT_BYTES: usize = 16 << 10;

/// The maximum number of includes in a chain that are shown.
const INCLUDE_NOTES: usize = 8;

/// The default number of findings that are shown: about a page.
const SHOWN: usize = 10;

/// The number of kinds that the summary lists.
const KINDS_NAMED: usize = 5;

/// Displays findings: the first ones in full, preferring errors, and then the number of others by kind. In strict mode, a
/// last line names the place where QEMU's own front end stops.
#[derive(Clone, Copy)]
pub struct Report<'a> {
    diagnostics: &'a Diagnostics,
    is_styled: bool,
    limit: usize,
}

impl<'a> Report<'a> {
    pub(super) fn new(diagnostics: &'a Diagnostics) -> Self {
        Self {
            diagnostics,
            is_styled: false,
            limit: SHOWN,
        }
    }

    /// Sets whether to use ANSI colours. The default is plain text.
    pub fn styled(mut self, is_styled: bool) -> Self {
        self.is_styled = is_styled;
        self
    }

    /// Sets how many findings are shown in full. The default is 10.
    pub fn limit(mut self, limit: usize) -> Self {
        self.limit = limit;
        self
    }

    /// The number of findings that are not shown.
    pub fn hidden(&self) -> usize {
        let findings = &self.diagnostics.findings;
        findings.len().saturating_sub(self.limit) + self.diagnostics.dropped.total()
    }

    /// The findings to show, and counts of the others.
    fn split(&self) -> (Vec<&'a Diagnostic>, Kinds) {
        let findings = &self.diagnostics.findings;
        let errors = self.diagnostics.count(Severity::Error).min(self.limit);
        let mut room = [errors, self.limit - errors];
        let (shown, hidden): (Vec<_>, Vec<_>) = findings.iter().partition(|finding| {
            let room = &mut room[usize::from(finding.severity == Severity::Warning)];
            let fits = *room > 0;
            *room -= usize::from(fits);
            fits
        });
        let mut kinds = Kinds::of(hidden);
        kinds.add(self.diagnostics.dropped.clone());
        (shown, kinds)
    }
}

impl Diagnostics {
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

impl fmt::Display for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let renderer = match self.is_styled {
            true => Renderer::styled(),
            false => Renderer::plain(),
        };
        let sources = &self.diagnostics.sources;
        let (shown, hidden) = self.split();
        let findings = shown.iter().map(|finding| one(finding, sources, &renderer));
        let stop = self.diagnostics.qemu_stop().map(|finding| {
            let place = finding.qemu_place(sources);
            format!("QEMU's own front end stops at {place}")
        });
        let counts = [Severity::Error, Severity::Warning].map(|of| summary(&hidden, of));
        let paragraphs = findings.chain(counts.into_iter().flatten()).chain(stop);
        for (index, paragraph) in paragraphs.enumerate() {
            if index > 0 {
                f.write_str("\n\n")?;
            }
            f.write_str(&paragraph)?;
        }
        Ok(())
    }
}

/// The number of hidden findings of a severity, by kind.
fn summary(hidden: &Kinds, severity: Severity) -> Option<String> {
    let total = match severity {
        Severity::Error => hidden.errors(),
        Severity::Warning => hidden.warnings(),
    };
    if total == 0 {
        return None;
    }
    let plural = if total == 1 { "" } else { "s" };
    let mut text = format!("{total} more {}{plural}:", severity.name());
    let kinds = hidden.most_frequent(severity);
    let mut rest = total;
    let named = match kinds.len() == KINDS_NAMED + 1 {
        // A line "of other kinds" would be no shorter than the last kind.
        true => &kinds[..],
        false => &kinds[..kinds.len().min(KINDS_NAMED)],
    };
    for (count, kind) in named {
        text += &format!("\n{count:>8}  {kind}");
        rest -= count;
    }
    if rest > 0 {
        text += &format!("\n{rest:>8}  of other kinds");
    }
    Some(text)
}

fn one(finding: &Diagnostic, sources: &Sources, renderer: &Renderer) -> String {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    // The name of the level contains the place, so that the first line is `PATH:LINE:COL: error: MESSAGE`.
    let title = level
        .with_name(heading(finding, sources))
        .primary_title(finding.message.as_str());
    let mut group = Group::with_title(title);
    for labels in runs(finding, sources) {
        group = match excerpt(&labels, sources) {
            Some(excerpt) => group.element(excerpt),
            None => group.element(origin(labels[0].0, sources)),
        };
    }
    for note in include_notes(finding.primary.span.source, sources) {
        group = group.element(Level::NOTE.message(note));
    }
    if let Some(hint) = &finding.hint {
        group = group.element(Level::HELP.message(hint.as_str()));
    }
    renderer.render(&[group])
}

/// How a file was included, innermost first. The middle of a long chain is left out.
fn include_notes(file: SourceId, sources: &Sources) -> Vec<String> {
    let chain: Vec<Span> = sources.include_chain(file).collect();
    let note = |include: &Span| {
        let line = sources.position(*include).line;
        let path = sources.get(include.source).path().display();
        format!("included from {path}:{line}")
    };
    if chain.len() <= INCLUDE_NOTES {
        return chain.iter().map(note).collect();
    }
    let (inner, rest) = chain.split_at(INCLUDE_NOTES / 2);
    let (left_out, outer) = rest.split_at(rest.len() - INCLUDE_NOTES / 2);
    let between = format!("included through {} more files", left_out.len());
    let notes = inner.iter().map(note).chain([between]);
    notes.chain(outer.iter().map(note)).collect()
}

fn heading(finding: &Diagnostic, sources: &Sources) -> String {
    format!("{}: {}", finding.place(sources), finding.severity.name())
}

/// The labels of a finding, grouped into excerpts of lines that are close together.
fn runs<'a>(finding: &'a Diagnostic, sources: &Sources) -> Vec<Vec<(&'a Label, AnnotationKind)>> {
    let mut runs = vec![vec![(&finding.primary, AnnotationKind::Primary)]];
    for label in &finding.secondary {
        let near = runs.iter_mut().find(|run| {
            run.iter()
                .any(|(other, _)| is_near(sources, other.span, label.span))
        });
        match near {
            Some(run) => run.push((label, AnnotationKind::Context)),
            None => runs.push(vec![(label, AnnotationKind::Context)]),
        }
    }
    runs
}

fn is_near(sources: &Sources, a: Span, b: Span) -> bool {
    let line = |span: Span| sources.get(span.source).line_index(span.start);
    a.source == b.source && line(a).abs_diff(line(b)) <= EXCERPT_LINES
}

fn excerpt<'a>(
    labels: &[(&'a Label, AnnotationKind)],
    sources: &'a Sources,
) -> Option<Snippet<'a, annotate_snippets::Annotation<'a>>> {
    let id: SourceId = labels[0].0.span.source;
    let source = sources.get(id);
    // Pass only the relevant lines, since the renderer processes all of its input.
    let lines = labels.iter().map(|(label, _)| {
        (
            source.line_index(label.span.start),
            source.line_index(label.span.end),
        )
    });
    let (first, last) = lines.fold((usize::MAX, 0), |(first, last), (start, end)| {
        (first.min(start), last.max(end))
    });
    let start = source.line_range(first).start;
    let end = source.line_range(last).end;
    if end - start > EXCERPT_BYTES {
        return None;
    }
    let annotations = labels.iter().map(|(label, kind)| {
        let span = label.span.start as usize - start..label.span.end as usize - start;
        let annotation = kind.span(span);
        match label.text.as_str() {
            "" => annotation,
            text => annotation.label(text),
        }
    });
    let snippet = Snippet::source(&source.text()[start..end])
        .path(source.path().display().to_string())
        .line_start(first + 1)
        .annotations(annotations);
    Some(snippet)
}

/// The place of a label without its text.
fn origin<'a>(label: &Label, sources: &Sources) -> Origin<'a> {
    let position = sources.position(label.span);
    Origin::path(sources.get(label.span.source).path().display().to_string())
        .line(position.line)
        .char_column(position.column)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::findings;

    #[test]
    fn colour_changes_nothing_but_colour() {
        let findings = findings("{ 'command': 'a' }\n{ 'command': 'a' }");
        let (plain, styled) = (
            findings.to_string(),
            findings.report().styled(true).to_string(),
        );
        assert!(!plain.contains('\x1b') && styled.contains('\x1b'));
        let mut bare = String::new();
        for piece in styled.split('\x1b') {
            bare += piece
                .split_once('m')
                .filter(|_| piece.starts_with('['))
                .map_or(piece, |(_, text)| text);
        }
        assert_eq!(bare, plain);
    }

    #[test]
    fn the_first_line_names_the_place_of_the_caret() {
        for text in [
            "\t{\t'command':\t7 }",
            "# ü\u{1f600}\n{ 'command': 'ü' }",
            "{ 'command': 'a',\r\n  'data': 7,\r\n  'x': 1 }",
            "\u{feff}{ 'command': 7 }",
            "{ 'command': 'a'",
            "{ 'command':\n",
            "{ 'command': 'a', 'data': {\n  'b': [ 'int', 'str' ] } }",
            "##\n# @a:\n#   ü  @b: $\n##\n{ 'command': 'c', 'data': 'Gone' }",
        ] {
            let report = findings(text).report().limit(usize::MAX).to_string();
            for finding in report.split("\n\n").filter(|text| text.contains("-->")) {
                let (heading, _) = finding.split_once(": error: ").expect("an error");
                let (_, place) = finding.split_once("--> ").expect("a place");
                assert_eq!(place.lines().next(), Some(heading), "{finding}");
            }
        }
    }

    #[test]
    fn labels_far_apart_have_excerpts_of_their_own() {
        let text = |gap| {
            format!(
                "{{ 'command': 'a' }}\n{}{{ 'command': 'a' }}",
                "\n".repeat(gap)
            )
        };
        let excerpts = |gap| {
            let report = findings(&text(gap)).to_string();
            report.matches("--> s.json:").count() + report.matches("::: s.json:").count()
        };
        assert_eq!(excerpts(EXCERPT_LINES - 1), 1);
        assert_eq!(excerpts(EXCERPT_LINES), 2);
    }

    #[test]
    fn a_long_chain_of_includes_is_shown_from_both_ends() {
        let read = |path: &std::path::Path| {
            Ok(match path.to_str() {
                Some("99") => "{ 'command': 7 }".into(),
                number => {
                    let number: usize = number.and_then(|n| n.parse().ok()).unwrap_or(0);
                    format!("{{ 'include': '{}' }}", number + 1).into()
                }
            })
        };
        let error = crate::Loader::new().read_with(read).load("80").unwrap_err();
        let report = error.to_string();
        let notes = report
            .lines()
            .filter_map(|l| l.split_once("= note: included "));
        let notes: Vec<_> = notes.map(|(_, note)| note).collect();
        assert_eq!(
            notes,
            [
                "from 98:1",
                "from 97:1",
                "from 96:1",
                "from 95:1",
                "through 11 more files",
                "from 83:1",
                "from 82:1",
                "from 81:1",
                "from 80:1",
            ]
        );
    }

    #[test]
    fn a_line_that_is_too_long_is_reported_without_its_text() {
        let text = |length| format!("{{ 'command': 7 }} # {}", "x".repeat(length));
        assert!(findings(&text(100)).to_string().contains("'command': 7"));
        let report = findings(&text(EXCERPT_BYTES)).to_string();
        assert!(
            report.starts_with("s.json:1:14: error: unexpected '7'\n"),
            "{report}"
        );
        assert!(report.contains("--> s.json:1:14"), "{report}");
        assert!(!report.contains("'command': 7"));
    }

    #[test]
    fn control_characters_of_a_schema_do_not_reach_the_terminal() {
        let report = findings("{ 'command': \x1b[31m }\n{ 'event': 'A\x07' }").to_string();
        assert!(!report.contains(['\x1b', '\x07']), "{report:?}");
    }
}
