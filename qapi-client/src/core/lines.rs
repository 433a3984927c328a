//! Splits a stream of bytes into messages: one line each, or several if QEMU is set to `pretty=on`.

use memchr::{memchr, memrchr};

/// The agent sends this byte, which no JSON text contains, to separate a message from earlier data.
pub(super) const DELIMITER: u8 = 0xff;

/// A buffer that is larger than this is released once it is empty.
const KEPT_CAPACITY: usize = 64 * 1024;

pub(super) struct Lines {
    buffer: Vec<u8>,
    /// The start of the first message that was not taken yet.
    start: usize,
    /// The start of the first line of it that is not known to be complete.
    line: usize,
    /// There is no line feed between `line` and here.
    scanned: usize,
    limit: usize,
    delimited: bool,
}

/// A message without the end of its last line.
pub(super) struct Line<'a> {
    pub(super) bytes: &'a [u8],
    /// Whether the line followed a delimiter.
    pub(super) behind_delimiter: bool,
}

/// A message is longer than the limit; this is its beginning.
pub(super) struct TooLong<'a>(pub(super) &'a [u8]);

impl Lines {
    /// Lines of at most `limit` bytes; with `delimited`, a delimiter discards the text before it on the line.
    pub(super) fn new(limit: usize, delimited: bool) -> Self {
        Self {
            buffer: Vec::new(),
            start: 0,
            line: 0,
            scanned: 0,
            limit,
            delimited,
        }
    }

    pub(super) fn limit(&self) -> usize {
        self.limit
    }

    pub(super) fn set_limit(&mut self, limit: usize) {
        self.limit = limit;
    }

    pub(super) fn push(&mut self, bytes: &[u8]) {
        if self.start == self.buffer.len() {
            self.discard();
        } else if self.start > self.buffer.len() / 2 {
            self.buffer.drain(..self.start);
            self.line -= self.start;
            self.scanned -= self.start;
            self.start = 0;
        }
        self.buffer.extend_from_slice(bytes);
    }

    /// The next message that is complete. With `skips`, the limit does not apply to text that a delimiter discards.
    /// Otherwise, it does: the delimiter may not have been received when the limit is exceeded.
    pub(super) fn next(&mut self, skips: bool) -> Result<Option<Line<'_>>, TooLong<'_>> {
        let start = self.start;
        let Some(end) = self.find_end() else {
            let rest = match skips {
                true => self.rest(),
                false => without_return(&self.buffer[start..]),
            };
            return match rest.len() > self.limit {
                true => Err(TooLong(rest)),
                false => Ok(None),
            };
        };
        let mut bytes = without_return(&self.buffer[start..end]);
        if !skips && bytes.len() > self.limit {
            return Err(TooLong(bytes));
        }
        let mut behind_delimiter = false;
        if self.delimited
            && let Some(delimiter) = memrchr(DELIMITER, bytes)
        {
            bytes = &bytes[delimiter + 1..];
            behind_delimiter = true;
        }
        match bytes.len() > self.limit {
            true => Err(TooLong(bytes)),
            false => Ok(Some(Line {
                bytes,
                behind_delimiter,
            })),
        }
    }

    /// Finds the line feed that ends the first message, and moves on behind it.
    fn find_end(&mut self) -> Option<usize> {
        loop {
            let Some(length) = memchr(b'\n', &self.buffer[self.scanned..]) else {
                self.scanned = self.buffer.len();
                return None;
            };
            let end = self.scanned + length;
            let line = self.buffer[self.line..end].trim_ascii_end();
            // A pretty message begins with a line `{` and ends with a line `}`. All lines between are indented.
            let is_end = match self.line == self.start {
                true => line != b"{" || self.delimited,
                false => line == b"}",
            };
            self.line = end + 1;
            self.scanned = end + 1;
            if is_end {
                self.start = end + 1;
                return Some(end);
            }
        }
    }

    /// The incomplete message, after its last delimiter and without the beginning of a line end.
    pub(super) fn rest(&self) -> &[u8] {
        let rest = without_return(&self.buffer[self.start..]);
        let delimiter = self.delimited.then(|| memrchr(DELIMITER, rest)).flatten();
        delimiter.map_or(rest, |delimiter| &rest[delimiter + 1..])
    }

    /// Drops the received part of a line that is already too long.
    pub(super) fn discard_long_rest(&mut self) {
        if self.scanned == self.buffer.len() && self.rest().len() > self.limit {
            self.discard();
        }
    }

    /// Drops everything that was not taken.
    pub(super) fn discard(&mut self) {
        self.buffer.clear();
        if self.buffer.capacity() > KEPT_CAPACITY {
            self.buffer = Vec::new();
        }
        self.start = 0;
        self.line = 0;
        self.scanned = 0;
    }
}

/// Removes the carriage return of a line end.
fn without_return(line: &[u8]) -> &[u8] {
    line.strip_suffix(b"\r").unwrap_or(line)
}
