//! The state of a conversion: where it is in the text, and what has been written.

/// Resolves `@name`: returns the Rust path of the item or field, or `None` for a name that
/// has none.
///
/// If the name alone refers to the same item, the path must be the name, because
/// rustdoc warns about longer ones.
pub(crate) type Resolve<'r> = &'r dyn Fn(&str) -> Option<String>;

/// The context of the converted text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// A paragraph of its own.
    Plain,
    /// Text between asterisks, which may not contain others.
    Emphasis,
    /// Text between brackets, which may not contain links.
    LinkText,
}

pub(super) struct Converter<'t, 'r> {
    pub(super) text: &'t str,
    /// The position of the rest of the text.
    pub(super) pos: usize,
    pub(super) out: String,
    pub(super) mode: Mode,
    pub(super) resolve: Resolve<'r>,
    pub(super) last: LastOf,
    pub(super) missing: Missing,
    /// Whether the text contains URLs, which start with letters.
    has_urls: bool,
}

/// The last position of each closing character: an opening one after it
/// needs no escape.
#[derive(Default)]
pub(super) struct LastOf {
    pub(super) asterisk: usize,
    pub(super) underscore: usize,
    pub(super) tilde: usize,
    pub(super) bracket: usize,
    pub(super) angle: usize,
}

/// End markers that do not occur in the rest of the text. Searching again each time would take
/// quadratic time.
#[derive(Default)]
pub(super) struct Missing {
    pub(super) literal: bool,
    pub(super) backtick: bool,
    pub(super) emphasis: bool,
    pub(super) strong: bool,
}

impl<'t, 'r> Converter<'t, 'r> {
    pub(super) fn new(text: &'t str, mode: Mode, resolve: Resolve<'r>) -> Self {
        let mut last = LastOf::default();
        let mut has_urls = false;
        for (at, &byte) in text.as_bytes().iter().enumerate() {
            match byte {
                b'*' => last.asterisk = at,
                b'_' => last.underscore = at,
                b'~' => last.tilde = at,
                b']' => last.bracket = at,
                b'>' => last.angle = at,
                // A URL gets an angle bracket.
                b':' if text[at..].starts_with("://") => (has_urls, last.angle) = (true, at),
                _ => {}
            }
        }
        Converter {
            text,
            pos: 0,
            out: String::with_capacity(text.len()),
            mode,
            resolve,
            last,
            missing: Missing::default(),
            has_urls,
        }
    }

    pub(super) fn run(mut self) -> String {
        loop {
            self.copy_words();
            let Some(c) = self.rest().chars().next() else {
                return self.out;
            };
            let is_markup = match c {
                '`' => self.literal() || self.quoted_word() || self.interpreted(),
                ':' => self.role(),
                '@' => self.reference(),
                '#' => self.optional_marker(),
                '*' => self.emphasis(),
                '\\' => self.escape(),
                '<' => self.bracketed_url(),
                'h' | 'f' => self.url(),
                '-' => self.hyphens(),
                ' ' => self.gap(),
                _ => false,
            };
            if !is_markup {
                self.plain(c);
            }
        }
    }

    /// Copies words, with one blank between them, up to the next character that may be markup.
    fn copy_words(&mut self) {
        let rest = self.rest();
        let bytes = rest.as_bytes();
        let mut length = 0;
        while length < bytes.len() {
            match bytes[length] {
                b'h' | b'f' if self.has_urls => break,
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => {}
                b' ' if length > 0
                    && bytes[length - 1] != b' '
                    && length + 1 < bytes.len()
                    && bytes[length + 1].is_ascii_alphanumeric() => {}
                _ => break,
            }
            length += 1;
        }
        self.out.push_str(&rest[..length]);
        self.pos += length;
    }

    /// Converts a part of the text.
    pub(super) fn nested(&self, text: &str, mode: Mode) -> String {
        Converter::new(text, mode, self.resolve).run()
    }

    pub(super) fn rest(&self) -> &'t str {
        &self.text[self.pos..]
    }

    pub(super) fn before(&self) -> Option<char> {
        self.text[..self.pos].chars().next_back()
    }

    pub(super) fn is_inside_word(&self) -> bool {
        let before = self.before();
        before.is_some_and(|c| c.is_alphanumeric() || c == '_')
    }

    /// Whether nothing has been written to the current line.
    pub(super) fn is_line_start(&self) -> bool {
        let line = self.out.trim_end_matches(' ');
        line.is_empty() || line.ends_with('\n')
    }
}
