//! Lines and their indentation.

const TAB: usize = 8;

/// The text without anything that is not allowed in a `///` comment: tabs become blanks, other control
/// characters and bidirectional overrides are removed, and lines end in a newline without trailing
/// blanks.
pub(super) fn normalize(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 1);
    for line in text.split('\n') {
        if is_plain(line) {
            out.push_str(line.trim_end());
            out.push('\n');
        } else {
            line.split('\r')
                .for_each(|line| normalize_line(line, &mut out));
        }
    }
    out
}

/// Whether only line ends need normalizing, as in most texts. Build scripts are not optimized, so this is kept simple.
fn is_plain(line: &str) -> bool {
    for &byte in line.as_bytes() {
        if !matches!(byte, b' '..=b'~') {
            return false;
        }
    }
    true
}

fn normalize_line(line: &str, out: &mut String) {
    let mut column = 0;
    for c in line.chars() {
        if c == '\t' {
            let stop = column / TAB * TAB + TAB;
            out.extend(std::iter::repeat_n(' ', stop - column));
            column = stop;
        } else if !c.is_control() && !is_bidi_override(c) {
            out.push(c);
            column += 1;
        }
    }
    let is_blank = |c: char| c.is_whitespace() && c != '\n';
    out.truncate(out.trim_end_matches(is_blank).len());
    out.push('\n');
}

/// Characters that rustc rejects in comments because they can disguise text.
fn is_bidi_override(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Whether the line contains only white space.
pub(super) fn is_blank(line: &str) -> bool {
    for &byte in line.as_bytes() {
        match byte {
            b' ' => {}
            b'!'..=b'~' => return false,
            // Other white space is rare.
            _ => return line.trim().is_empty(),
        }
    }
    true
}

/// The number of blanks that a line starts with.
pub(super) fn indent_of(line: &str) -> usize {
    run_of(line, b' ')
}

/// The number of times that a line starts with a character of one byte.
pub(super) fn run_of(line: &str, c: u8) -> usize {
    let bytes = line.as_bytes();
    let mut run = 0;
    while run < bytes.len() && bytes[run] == c {
        run += 1;
    }
    run
}

/// The length of the longest run of a character of one byte.
pub(super) fn longest_run(text: &str, wanted: u8) -> usize {
    let (mut longest, mut run) = (0, 0);
    for &byte in text.as_bytes() {
        run = if byte == wanted { run + 1 } else { 0 };
        if run > longest {
            longest = run;
        }
    }
    longest
}

/// The lines without the blank ones at both ends.
pub(super) fn trim_blank<'s, 'a>(lines: &'s [&'a str]) -> &'s [&'a str] {
    let start = lines.iter().position(|line| !is_blank(line));
    let end = lines.iter().rposition(|line| !is_blank(line));
    match (start, end) {
        (Some(start), Some(end)) => &lines[start..=end],
        _ => &[],
    }
}

/// The lines without their common indentation.
pub(super) fn dedent<'a>(lines: &[&'a str]) -> Vec<&'a str> {
    shifted(lines, common_indent(lines)).collect()
}

pub(super) fn common_indent(lines: &[&str]) -> usize {
    let filled = lines.iter().filter(|line| !is_blank(line));
    filled.map(|line| indent_of(line)).min().unwrap_or(0)
}

/// The lines without their first `columns` blanks, which all but blank lines have.
pub(super) fn shifted<'a>(lines: &[&'a str], columns: usize) -> impl Iterator<Item = &'a str> {
    lines
        .iter()
        .map(move |line| line.get(columns..).unwrap_or(""))
}
