//! The results of one section.

use std::fmt;

use crate::goal::Goal;
use crate::table::Table;

/// Tables, and the targets for the ratios in them.
#[derive(Default)]
pub(crate) struct Report {
    pub(crate) tables: Vec<Table>,
    pub(crate) goals: Vec<Goal>,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, table) in self.tables.iter().enumerate() {
            if index > 0 {
                writeln!(f)?;
            }
            write!(f, "{table}")?;
        }
        if !self.goals.is_empty() {
            writeln!(f)?;
        }
        self.goals.iter().try_for_each(|goal| writeln!(f, "{goal}"))
    }
}
