//! Tables in Markdown, aligned so that they read as well in a terminal.

use std::fmt;

/// A heading, and rows below the names of the columns.
pub(crate) struct Table {
    pub(crate) title: &'static str,
    pub(crate) columns: &'static [&'static str],
    pub(crate) rows: Vec<Vec<String>>,
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "### {}\n", self.title)?;
        let names: Vec<String> = self.columns.iter().map(|&name| name.to_owned()).collect();
        let widths: Vec<usize> = (0..names.len())
            .map(|column| {
                let rows = self.rows.iter().chain([&names]);
                rows.map(|row| row[column].chars().count())
                    .max()
                    .unwrap_or(0)
            })
            .collect();
        line(f, &names, &widths)?;
        let rules = widths
            .iter()
            .enumerate()
            .map(|(column, &width)| match column {
                0 => "-".repeat(width),
                _ => format!("{}:", "-".repeat(width.saturating_sub(1))),
            });
        line(f, &rules.collect::<Vec<_>>(), &widths)?;
        self.rows.iter().try_for_each(|row| line(f, row, &widths))
    }
}

/// The first column says what, and the others are numbers.
fn line(f: &mut fmt::Formatter<'_>, cells: &[String], widths: &[usize]) -> fmt::Result {
    for (column, (cell, &width)) in cells.iter().zip(widths).enumerate() {
        match column {
            0 => write!(f, "| {cell:<width$} ")?,
            _ => write!(f, "| {cell:>width$} ")?,
        }
    }
    writeln!(f, "|")
}
