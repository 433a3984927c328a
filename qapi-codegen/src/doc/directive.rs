//! Explicit markup: everything that starts with `..`.

use super::block::{self, Block, JSON, Scope, TEXT};
use super::lines::{dedent, hang, is_blank, trim_blank};
use super::syntax;
use std::borrow::Cow;

/// Whether a line is explicit markup: a directive, a target, a footnote or a comment.
pub(super) fn is_explicit(line: &str) -> bool {
    line.strip_prefix("..")
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

/// Whether a line starts a directive.
pub(super) fn is_directive(line: &str) -> bool {
    is_explicit(line) && split(line[2..].trim()).is_some()
}

/// Reads explicit markup: `first` is its line, `body` the indented lines below it.
pub(super) fn parse<'a>(first: &'a str, body: &[&'a str], scope: Scope) -> Vec<Block<'a>> {
    let text = first[2..].trim();
    match split(text) {
        Some((name, argument)) => Directive::new(argument, body, scope).blocks(name),
        None if text.starts_with('[') => block::parse(&hang(text, body), scope.inner()),
        // Targets, substitutions and comments are not for the reader.
        None => Vec::new(),
    }
}

/// `name:: argument`
fn split(text: &str) -> Option<(&str, &str)> {
    let (name, argument) = text.split_once("::")?;
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_.:+".contains(&byte));
    (is_name && (argument.is_empty() || argument.starts_with(' '))).then(|| (name, argument.trim()))
}

struct Directive<'a> {
    argument: &'a str,
    options: Vec<(&'a str, &'a str)>,
    /// What is below the options.
    body: Vec<&'a str>,
    scope: Scope,
}

impl<'a> Directive<'a> {
    fn new(argument: &'a str, body: &[&'a str], scope: Scope) -> Self {
        let is_option = |line: &&&'a str| syntax::field(line.trim_start()).is_some();
        let count = body.iter().take_while(is_option).count();
        let (options, body) = body.split_at(count);
        let options = options
            .iter()
            .filter_map(|line| syntax::field(line.trim_start()))
            .collect();
        Directive {
            argument,
            options,
            body: body.to_vec(),
            scope: scope.inner(),
        }
    }

    fn option(&self, name: &str) -> Option<&'a str> {
        self.options
            .iter()
            .find(|(option, _)| *option == name)
            .map(|(_, value)| *value)
    }

    fn blocks(self, name: &str) -> Vec<Block<'a>> {
        match name.to_ascii_lowercase().as_str() {
            "admonition" => self.titled_note(),
            "code-block" | "code" | "sourcecode" => self.code(),
            "parsed-literal" | "math" | "csv-table" => vec![self.preformatted(TEXT)],
            "qmp-example" => self.example(),
            "table" | "list-table" | "figure" => self.captioned(),
            "deprecated" | "deprecated-removed" => self.version_note("Deprecated since"),
            "versionadded" => self.version_note("Added in"),
            "versionchanged" => self.version_note("Changed in"),
            "versionremoved" => self.version_note("Removed in"),
            "seealso" => self.note("See also"),
            name => match NOTES.iter().find(|note| note.eq_ignore_ascii_case(name)) {
                Some(note) => self.note(*note),
                None => self.text(),
            },
        }
    }

    /// All that is said, the argument being the start of it.
    fn text(&self) -> Vec<Block<'a>> {
        block::parse(&hang(self.argument, &self.body), self.scope)
    }

    /// What is said below the argument.
    fn body(&self) -> Vec<Block<'a>> {
        block::parse(&dedent(&self.body), self.scope)
    }

    fn note(&self, lead: impl Into<Cow<'a, str>>) -> Vec<Block<'a>> {
        vec![Block::Quote {
            lead: Some(lead.into()),
            blocks: self.text(),
        }]
    }

    /// The argument is the title of the note, and may take several lines.
    fn titled_note(&self) -> Vec<Block<'a>> {
        let more = self.body.iter().take_while(|line| !is_blank(line)).count();
        let (title, body) = match self.argument {
            "" => ("Note".into(), &self.body[..]),
            argument => (joined(argument, &self.body[..more]), &self.body[more..]),
        };
        vec![Block::Quote {
            lead: Some(title),
            blocks: block::parse(&dedent(body), self.scope),
        }]
    }

    /// The argument is a version, perhaps with the start of the text behind it.
    fn version_note(&self, what: &str) -> Vec<Block<'a>> {
        let (version, text) = self.argument.split_once(' ').unwrap_or((self.argument, ""));
        let lead = format!("{what} {version}").trim_end().to_owned();
        let blocks = block::parse(&hang(text.trim_start(), &self.body), self.scope);
        vec![Block::Quote {
            lead: Some(lead.into()),
            blocks,
        }]
    }

    fn captioned(&self) -> Vec<Block<'a>> {
        let mut blocks = Vec::new();
        if !self.argument.is_empty() {
            blocks.push(Block::Caption(self.argument.into()));
        }
        blocks.extend(self.body());
        blocks
    }

    fn code(&self) -> Vec<Block<'a>> {
        let language = match self.argument.to_ascii_lowercase().as_str() {
            "json" | "json5" | "qmp" => JSON,
            "" => self.scope.literal,
            _ => TEXT,
        };
        vec![self.preformatted(language)]
    }

    fn preformatted(&self, language: &'static str) -> Block<'a> {
        block::fence(dedent(trim_blank(&self.body)), language)
    }

    fn example(self) -> Vec<Block<'a>> {
        let mut blocks = vec![match self.option("title") {
            Some(title) if !title.is_empty() => Block::Caption(format!("Example: {title}").into()),
            _ => Block::Paragraph(vec!["Example:"]),
        }];
        if self.option("annotated").is_some() {
            let scope = Scope {
                literal: JSON,
                ..self.scope
            };
            blocks.extend(block::parse(&hang(self.argument, &self.body), scope));
        } else {
            blocks.push(self.preformatted(JSON));
        }
        blocks
    }
}

/// Directives that set a text apart and are called what the reader should see.
const NOTES: [&str; 10] = [
    "Note",
    "Warning",
    "Caution",
    "Tip",
    "Hint",
    "Important",
    "Attention",
    "Danger",
    "Error",
    "Todo",
];

fn joined<'a>(first: &'a str, more: &[&'a str]) -> Cow<'a, str> {
    if more.is_empty() {
        return first.into();
    }
    let words = std::iter::once(first).chain(more.iter().map(|line| line.trim()));
    words.collect::<Vec<_>>().join(" ").into()
}
