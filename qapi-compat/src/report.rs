//! How changes are shown: to people, to programs, on GitHub, and in a release note.

mod github;
mod json;
mod markdown;
mod selection;
mod summary;
mod text;

use crate::diff::{Diff, Question};

/// The form of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For people; with ANSI colours if `colour` is set.
    Text {
        /// Whether to use colours.
        colour: bool,
    },
    /// One JSON object, with a `version` that changes when a program that reads it has to.
    Json,
    /// Workflow commands of GitHub Actions, which it shows beside the lines.
    Github,
    /// For a pull request or a release note.
    Markdown,
}

impl Diff {
    /// The changes as text that ends in a newline.
    ///
    /// `question` decides which changes are shown one by one: those that break or may break something on the wire or in
    /// Rust, and for [`Question::Downgrade`] and [`Question::Any`] those that do so in a downgrade as well. The JSON
    /// form has all of them.
    pub fn report(&self, format: Format, question: Question) -> String {
        match format {
            Format::Text { colour } => text::render(self, question, colour),
            Format::Json => json::render(self),
            Format::Github => github::render(self, question),
            Format::Markdown => markdown::render(self, question),
        }
    }
}
