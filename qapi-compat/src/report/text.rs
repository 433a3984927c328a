//! The form for people.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};

use crate::diff::{Change, Diff, Question};
use crate::report::selection::{affected, note, shown};
use crate::report::summary::{QUESTIONS, by_rule, counted, counts, grouped, is_known};
use crate::rule::Severity;
use crate::side::Place;

/// The number of names shown of harmless changes.
const MAX_NAMES: usize = 12;

pub(super) fn render(diff: &Diff, question: Question, colour: bool) -> String {
    let mut out = String::new();
    let styles = Styles { colour };
    let (shown, harmless) = diff.parts(question);
    let title = styles.bold();
    // Writing to a string does not fail.
    let _ = writeln!(out, "{title}{} → {}{title:#}\n", diff.old, diff.new);
    for (question, title, asks) in QUESTIONS {
        let style = match is_known(diff, question) {
            true => styles.of(worst(diff, question)),
            false => styles.dim(),
        };
        let counted = counted(diff, question);
        let _ = writeln!(out, "  {title:<10} {style}{counted:<24}{style:#} {asks}");
    }
    for ((kind, name), changes) in grouped(&shown) {
        let _ = writeln!(out, "\n{title}{kind} {name}{title:#}");
        for change in changes {
            self::change(&mut out, change, question, styles);
        }
    }
    if !harmless.is_empty() {
        let _ = writeln!(out, "\n{title}other changes{title:#}");
        for (rule, count, names) in by_rule(&harmless) {
            let more = names.len().saturating_sub(MAX_NAMES);
            let mut list = names[..names.len() - more].join(", ");
            if more > 0 {
                let _ = write!(list, " and {more} more");
            }
            let _ = writeln!(out, "  {rule} ({count}): {list}");
        }
    }
    out
}

fn change(out: &mut String, change: &Change, question: Question, styles: Styles) {
    let severity = shown(change, question);
    let style = styles.of(severity);
    let (affected, message) = (affected(change, question), &change.message);
    let (note, dim) = (note(change, question), styles.dim());
    let _ = writeln!(
        out,
        "  {style}{severity:<9}{style:#}  {affected:<11} {message}{note}"
    );
    for (side, place) in [("old", &change.old), ("new", &change.new)] {
        if let Some(Place {
            path, line, text, ..
        }) = place
        {
            let path = path.display();
            let _ = writeln!(out, "             {dim}{side} {path}:{line}: {text}{dim:#}");
        }
    }
}

fn worst(diff: &Diff, question: Question) -> Severity {
    match counts(diff, question) {
        (0, 0) => Severity::Fine,
        (0, _) => Severity::MayBreak,
        _ => Severity::Breaks,
    }
}

#[derive(Clone, Copy)]
struct Styles {
    colour: bool,
}

impl Styles {
    fn when(self, style: Style) -> Style {
        match self.colour {
            true => style,
            false => Style::new(),
        }
    }

    fn bold(self) -> Style {
        self.when(Style::new().bold())
    }

    fn dim(self) -> Style {
        self.when(Style::new().dimmed())
    }

    fn of(self, severity: Severity) -> Style {
        let colour = match severity {
            Severity::Fine => AnsiColor::Green,
            Severity::MayBreak => AnsiColor::Yellow,
            Severity::Breaks => AnsiColor::Red,
        };
        self.when(Style::new().bold().fg_color(Some(colour.into())))
    }
}
