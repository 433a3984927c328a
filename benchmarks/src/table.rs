//! Markdown tables, aligned so that they are readable in a terminal too.

use std::fmt;

/// Rows with a header.
pub(crate) struct Table {
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// An empty table; the first column has the names of the rows.
    pub(crate) fn new(columns: &[&str]) -> Self {
        Self {
            columns: columns.iter().map(|&name| name.to_owned()).collect(),
            rows: Vec::new(),
        }
    }

    /// Adds a row, with a cell for each column.
    pub(crate) fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().collect());
    }

    fn width(&self, column: usize) -> usize {
        let rows = self.rows.iter().chain([&self.columns]);
        let widths = rows.filter_map(|row| Some(row.get(column)?.chars().count()));
        widths.max().unwrap_or(0)
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let widths: Vec<usize> = (0..self.columns.len()).map(|it| self.width(it)).collect();
        line(f, &self.columns, &widths)?;
        let rules = widths.iter().enumerate().map(|(column, &width)| {
            let dashes = "-".repeat(width.saturating_sub(1));
            match column {
                0 => dashes + "-",
                _ => dashes + ":",
            }
        });
        line(f, &rules.collect::<Vec<_>>(), &widths)?;
        self.rows.iter().try_for_each(|row| line(f, row, &widths))
    }
}

/// The first column is aligned to the left, the numbers in the others to the right.
fn line(f: &mut fmt::Formatter<'_>, cells: &[String], widths: &[usize]) -> fmt::Result {
    for (column, (cell, &width)) in cells.iter().zip(widths).enumerate() {
        match column {
            0 => write!(f, "| {cell:<width$} ")?,
            _ => write!(f, "| {cell:>width$} ")?,
        }
    }
    writeln!(f, "|")
}
