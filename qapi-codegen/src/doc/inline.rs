//! Words: the markup inside a paragraph, and the escapes that keep plain text plain.
//!
//! Three things are told apart: markup of the schema's language, which is rewritten; characters that would be markup
//! to Markdown, which are escaped where Markdown would really see markup; and everything else, which is copied.

use super::Resolve;
use std::borrow::Cow;

/// Converts the text of a paragraph, to stand behind `before` on its first line.
pub(super) fn paragraph(before: &str, text: &str, resolve: Resolve<'_>) -> String {
    let converted = Converter::new(text, Mode::Plain, resolve).run();
    let mut out = String::with_capacity(before.len() + converted.len());
    out.push_str(before);
    for (index, line) in converted.split('\n').enumerate() {
        if index > 0 {
            out.push('\n');
        }
        if index == 0 && !before.is_empty() {
            out.push_str(line);
        } else {
            out.push_str(&guarded(line.trim(), index == 0));
        }
    }
    out
}

/// Converts one line that stands behind something that keeps its start harmless, such as the marks of a heading.
pub(super) fn words(text: &str, resolve: Resolve<'_>) -> String {
    Converter::new(text, Mode::Plain, resolve).run()
}

/// A whole line in bold.
pub(super) fn strong(text: &str, resolve: Resolve<'_>) -> String {
    format!(
        "**{}**",
        Converter::new(text.trim(), Mode::Emphasis, resolve).run()
    )
}

/// Bold words that lead a text, with a colon.
pub(super) fn lead(text: &str, resolve: Resolve<'_>) -> String {
    let text = text.trim().trim_end_matches(':');
    format!(
        "**{}:**",
        Converter::new(text, Mode::Emphasis, resolve).run()
    )
}

/// The length of the longest run of a character.
pub(super) fn longest_run(text: &str, wanted: char) -> usize {
    text.split(|c| c != wanted).map(str::len).max().unwrap_or(0)
}

/// Escapes the start of a line where Markdown would see a block begin.
fn guarded(line: &str, is_first: bool) -> Cow<'_, str> {
    match hazard(line, is_first) {
        Some(at) => format!("{}\\{}", &line[..at], &line[at..]).into(),
        None => line.into(),
    }
}

/// Where an escape has to go so that a line of running text does not begin a heading, list, quote,
/// fence, table or rule.
fn hazard(line: &str, is_first: bool) -> Option<usize> {
    let is_mark = |rest: &str| rest.is_empty() || rest.starts_with(' ');
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if let Some(rest) = line[digits..].strip_prefix(['.', ')']) {
        // In the midst of a paragraph only an item 1 begins a list.
        let may_begin =
            is_first || line[..digits].trim_start_matches('0') == "1" && !rest.is_empty();
        let is_number = (1..=9).contains(&digits) && is_mark(rest) && may_begin;
        return is_number.then_some(digits);
    }
    let hashes = line.len() - line.trim_start_matches('#').len();
    let is_hazard = line.strip_prefix(['-', '+', '*']).is_some_and(is_mark)
        || hashes > 0 && is_mark(&line[hashes..])
        || line.starts_with('>')
        || line.starts_with("~~~")
        || line.bytes().all(|byte| b"-=_*:|+ ".contains(&byte));
    (is_hazard && !line.is_empty()).then_some(0)
}

/// What the converted text becomes part of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    Plain,
    /// Between asterisks, where no further ones may stand.
    Emphasis,
    /// Between brackets, where no link may stand.
    LinkText,
}

struct Converter<'t, 'r> {
    text: &'t str,
    pos: usize,
    out: String,
    mode: Mode,
    resolve: Resolve<'r>,
    last: LastOf,
    missing: Missing,
}

/// Where the last of each character stands that could close something: an opening one after it needs no escape.
struct LastOf {
    asterisk: usize,
    underscore: usize,
    tilde: usize,
    bracket: usize,
    angle: usize,
}

/// End markers that were looked for and do not come any more. Looking again each time would take quadratic time.
#[derive(Default)]
struct Missing {
    literal: bool,
    backtick: bool,
    emphasis: bool,
    strong: bool,
}

impl<'t, 'r> Converter<'t, 'r> {
    fn new(text: &'t str, mode: Mode, resolve: Resolve<'r>) -> Self {
        let last = |c: char| text.rfind(c).unwrap_or(0);
        let last = LastOf {
            asterisk: last('*'),
            underscore: last('_'),
            tilde: last('~'),
            bracket: last(']'),
            angle: last('>'),
        };
        let out = String::with_capacity(text.len());
        Converter {
            text,
            pos: 0,
            out,
            mode,
            resolve,
            last,
            missing: Missing::default(),
        }
    }

    fn run(mut self) -> String {
        while let Some(c) = self.rest().chars().next() {
            let is_markup = match c {
                '`' => self.literal() || self.quoted_word() || self.interpreted(),
                ':' => self.role(),
                '@' => self.reference(),
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
        self.out
    }

    fn rest(&self) -> &'t str {
        &self.text[self.pos..]
    }

    fn before(&self) -> Option<char> {
        self.text[..self.pos].chars().next_back()
    }

    fn is_inside_word(&self) -> bool {
        self.before()
            .is_some_and(|c| c.is_alphanumeric() || c == '_')
    }

    fn nested(&self, text: &'t str, mode: Mode) -> String {
        Converter::new(text, mode, self.resolve).run()
    }

    // Markup. Each answers whether it was there; if so, the position is behind it.

    /// ``` ``literal`` ```
    fn literal(&mut self) -> bool {
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
        // The last two of a longer run are the end; those before them are text.
        end += text[end + 2..].len() - text[end + 2..].trim_start_matches('`').len();
        if text[..end].trim_matches('`').is_empty() {
            return false;
        }
        self.code(&text[..end]);
        self.pos += end + 4;
        true
    }

    /// `` `word' ``, as quotes were typed once.
    fn quoted_word(&mut self) -> bool {
        let text = &self.rest()[1..];
        let Some(end) = text.find(['\'', '`', ' ', '\n']) else {
            return false;
        };
        let (word, after) = text.split_at(end);
        let is_end = after
            .strip_prefix('\'')
            .is_some_and(|after| !after.starts_with(|c: char| c.is_alphanumeric()));
        if !is_end || word.is_empty() {
            return false;
        }
        self.code(word);
        self.pos += word.len() + 2;
        true
    }

    /// `` `text` `` without a role, or `` `text <url>`_ ``.
    fn interpreted(&mut self) -> bool {
        let Some(content) = self.backticked(1) else {
            return false;
        };
        self.pos += content.len() + 2;
        let after = self.rest().trim_start_matches('_');
        let underscores = self.rest().len() - after.len();
        if (1..=2).contains(&underscores) && !after.starts_with(char::is_alphanumeric) {
            self.hyperlink(content);
            self.pos += underscores;
        } else {
            self.code(content);
        }
        true
    }

    /// The text up to the next backtick, if it starts `skip` bytes from here and has no blanks at its ends.
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
    fn role(&mut self) -> bool {
        let Some(name) = role_name(self.rest()).filter(|_| !self.is_inside_word()) else {
            return false;
        };
        let skip = name.len() + 3;
        let Some(content) = self.backticked(skip) else {
            return false;
        };
        let is_qapi = name == "qapi" || name.starts_with("qapi:");
        match titled(content) {
            Some((title, target)) => match (self.resolve)(target).filter(|_| is_qapi) {
                Some(path) => self.link(title, &linkable(&path)),
                None => {
                    let title = self.nested(title, self.mode);
                    self.out.push_str(&title);
                }
            },
            None => match content.trim_start_matches(['~', '!']) {
                name if is_qapi => self.named(name),
                text => self.code(text),
            },
        }
        self.pos += skip + content.len() + 1;
        true
    }

    /// `@name`
    fn reference(&mut self) -> bool {
        let text = &self.rest()[1..];
        let end = text
            .find(|c: char| !(c.is_ascii_alphanumeric() || "-_.".contains(c)))
            .unwrap_or(text.len());
        let mut name = text[..end].trim_end_matches(['-', '.']);
        if self.is_inside_word()
            || !name.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_')
        {
            return false;
        }
        if let Some((head, _)) = name.split_once('.')
            && (self.resolve)(name).is_none()
            && (self.resolve)(head).is_some()
        {
            // `@Type.member`
            name = head;
        }
        self.pos += 1 + name.len();
        self.named(name);
        true
    }

    /// `*emphasis*` and `**strong**`
    fn emphasis(&mut self) -> bool {
        if self.mode != Mode::Plain {
            return false;
        }
        let marks = if self.rest().starts_with("**") {
            "**"
        } else {
            "*"
        };
        let text = &self.rest()[marks.len()..];
        if !self.may_start_emphasis(text) {
            return false;
        }
        let is_missing = match marks {
            "*" => &mut self.missing.emphasis,
            _ => &mut self.missing.strong,
        };
        if *is_missing {
            return false;
        }
        let is_end = |at: &usize| *at > 0 && ends_emphasis(&text[..*at], &text[at + marks.len()..]);
        let Some(end) = text.match_indices(marks).map(|(at, _)| at).find(is_end) else {
            *is_missing = true;
            return false;
        };
        let content = self.nested(&text[..end], Mode::Emphasis);
        self.out.extend([marks, &content, marks]);
        self.pos += end + 2 * marks.len();
        true
    }

    fn may_start_emphasis(&self, text: &str) -> bool {
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

    /// A backslash takes away what the next character means; in front of a letter it is one itself, though the rules
    /// say otherwise: schemas write paths.
    fn escape(&mut self) -> bool {
        match self.rest()[1..].chars().next() {
            Some(c) if c.is_ascii_punctuation() => {
                if "\\`*_[]<&~".contains(c) {
                    self.out.push('\\');
                }
                self.out.push(c);
                self.pos += 2;
                true
            }
            Some(' ') => {
                self.pos += 2;
                true
            }
            Some('\n') => {
                self.pos += 1;
                true
            }
            _ => false,
        }
    }

    /// `<url>`
    fn bracketed_url(&mut self) -> bool {
        let text = &self.rest()[1..];
        let length = url_length(text);
        if self.mode == Mode::LinkText || length == 0 || !text[length..].starts_with('>') {
            return false;
        }
        self.out.extend(["<", &text[..length], ">"]);
        self.pos += length + 2;
        true
    }

    /// A URL that stands in the text as it is.
    fn url(&mut self) -> bool {
        let text = self.rest();
        let url = without_punctuation(&text[..url_length(text)]);
        if self.mode == Mode::LinkText || url.is_empty() {
            return false;
        }
        self.out.extend(["<", url, ">"]);
        self.pos += url.len();
        true
    }

    /// `--option`, of which rustdoc would make a dash and a word; and hyphens that may be a dash.
    fn hyphens(&mut self) -> bool {
        let text = self.rest().trim_start_matches('-');
        let width = self.rest().len() - text.len();
        let is_option = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        let word = &text[..text.find(|c| !is_option(c)).unwrap_or(text.len())];
        let word = word.trim_end_matches(['-', '_']);
        if width == 2 && !word.is_empty() && !self.is_inside_word() {
            self.code(&self.rest()[..width + word.len()]);
            self.pos += width + word.len();
        } else {
            self.out.push_str(&self.rest()[..width]);
            self.pos += width;
        }
        true
    }

    /// Blanks that lined something up shrink; two after a sentence stay.
    fn gap(&mut self) -> bool {
        let width = self.rest().len() - self.rest().trim_start_matches(' ').len();
        self.out.push_str(if width == 2 { "  " } else { " " });
        self.pos += width;
        true
    }

    // Output.

    /// A name of the schema: a link if it has a place in the generated Rust.
    fn named(&mut self, name: &str) {
        match (self.resolve)(name).filter(|_| self.mode != Mode::LinkText) {
            Some(path) => {
                let path = linkable(&path);
                let is_line_start = self.out.is_empty() || self.out.ends_with('\n');
                self.open_bracket();
                self.out.extend(["`", name, "`]"]);
                if path != name {
                    self.out.extend(["(", &path, ")"]);
                } else if self.rest().starts_with(['(', '['])
                    || is_line_start && self.rest().starts_with(':')
                {
                    // What follows would make another kind of link of it.
                    self.out.push('\\');
                    self.out.push_str(&self.rest()[..1]);
                    self.pos += 1;
                }
            }
            None => self.code(name),
        }
    }

    /// `` `text <url>`_ ``, or only the text if there is no URL to go to.
    fn hyperlink(&mut self, content: &'t str) {
        match titled(content).filter(|(_, target)| is_web_address(target)) {
            Some((title, target)) if title == target => self.out.extend(["<", target, ">"]),
            Some((title, target)) => self.link(title, target),
            None => {
                let text = titled(content).map_or(content, |(title, _)| title);
                let text = self.nested(text, self.mode);
                self.out.push_str(&text);
            }
        }
    }

    fn link(&mut self, title: &'t str, target: &str) {
        let title = self.nested(title, Mode::LinkText).replace('\n', " ");
        if self.mode == Mode::LinkText {
            self.out.push_str(&title);
            return;
        }
        self.open_bracket();
        let (open, close) = if target.contains(['(', ')']) {
            ("](<", ">)")
        } else {
            ("](", ")")
        };
        self.out.extend([&title, open, target, close]);
    }

    /// The start of a link, whatever stands before it.
    fn open_bracket(&mut self) {
        if self.out.ends_with(']') {
            self.out.push(' ');
        }
        if self.out.ends_with('!') {
            self.out.pop();
            self.out.push_str("\\!");
        }
        self.out.push('[');
    }

    /// A code span. It stays on one line: the start of the next could not be escaped in it.
    fn code(&mut self, text: &str) {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let marks = "`".repeat(longest_run(&text, '`') + 1);
        let pad = if text.starts_with('`') || text.ends_with('`') {
            " "
        } else {
            ""
        };
        if self.out.ends_with('`') {
            self.out.push(' ');
        }
        self.out.extend([&marks, pad, &text, pad, &marks]);
    }

    /// Copies a character that is no markup, or the whole run of it if Markdown would take the run as a whole.
    fn plain(&mut self, c: char) {
        let length = match c {
            '*' | '_' | '~' => self.rest().len() - self.rest().trim_start_matches(c).len(),
            _ => c.len_utf8(),
        };
        let run = &self.rest()[..length];
        if self.needs_escape(c, length) {
            self.out.extend(run.chars().flat_map(|c| ['\\', c]));
        } else {
            self.out.push_str(run);
        }
        self.pos += length;
    }

    fn needs_escape(&self, c: char, length: usize) -> bool {
        let end = self.pos + length;
        let after = &self.text[end..];
        match c {
            '`' => true,
            '*' => {
                self.mode == Mode::Emphasis
                    || self.last.asterisk >= end && self.opens_emphasis(c, after)
            }
            '_' => self.last.underscore >= end && self.opens_emphasis(c, after),
            '~' => self.last.tilde >= end && self.opens_emphasis(c, after),
            '[' => self.mode == Mode::LinkText || self.last.bracket >= end,
            ']' => self.mode == Mode::LinkText,
            '<' => {
                let is_line_start = matches!(self.before(), None | Some('\n'));
                let is_tag =
                    after.starts_with(|c: char| c.is_ascii_alphabetic() || "/!?".contains(c));
                is_tag && (is_line_start || self.last.angle >= end)
            }
            '&' => is_entity(after),
            '\\' => !after.starts_with(|c: char| !c.is_ascii_punctuation() && c != '\n'),
            _ => false,
        }
    }

    /// Whether Markdown takes a run of `c` for the start of emphasis.
    fn opens_emphasis(&self, c: char, after: &str) -> bool {
        let is_blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
        let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let before = self.out.chars().next_back();
        let next = after.chars().next();
        let is_left_flanking = !is_blank(next) && (is_word(next) || !is_word(before));
        is_left_flanking && (c != '_' || !is_word(before))
    }
}

/// A path as a link can say it: rustdoc takes the `#` of a raw identifier for the start of a fragment.
fn linkable(path: &str) -> String {
    let segments = path
        .split("::")
        .map(|segment| segment.strip_prefix("r#").unwrap_or(segment));
    segments.collect::<Vec<_>>().join("::")
}

/// The name in `` :name:` ``.
fn role_name(text: &str) -> Option<&str> {
    const LONGEST: usize = 64;
    let text = text.strip_prefix(':')?;
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.:+".contains(byte);
    let end = text.bytes().take(LONGEST).take_while(is_part).count();
    let name = text[..end].strip_suffix(':')?;
    (text[end..].starts_with('`') && name.starts_with(|c: char| c.is_ascii_alphabetic()))
        .then_some(name)
}

/// `title <target>`
fn titled(content: &str) -> Option<(&str, &str)> {
    let (title, target) = content.strip_suffix('>')?.rsplit_once('<')?;
    let title = title.trim();
    Some((if title.is_empty() { target } else { title }, target))
}

/// Whether emphasis may end between two texts.
fn ends_emphasis(content: &str, after: &str) -> bool {
    let is_text_end = !content.ends_with(|c: char| c.is_whitespace() || c == '\\');
    is_text_end
        && after
            .chars()
            .next()
            .is_none_or(|c| c.is_whitespace() || "'\")]}>-/:.,;!?\\".contains(c))
}

const SCHEMES: [&str; 3] = ["http://", "https://", "ftp://"];

fn is_web_address(target: &str) -> bool {
    url_length(target) == target.len()
        || target.starts_with("mailto:") && !target.contains([' ', '\n', '\\', '<'])
}

/// The length of the URL at the start of a text, 0 if there is none.
fn url_length(text: &str) -> usize {
    let Some(scheme) = SCHEMES.into_iter().find(|scheme| text.starts_with(scheme)) else {
        return 0;
    };
    let host = &text[scheme.len()..];
    if !host.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return 0;
    }
    let end = host
        .find(|c: char| c.is_whitespace() || "<>\"`\\".contains(c))
        .unwrap_or(host.len());
    scheme.len() + end
}

/// A URL without what belongs to the sentence around it.
fn without_punctuation(mut url: &str) -> &str {
    loop {
        let trimmed = url.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '_', '~']);
        let shorter = match trimmed.strip_suffix(')') {
            Some(inner) if !inner.contains('(') => inner,
            _ => trimmed.strip_suffix([']', '}']).unwrap_or(trimmed),
        };
        if shorter.len() == url.len() {
            return url;
        }
        url = shorter;
    }
}

/// Whether the text behind a `&` makes it a character reference.
fn is_entity(text: &str) -> bool {
    const LONGEST: usize = 33;
    let name = text.strip_prefix('#').unwrap_or(text);
    let length = name
        .bytes()
        .take(LONGEST)
        .take_while(u8::is_ascii_alphanumeric)
        .count();
    length > 0 && name[length..].starts_with(';')
}
