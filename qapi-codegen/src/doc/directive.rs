//! Explicit markup: everything that starts with `..`.

use super::block::{self, Block, JSON, Scope, TEXT};
use super::lines::{dedent, hang, is_blank, trim_blank};
use super::syntax::{field, is_word_end};
use std::borrow::Cow;

/// Whether a line is explicit markup: a directive, a target, a footnote or a comment.
pub(super) fn is_explicit(line: &str) -> bool {
    line.strip_prefix("..").is_some_and(is_word_end)
}

/// Whether a line starts a directive.
pub(super) fn is_directive(line: &str) -> bool {
    is_explicit(line) && split(line[2..].trim()).is_some()
}

/// Reads explicit markup: `first` is its line, `body` the indented lines below it.
pub(super) fn parse<'a>(first: &'a str, body: &[&'a str], scope: Scope) -> Vec<Block<'a>> {
    let text = first[2..].trim();
    match split(text) {
        Some((name, argument)) => Directive::new(argument, body, scope.inner()).blocks(name),
        // A footnote.
        None if text.starts_with('[') => block::parse(&hang(text, body), scope.inner()),
        // Targets, substitutions and comments are not for the reader.
        None => Vec::new(),
    }
}

/// `name:: argument`
fn split(text: &str) -> Option<(&str, &str)> {
    let (name, argument) = text.split_once("::")?;
    let is_part = |c: char| c.is_ascii_alphanumeric() || "-_.:+".contains(c);
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.chars().all(is_part);
    (is_name && is_word_end(argument)).then(|| (name, argument.trim()))
}

struct Directive<'a> {
    argument: &'a str,
    options: Vec<(&'a str, &'a str)>,
    /// What stands below the options.
    body: Vec<&'a str>,
    /// That of the body.
    scope: Scope,
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

impl<'a> Directive<'a> {
    fn new(argument: &'a str, body: &[&'a str], scope: Scope) -> Self {
        let options = body.iter().map_while(|line| field(line.trim_start()));
        let options: Vec<_> = options.collect();
        let body = body[options.len()..].to_vec();
        Directive {
            argument,
            options,
            body,
            scope,
        }
    }

    fn option(&self, name: &str) -> Option<&'a str> {
        let mut options = self.options.iter();
        options.find_map(|&(option, value)| (option == name).then_some(value))
    }

    fn blocks(self, name: &str) -> Vec<Block<'a>> {
        match name.to_ascii_lowercase().as_str() {
            "qmp-example" => self.example(),
            "code-block" | "code" | "sourcecode" => self.code(),
            "parsed-literal" | "math" | "csv-table" => vec![self.preformatted(TEXT)],
            "table" | "list-table" | "figure" => self.captioned(),
            "admonition" => self.titled_note(),
            "seealso" => self.note("See also"),
            "deprecated" | "deprecated-removed" => self.version_note("Deprecated since"),
            "versionadded" => self.version_note("Added in"),
            "versionchanged" => self.version_note("Changed in"),
            "versionremoved" => self.version_note("Removed in"),
            name => match NOTES.iter().find(|note| note.eq_ignore_ascii_case(name)) {
                Some(note) => self.note(note),
                // Unknown, but its text is text.
                None => self.text(),
            },
        }
    }

    /// All that is said, the argument being the start of it.
    fn text(&self) -> Vec<Block<'a>> {
        block::parse(&hang(self.argument, &self.body), self.scope)
    }

    fn note(&self, lead: &'static str) -> Vec<Block<'a>> {
        let lead = Some(lead.into());
        let blocks = self.text();
        vec![Block::Quote { lead, blocks }]
    }

    /// A note whose argument is its title, which may take several lines.
    fn titled_note(&self) -> Vec<Block<'a>> {
        let more = match self.argument {
            "" => 0,
            _ => self.body.iter().take_while(|line| !is_blank(line)).count(),
        };
        let (title, body) = self.body.split_at(more);
        let lead = Some(match self.argument {
            "" => "Note".into(),
            argument => joined(argument, title),
        });
        let blocks = block::parse(&dedent(body), self.scope);
        vec![Block::Quote { lead, blocks }]
    }

    /// A note whose argument is a version, perhaps with the start of the text behind it.
    fn version_note(&self, what: &str) -> Vec<Block<'a>> {
        let argument = self.argument;
        let (version, text) = argument.split_once(' ').unwrap_or((argument, ""));
        let lead = format!("{what} {version}").trim_end().to_owned();
        let lead = Some(lead.into());
        let blocks = block::parse(&hang(text.trim_start(), &self.body), self.scope);
        vec![Block::Quote { lead, blocks }]
    }

    /// Something that the argument is the title of.
    fn captioned(&self) -> Vec<Block<'a>> {
        let caption = Some(self.argument).filter(|title| !title.is_empty());
        let mut blocks = Vec::from_iter(caption.map(|title| Block::Caption(title.into())));
        blocks.extend(block::parse(&dedent(&self.body), self.scope));
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

    /// A transcript, or, where it is annotated, text with transcripts as its literal blocks.
    fn example(&self) -> Vec<Block<'a>> {
        let mut blocks = vec![match self.option("title") {
            Some(title) if !title.is_empty() => Block::Caption(format!("Example: {title}").into()),
            _ => Block::Paragraph(vec!["Example:"]),
        }];
        if self.option("annotated").is_some() {
            let lines = hang(self.argument, &self.body);
            blocks.extend(block::parse(&lines, self.scope.with_literal(JSON)));
        } else {
            blocks.push(self.preformatted(JSON));
        }
        blocks
    }
}

fn joined<'a>(first: &'a str, more: &[&'a str]) -> Cow<'a, str> {
    if more.is_empty() {
        return first.into();
    }
    let lines = std::iter::once(first).chain(more.iter().map(|line| line.trim()));
    lines.collect::<Vec<_>>().join(" ").into()
}
