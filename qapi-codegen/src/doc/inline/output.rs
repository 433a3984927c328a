//! Links and code spans in Markdown.

use super::super::lines::longest_run;
use super::super::syntax::is_name;
use super::converter::{Converter, Mode};
use super::markup::titled;
use super::url::is_web_address;

impl Converter<'_, '_> {
    /// Text without its markup.
    pub(super) fn words(&mut self, text: &str) {
        let text = self.nested(text, self.mode);
        self.out.push_str(&text);
    }

    /// A name in the schema: a link if the generated code has such an item, otherwise a code span.
    pub(super) fn named(&mut self, name: &str) {
        let Some(path) = self.path_of(name) else {
            return self.code(name);
        };
        let is_line_start = self.is_line_start();
        self.open_bracket();
        if path != name {
            self.out.extend(["`", name, "`](", &path, ")"]);
            return;
        }
        self.out.extend(["`", name, "`]"]);
        if is_line_start && self.rest().starts_with(':') {
            // Without an escape, this would be a link reference definition.
            self.out.push_str("\\:");
            self.pos += 1;
        }
    }

    /// Text that links to a name in the schema.
    pub(super) fn titled_name(&mut self, title: &str, name: &str) {
        match self.path_of(name) {
            Some(path) => self.link(title, &path),
            None => self.words(title),
        }
    }

    /// The target of a link, unless it is inside another link.
    fn path_of(&self, name: &str) -> Option<String> {
        let is_place = self.mode != Mode::LinkText && is_name(name);
        let path = is_place.then(|| (self.resolve)(name))??;
        // Rustdoc interprets the `#` of a raw identifier as the start of a fragment.
        let segments = path.split("::");
        let plain = segments.map(|segment| segment.strip_prefix("r#").unwrap_or(segment));
        Some(plain.collect::<Vec<_>>().join("::"))
    }

    /// `` `text <url>`_ ``, or only the text if there is no URL.
    pub(super) fn hyperlink(&mut self, content: &str) {
        match titled(content) {
            Some((title, url)) if self.mode != Mode::LinkText && is_web_address(url) => {
                if title == url {
                    self.autolink(url);
                } else {
                    self.link(title, url);
                }
            }
            Some((title, _)) => self.words(title),
            None => self.words(content),
        }
    }

    /// `<url>`
    pub(super) fn autolink(&mut self, url: &str) {
        self.out.extend(["<", url, ">"]);
    }

    fn link(&mut self, title: &str, target: &str) {
        let title = self.nested(title, Mode::LinkText).replace('\n', " ");
        let (open, close) = if target.contains(['(', ')']) {
            ("](<", ">)")
        } else {
            ("](", ")")
        };
        self.open_bracket();
        self.out.extend([&title, open, target, close]);
    }

    /// Starts a link.
    fn open_bracket(&mut self) {
        if self.out.ends_with(']') {
            self.out.push(' ');
        } else if self.out.ends_with('!') {
            self.out.pop();
            self.out.push_str("\\!");
        }
        self.out.push('[');
    }

    /// A code span on a single line, because the start of another line could not be escaped.
    pub(super) fn code(&mut self, text: &str) {
        let words: Vec<&str> = text.split_whitespace().collect();
        let text = words.join(" ");
        let marks = "`".repeat(longest_run(&text, b'`') + 1);
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
}
