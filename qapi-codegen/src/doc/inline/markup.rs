//! Markup of the schema's language. Each method returns whether the markup was present; if so, it has been
//! read and written.

use super::super::lines::run_of;
use super::super::optional::without_optional_marker;
use super::super::syntax::is_name_char;
use super::converter::{Converter, Mode};
use super::url::{url_length, without_punctuation};

impl<'t> Converter<'t, '_> {
    /// ``` ``literal`` ```
    pub(super) fn literal(&mut self) -> bool {
        let Some(text) = self.rest().strip_prefix("``") else {
            return false;
        };
        if self.missing.literal || text.starts_with(char::is_whitespace) {
            return false;
        }
        let Some(mut end) = text.find("``") else {
            self.missing.literal = true;
            return false;
        };
        // The last two backticks of a run end the literal.
        end += run_of(&text[end + 2..], b'`');
        if run_of(&text[..end], b'`') == end {
            return false;
        }
        self.code(&text[..end]);
        self.pos += end + 4;
        true
    }

    /// `` `word' ``, an old style of quotes.
    pub(super) fn quoted_word(&mut self) -> bool {
        let text = &self.rest()[1..];
        let Some(end) = text.find(['\'', '`', ' ', '\n']) else {
            return false;
        };
        let (word, after) = text.split_at(end);
        let is_end = after
            .strip_prefix('\'')
            .is_some_and(|after| !after.starts_with(char::is_alphanumeric));
        if !is_end || word.is_empty() {
            return false;
        }
        self.code(word);
        self.pos += word.len() + 2;
        true
    }

    /// `` `text` `` without a role, or `` `text <url>`_ ``.
    pub(super) fn interpreted(&mut self) -> bool {
        let Some(content) = self.backticked(1) else {
            return false;
        };
        self.pos += content.len() + 2;
        let underscores = run_of(self.rest(), b'_');
        let after = &self.rest()[underscores..];
        if matches!(underscores, 1 | 2) && !after.starts_with(char::is_alphanumeric) {
            self.hyperlink(content);
            self.pos += underscores;
        } else {
            self.named(content);
        }
        true
    }

    /// The text up to the next backtick, if it starts `skip` bytes from here and has no blanks at
    /// its ends.
    fn backticked(&mut self, skip: usize) -> Option<&'t str> {
        if self.missing.backtick {
            return None;
        }
        let text = &self.rest()[skip..];
        let Some(end) = text.find('`') else {
            self.missing.backtick = true;
            return None;
        };
        let content = &text[..end];
        (!content.is_empty() && content.trim() == content).then_some(content)
    }

    /// `` :role:`content` ``
    pub(super) fn role(&mut self) -> bool {
        let Some(name) = role_name(self.rest()).filter(|_| !self.is_inside_word()) else {
            return false;
        };
        let skip = name.len() + 3;
        let Some(content) = self.backticked(skip) else {
            return false;
        };
        self.pos += skip + content.len() + 1;
        let is_qapi = name == "qapi" || name.starts_with("qapi:");
        match titled(content) {
            Some((title, target)) if is_qapi => self.titled_name(title, target),
            Some((title, _)) => self.words(title),
            None => {
                // Sphinx interprets these as display options.
                let text = content.trim_start_matches(['~', '!']);
                if is_qapi {
                    self.named(text);
                } else {
                    self.code(text);
                }
            }
        }
        true
    }

    /// `@name`
    pub(super) fn reference(&mut self) -> bool {
        let text = &self.rest()[1..];
        let end = text.find(|c| !is_name_char(c)).unwrap_or(text.len());
        let name = text[..end].trim_end_matches(['-', '.']);
        let is_start = |c: char| c.is_ascii_alphanumeric() || c == '_';
        if self.is_inside_word() || !name.starts_with(is_start) {
            return false;
        }
        let name = match name.split_once('.') {
            // `@Type.member`
            Some((head, _)) if !self.is_known(name) && self.is_known(head) => head,
            _ => name,
        };
        self.pos += 1 + name.len();
        if self.rest().starts_with(" : ") {
            // Some schemas have a space before the colon of a description.
            self.pos += 1;
        }
        self.named(name);
        true
    }

    /// `#optional` at the start of a description in the text.
    pub(super) fn optional_marker(&mut self) -> bool {
        let marker = without_optional_marker(self.rest());
        let is_marker = marker.len() < self.rest().len() && self.out.ends_with(": ");
        if is_marker {
            self.pos = self.text.len() - marker.len();
        }
        is_marker
    }

    fn is_known(&self, name: &str) -> bool {
        (self.resolve)(name).is_some()
    }

    /// `*emphasis*` and `**strong**`
    pub(super) fn emphasis(&mut self) -> bool {
        let marks = if self.rest().starts_with("**") {
            "**"
        } else {
            "*"
        };
        let text = &self.rest()[marks.len()..];
        if self.mode != Mode::Plain || !self.starts_emphasis(text) {
            return false;
        }
        let is_missing = match marks {
            "*" => &mut self.missing.emphasis,
            _ => &mut self.missing.strong,
        };
        if *is_missing {
            return false;
        }
        let mut ends = text.match_indices(marks).map(|(at, _)| at);
        let is_end = |at: &usize| ends_emphasis(&text[..*at], &text[at + marks.len()..]);
        let Some(end) = ends.find(is_end) else {
            *is_missing = true;
            return false;
        };
        let content = self.nested(&text[..end], Mode::Emphasis);
        self.out.extend([marks, &content, marks]);
        self.pos += end + 2 * marks.len();
        true
    }

    /// Whether emphasis may start before a text.
    fn starts_emphasis(&self, text: &str) -> bool {
        let before = self.before();
        let next = text.chars().next();
        let is_quoted = matches!(
            (before, next),
            (Some('\''), Some('\''))
                | (Some('"'), Some('"'))
                | (Some('('), Some(')'))
                | (Some('['), Some(']'))
        );
        let is_word_start = before.is_none_or(|c| c.is_whitespace() || "'\"([{<-/:".contains(c));
        is_word_start && !is_quoted && next.is_some_and(|c| !c.is_whitespace())
    }

    /// A backslash escapes the next character. Before a letter it is kept,
    /// contrary to the rules, because schemas contain paths.
    pub(super) fn escape(&mut self) -> bool {
        match self.rest()[1..].chars().next() {
            Some(c) if c.is_ascii_punctuation() => {
                self.pos += 2;
                self.literally(c);
            }
            Some(' ') => self.pos += 2,
            Some('\n') => self.pos += 1,
            _ => return false,
        }
        true
    }

    /// `<url>`
    pub(super) fn bracketed_url(&mut self) -> bool {
        let text = &self.rest()[1..];
        let length = url_length(text);
        if self.mode == Mode::LinkText || length == 0 || !text[length..].starts_with('>') {
            return false;
        }
        self.autolink(&text[..length]);
        self.pos += length + 2;
        true
    }

    /// A bare URL.
    pub(super) fn url(&mut self) -> bool {
        if self.mode == Mode::LinkText {
            return false;
        }
        let text = self.rest();
        let url = without_punctuation(&text[..url_length(text)]);
        if url.is_empty() {
            return false;
        }
        self.autolink(url);
        self.pos += url.len();
        true
    }

    /// `--option`, which rustdoc would show with a dash, and other runs of hyphens.
    pub(super) fn hyphens(&mut self) -> bool {
        let text = self.rest();
        let width = run_of(text, b'-');
        let mut end = width;
        if width == 2 && !self.is_inside_word() {
            let is_part = |c: char| is_name_char(c) && c != '.';
            let word = &text[width..];
            let word = &word[..word.find(|c| !is_part(c)).unwrap_or(word.len())];
            end += word.trim_end_matches(['-', '_']).len();
        }
        if end > width {
            self.code(&text[..end])
        } else {
            self.out.push_str(&text[..end])
        }
        self.pos += end;
        true
    }

    /// Spaces used for alignment become one; two after a sentence are kept.
    pub(super) fn gap(&mut self) -> bool {
        let width = run_of(self.rest(), b' ');
        self.out.push_str(if width == 2 { "  " } else { " " });
        self.pos += width;
        true
    }
}

/// The name in `` :name:` ``.
fn role_name(text: &str) -> Option<&str> {
    const LONGEST: usize = 64;
    let text = text.strip_prefix(':')?;
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.:+".contains(byte);
    let end = text.bytes().take(LONGEST).take_while(is_part).count();
    let name = text[..end].strip_suffix(':')?;
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic());
    (is_name && text[end..].starts_with('`')).then_some(name)
}

/// `title <target>`
pub(super) fn titled(content: &str) -> Option<(&str, &str)> {
    let (title, target) = content.strip_suffix('>')?.rsplit_once('<')?;
    let title = title.trim();
    Some((if title.is_empty() { target } else { title }, target))
}

/// Whether emphasis may end between two texts.
fn ends_emphasis(content: &str, after: &str) -> bool {
    let is_text_end = !content.ends_with(|c: char| c.is_whitespace() || c == '\\');
    let is_word_end = |c: char| c.is_whitespace() || "'\")]}>-/:.,;!?\\".contains(c);
    !content.is_empty() && is_text_end && after.chars().next().is_none_or(is_word_end)
}
