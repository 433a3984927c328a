//! Explicit markup: everything that starts with `..`.

use std::borrow::Cow;

use super::block::{self, Block, JSON, TEXT};
use super::hang::hang;
use super::lines::{dedent, is_blank, trim_blank};
use super::syntax::{directive, field};

/// A part of explicit markup. Its text is not divided into blocks yet.
pub(super) enum Piece<'a> {
    /// A complete block.
    Block(Block<'a>),
    /// Text, and the default language of its literal blocks.
    Text {
        lines: Vec<&'a str>,
        literal: &'static str,
    },
    /// The text of a note, and its title.
    Note {
        lead: Cow<'a, str>,
        lines: Vec<&'a str>,
    },
}

/// Reads explicit markup: `first` is its line, `body` the indented lines below it, `literal` the language of the literal
/// blocks around it.
pub(super) fn read<'a>(first: &'a str, body: &[&'a str], literal: &'static str) -> Vec<Piece<'a>> {
    let text = first[2..].trim();
    match directive(text) {
        Some((name, argument)) => Directive::new(argument, body, literal).pieces(name),
        // A footnote.
        None if text.starts_with('[') => {
            let lines = hang(text, body);
            vec![Piece::Text { lines, literal }]
        }
        // Targets, substitutions and comments are omitted.
        None => Vec::new(),
    }
}

struct Directive<'a> {
    argument: &'a str,
    options: Vec<(&'a str, &'a str)>,
    /// The text below the options.
    body: Vec<&'a str>,
    /// The default language of literal blocks.
    literal: &'static str,
}

/// Directives that become notes titled with their own names.
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
    fn new(argument: &'a str, body: &[&'a str], literal: &'static str) -> Self {
        let options = body.iter().map_while(|line| field(line.trim_start()));
        let options: Vec<_> = options.collect();
        let body = body[options.len()..].to_vec();
        Directive {
            argument,
            options,
            body,
            literal,
        }
    }

    fn option(&self, name: &str) -> Option<&'a str> {
        let mut options = self.options.iter();
        options.find_map(|&(option, value)| (option == name).then_some(value))
    }

    fn pieces(self, name: &str) -> Vec<Piece<'a>> {
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
                // Keep the text of unknown directives.
                None => vec![self.text(self.all())],
            },
        }
    }

    /// The whole text, which starts with the argument.
    fn all(&self) -> Vec<&'a str> {
        hang(self.argument, &self.body)
    }

    fn text(&self, lines: Vec<&'a str>) -> Piece<'a> {
        let literal = self.literal;
        Piece::Text { lines, literal }
    }

    fn note(&self, lead: &'static str) -> Vec<Piece<'a>> {
        let lead = lead.into();
        let lines = self.all();
        vec![Piece::Note { lead, lines }]
    }

    /// A note with its title, possibly of several lines, as the argument.
    fn titled_note(&self) -> Vec<Piece<'a>> {
        let more = match self.argument {
            "" => 0,
            _ => self.body.iter().take_while(|line| !is_blank(line)).count(),
        };
        let (title, body) = self.body.split_at(more);
        let lead = match self.argument {
            "" => "Note".into(),
            argument => joined(argument, title),
        };
        let lines = dedent(body);
        vec![Piece::Note { lead, lines }]
    }

    /// A note with a version, possibly followed by text, as the argument.
    fn version_note(&self, what: &str) -> Vec<Piece<'a>> {
        let argument = self.argument;
        let (version, text) = argument.split_once(' ').unwrap_or((argument, ""));
        let lead = format!("{what} {version}").trim_end().to_owned().into();
        let lines = hang(text.trim_start(), &self.body);
        vec![Piece::Note { lead, lines }]
    }

    /// Text with its title as the argument.
    fn captioned(&self) -> Vec<Piece<'a>> {
        let caption = Some(self.argument).filter(|title| !title.is_empty());
        let caption = caption.map(|title| Piece::Block(Block::Caption(title.into())));
        let text = self.text(dedent(&self.body));
        caption.into_iter().chain([text]).collect()
    }

    fn code(&self) -> Vec<Piece<'a>> {
        let language = match self.argument.to_ascii_lowercase().as_str() {
            "json" | "json5" | "qmp" => JSON,
            "" => self.literal,
            _ => TEXT,
        };
        vec![self.preformatted(language)]
    }

    fn preformatted(&self, language: &'static str) -> Piece<'a> {
        Piece::Block(block::fence(dedent(trim_blank(&self.body)), language))
    }

    /// A transcript. An annotated one is text with transcripts as literal blocks.
    fn example(&self) -> Vec<Piece<'a>> {
        let title = match self.option("title") {
            Some(title) if !title.is_empty() => Block::Caption(format!("Example: {title}").into()),
            _ => Block::Paragraph(vec!["Example:"]),
        };
        let example = match self.option("annotated") {
            Some(_) => Piece::Text {
                lines: self.all(),
                literal: JSON,
            },
            None => self.preformatted(JSON),
        };
        vec![Piece::Block(title), example]
    }
}

fn joined<'a>(first: &'a str, more: &[&'a str]) -> Cow<'a, str> {
    if more.is_empty() {
        return first.into();
    }
    let lines = std::iter::once(first).chain(more.iter().map(|line| line.trim()));
    lines.collect::<Vec<_>>().join(" ").into()
}
