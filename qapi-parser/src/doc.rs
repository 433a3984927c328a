//! Parses documentation blocks into sections.
//!
//! Implements docs/qapi.md section 6, and section 7 for older documentation, where errors of form are warnings and no
//! text is lost.

mod block;
mod indent;
mod line;
mod sections;
mod style;

use crate::ast::{Doc, Docs, Run};
use crate::diagnostic::{Diagnostic, Findings};
use crate::source::Source;
use crate::syntax::{DocComment, is_space};
use block::Block;
use line::content;

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
    let mut block = Block::new(comment, source, docs, findings);
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
    fn a_block_is_divided_into_sections() {
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
    fn older_text_is_kept() {
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
    fn white_space_between_comments_is_not_text() {
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
    fn an_indented_intro_follows_the_rules_of_descriptions() {
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
