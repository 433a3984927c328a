//! Findings as text: a line that tools can parse, then the source with carets.

use std::fmt;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::{Diagnostic, Diagnostics, Label, Severity};
use crate::source::{SourceId, Sources, Span};

/// Labels that are at most this many lines apart share an excerpt.
const EXCERPT_LINES: usize = 40;

/// The longest excerpt, in bytes. What is longer, such as a file without line ends, is only named: nobody reads it,
/// and a thousand of them take minutes.
const EXCERPT_BYTES: usize = 16 << 10;

/// How many includes of a chain are shown.
const INCLUDE_NOTES: usize = 8;

/// Displays findings one after another.
pub(super) struct Report<'a> {
    diagnostics: &'a Diagnostics,
    renderer: Renderer,
}

impl<'a> Report<'a> {
    pub(super) fn new(diagnostics: &'a Diagnostics, styled: bool) -> Self {
        let renderer = if styled {
            Renderer::styled()
        } else {
            Renderer::plain()
        };
        Self {
            diagnostics,
            renderer,
        }
    }
}

impl fmt::Display for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, finding) in self.diagnostics.iter().enumerate() {
            if index > 0 {
                f.write_str("\n\n")?;
            }
            f.write_str(&one(finding, &self.diagnostics.sources, &self.renderer))?;
        }
        Ok(())
    }
}

fn one(finding: &Diagnostic, sources: &Sources, renderer: &Renderer) -> String {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    // The level's name carries the place, so that the first line is `PATH:LINE[:COL]: error: MESSAGE`.
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

/// How a file came to be included, innermost first; of a long chain the ends.
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
    let severity = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let (source, line, column) = finding.reported_at(sources);
    let path = sources.get(source).path().display();
    match column {
        Some(column) => format!("{path}:{line}:{column}: {severity}"),
        None => format!("{path}:{line}: {severity}"),
    }
}

/// The labels of a finding; those that stand close together share an excerpt.
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
    // Only the lines that matter go to the renderer: it walks all that it is given.
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

/// The place of a label, its text left out.
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
        let (plain, styled) = (findings.to_string(), findings.styled().to_string());
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
    fn labels_far_apart_have_excerpts_of_their_own() {
        let text = |gap| {
            format!(
                "{{ 'command': 'a' }}\n{}{{ 'command': 'a' }}",
                "\n".repeat(gap)
            )
        };
        let excerpts = |gap| findings(&text(gap)).to_string().matches("s.json:").count();
        assert_eq!(excerpts(EXCERPT_LINES - 1), 2);
        assert_eq!(excerpts(EXCERPT_LINES), 3);
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
    fn a_line_that_is_too_long_is_named_only() {
        let text = |length| format!("{{ 'command': 7 }} # {}", "x".repeat(length));
        assert!(findings(&text(100)).to_string().contains("'command': 7"));
        let report = findings(&text(EXCERPT_BYTES)).to_string();
        assert!(
            report.starts_with("s.json:1:14: error: stray '7'\n"),
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
