//! Lines of bytes, one message each.

use std::io::{self, BufRead, Read};

/// The maximum length of a line, so that no input can exhaust memory. QEMU has the same limit for its input.
const LIMIT: usize = 64 << 20;

/// Reads line by line.
pub(crate) struct Lines<R> {
    input: R,
    limit: usize,
    number: u64,
    text: Vec<u8>,
}

/// A line.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Line<'a> {
    /// Its number, from 1.
    pub(crate) number: u64,
    /// The text without surrounding white space; `None` if it exceeds the limit.
    pub(crate) text: Option<&'a [u8]>,
}

impl<R: BufRead> Lines<R> {
    pub(crate) fn new(input: R) -> Self {
        Self {
            input,
            limit: LIMIT,
            number: 0,
            text: Vec::new(),
        }
    }

    /// The next line that is not blank.
    pub(crate) fn next(&mut self) -> io::Result<Option<Line<'_>>> {
        loop {
            self.text.clear();
            // One more than the limit, to detect longer lines.
            let most = self.limit as u64 + 1;
            let length = (&mut self.input)
                .take(most)
                .read_until(b'\n', &mut self.text)?;
            if length == 0 {
                return Ok(None);
            }
            self.number += 1;
            if length > self.limit && self.text.last() != Some(&b'\n') {
                self.input.skip_until(b'\n')?;
                return Ok(Some(Line {
                    number: self.number,
                    text: None,
                }));
            }
            if !self.text.trim_ascii().is_empty() {
                break;
            }
        }
        Ok(Some(Line {
            number: self.number,
            text: Some(self.text.trim_ascii()),
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_lines_are_counted_but_skipped() {
        assert_eq!(
            read("\n{}\r\n \t\r\n[] ", LIMIT),
            [(2, Some("{}".into())), (4, Some("[]".into()))]
        );
        assert_eq!(read("", LIMIT), []);
        assert_eq!(read("\n\n", LIMIT), []);
    }

    #[test]
    fn a_line_that_is_too_long_is_not_kept() {
        let text = "1234\n12345\n123456\n123456789012\nok";
        let long = |number| (number, None);
        let ok = |number, text: &str| (number, Some(text.to_owned()));
        assert_eq!(
            read(text, 5),
            [ok(1, "1234"), ok(2, "12345"), long(3), long(4), ok(5, "ok")]
        );
        assert_eq!(read("123456", 5), [long(1)]);
    }

    fn read(text: &str, limit: usize) -> Vec<(u64, Option<String>)> {
        let mut lines = Lines::new(text.as_bytes());
        lines.limit = limit;
        let mut read = Vec::new();
        while let Some(line) = lines.next().expect("memory can be read") {
            let text = line
                .text
                .map(|text| String::from_utf8_lossy(text).into_owned());
            read.push((line.number, text));
        }
        read
    }
}
