//! Style rules for documentation: the length of lines and the space between sentences.

use super::indent::indent;
use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// The maximum length of a comment line, including its `# `, in characters.
const MAX_LINE: usize = 70;

/// Checks lines one after another. Literal blocks are exempt.
#[derive(Default)]
pub(super) struct Style {
    literal: Literal,
}

#[derive(Default)]
enum Literal {
    #[default]
    Outside,
    /// After the line that opens the block.
    Opened,
    /// Inside the block, with the indentation of its first line.
    Inside(usize),
}

impl Style {
    /// Checks a line. `span` is its comment from the `#` on, and `indent` is the text before that.
    pub(super) fn check<'a>(
        &mut self,
        line: &str,
        span: Span,
        indent: impl Fn() -> &'a str,
    ) -> Option<Diagnostic> {
        self.follow(line);
        match self.literal {
            Literal::Outside => too_long(line, span).or_else(|| single_space(line, span, indent)),
            _ => None,
        }
    }

    fn follow(&mut self, line: &str) {
        if opens_literal(line) {
            self.literal = Literal::Opened;
        } else if !line.is_empty() {
            self.literal = match self.literal {
                Literal::Outside => Literal::Outside,
                Literal::Opened if indent(line) == 0 => Literal::Opened,
                Literal::Opened => Literal::Inside(indent(line)),
                Literal::Inside(least) if indent(line) >= least => Literal::Inside(least),
                Literal::Inside(_) => Literal::Outside,
            };
        }
    }
}

/// `::` alone on its line, or `.. qmp-example::`.
fn opens_literal(line: &str) -> bool {
    let Some(before) = line.strip_suffix("::") else {
        return false;
    };
    let directive = before
        .strip_prefix("..")
        .filter(|rest| rest.starts_with(' '))
        .and_then(|rest| rest.trim_start_matches(' ').strip_prefix("qmp-example"));
    directive.unwrap_or(before).trim_matches(' ').is_empty()
}

fn too_long(line: &str, span: Span) -> Option<Diagnostic> {
    // A line has at most as many characters as bytes.
    if line.len() + 2 <= MAX_LINE {
        return None;
    }
    let length = line.chars().count() + 2;
    let is_url = || {
        let text = line.trim_start_matches(' ');
        let schemes = ["http://", "https://", "ftp://"];
        schemes.iter().any(|scheme| text.starts_with(scheme)) && !text.contains(' ')
    };
    (length > MAX_LINE && !is_url()).then(|| {
        Diagnostic::error(
            span,
            format!("documentation line longer than {MAX_LINE} characters"),
        )
        .says(format!("{length} characters"))
    })
}

/// The end of a sentence followed by a single space.
fn single_space<'a>(line: &str, span: Span, indent: impl Fn() -> &'a str) -> Option<Diagnostic> {
    let end = sentence_end(line)?;
    let indent = indent();
    let space = span.start as usize + 2 + end + 1;
    let space = Span::new(span.source, space, space + 1);
    // QEMU counts the column from the start of the comment.
    let column = 2 + line[..=end].chars().count();
    let whole = indent.chars().chain("# ".chars()).chain(line.chars());
    let before: usize = whole.take(column).map(char::len_utf8).sum();
    let counted = span.start as usize - indent.len() + before;
    let counted = Span::new(span.source, counted, counted);
    Some(Diagnostic::error(counted, "use two spaces between sentences").underline(space))
}

/// Finds a sentence that ends with a single space. `e.g.` and the number of a list item do not end a sentence.
fn sentence_end(line: &str) -> Option<usize> {
    let bytes = line.as_bytes();
    // The fast path for nearly all lines.
    let mut stops = memchr::memchr3_iter(b'.', b'!', b'?', bytes);
    if !stops.any(|at| bytes.get(at + 1) == Some(&b' ')) {
        return None;
    }
    let goes_on = |at: usize| {
        bytes.get(at) == Some(&b' ')
            && bytes
                .get(at + 1)
                .is_some_and(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || *c == b'(')
    };
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut at = 0;
    while at < bytes.len() {
        let exempt = match bytes[at] {
            b'e' if bytes[at..].starts_with(b"e.g.") && !line[..at].ends_with(is_word) => {
                Some(at + 4)
            }
            _ if at == 0 => item_number(line),
            _ => None,
        };
        match exempt.filter(|&behind| goes_on(behind)) {
            // The text after it has been read already.
            Some(behind) => at = behind + 2,
            None if matches!(bytes[at], b'.' | b'!' | b'?') && goes_on(at + 1) => return Some(at),
            None => at += 1,
        }
    }
    None
}

/// The offset after `1.` at the start of a line.
fn item_number(line: &str) -> Option<usize> {
    let number = line.trim_start_matches(' ');
    let mut chars = number.chars();
    (chars.next()?.is_ascii_digit() && chars.next()? == '.')
        .then_some(line.len() - number.len() + 2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceId;

    fn faults(lines: &[&str]) -> Vec<(usize, String)> {
        let mut style = Style::default();
        let source = SourceId(0);
        let check = |(number, line): (usize, &&str)| {
            let fault = style.check(line, Span::new(source, 0, line.len()), || "")?;
            Some((number, fault.message().to_owned()))
        };
        lines.iter().enumerate().filter_map(check).collect()
    }

    #[test]
    fn long_lines_and_single_spaces_are_faults() {
        let long = "x".repeat(69);
        assert_eq!(faults(&[&long]).len(), 1);
        assert!(faults(&[&long[1..]]).is_empty());
        assert_eq!(faults(&["One. Two."]).len(), 1);
        assert_eq!(faults(&["One? (Two)"]).len(), 1);
        assert!(faults(&["One.  Two.", "e.g. This", "  1. Item", "v1.2 is", "a. b"]).is_empty());
        assert_eq!(faults(&["12. Item"]).len(), 1);
        assert_eq!(faults(&["e.g. A. B", "1. One. Two"]).len(), 2);
        assert_eq!(faults(&["the owner’s.  Two", "ü. A"]).len(), 1);
    }

    #[test]
    fn literal_blocks_and_lone_urls_are_exempt() {
        let url = format!("  https://example.org/{}", "x".repeat(60));
        assert!(faults(&[&url]).is_empty());
        let block = ["::", "", "  One. Two.", "    One. Two.", " One. Two."];
        assert_eq!(faults(&block).iter().map(|f| f.0).collect::<Vec<_>>(), [4]);
        assert!(faults(&["..  qmp-example::", "   One. Two."]).is_empty());
        assert_eq!(faults(&[".. note::", "   One. Two."]).len(), 1);
    }
}
