//! The report formats: for people, for programs, for GitHub, and for release notes.

mod github;
mod json;
mod markdown;
mod selection;
mod summary;
mod text;

use crate::diff::{Diff, Question};

/// The format of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Text for people, with ANSI colours if `colour` is set.
    Text {
        /// Whether to use colours.
        colour: bool,
    },
    /// One JSON object, with a `version` that changes when programs that read it must change.
    Json,
    /// Workflow commands of GitHub Actions, which shows them next to the lines.
    Github,
    /// Markdown for a pull request or release notes.
    Markdown,
}

impl Diff {
    /// Formats the changes as text that ends in a newline.
    ///
    /// `question` decides which changes are shown one by one: those that break or may break something on the wire or in
    /// Rust, and for [`Question::Downgrade`] and [`Question::Any`] those that do so in a downgrade as well. The JSON
    /// format has all of them.
    pub fn report(&self, format: Format, question: Question) -> String {
        match format {
            Format::Text { colour } => text::render(self, question, colour),
            Format::Json => json::render(self),
            Format::Github => github::render(self, question),
            Format::Markdown => markdown::render(self, question),
        }
    }
}
