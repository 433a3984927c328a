//! The measured ratios as JSON, for other programs and for the picture, which shows several sections.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context as _, Result};
use serde_json::{Map, Value, json};

use crate::goal::{Goal, Limit};
use crate::workspace;

/// The version of the file format.
const VERSION: u32 = 1;

/// The latest results of each section: `docs/performance.json`.
pub(crate) struct Record {
    sections: Map<String, Value>,
}

impl Record {
    /// Reads the file; a file that does not exist has no sections.
    pub(crate) fn read() -> Result<Self> {
        let path = path();
        let mut file: Value = match fs::read(&path) {
            Ok(text) => serde_json::from_slice(&text)
                .with_context(|| format!("{} is not JSON", path.display()))?,
            Err(_) => Value::Null,
        };
        let sections = match file["sections"].take() {
            Value::Object(sections) => sections,
            _ => Map::new(),
        };
        Ok(Self { sections })
    }

    /// Replaces the ratios of a section.
    pub(crate) fn renew(&mut self, section: &str, goals: &[Goal]) {
        let goals = goals.iter().map(|goal| {
            let (key, limit) = match goal.limit {
                Limit::AtMost(limit) => ("at_most", limit),
                Limit::AtLeast(limit) => ("at_least", limit),
            };
            // Further digits differ from run to run.
            let ratio = (goal.ratio * 1000.0).round() / 1000.0;
            json!({ "what": goal.what, "ratio": ratio, key: limit, "met": goal.is_met() })
        });
        self.sections.insert(section.to_owned(), goals.collect());
    }

    /// Writes the file.
    pub(crate) fn write(&self) -> Result<()> {
        let path = path();
        let file = json!({ "version": VERSION, "sections": self.sections });
        let text = serde_json::to_string_pretty(&file)? + "\n";
        fs::write(&path, text).with_context(|| format!("can't write {}", path.display()))
    }

    /// A ratio that a section measured, and its target.
    pub(crate) fn find(&self, section: &str, what: &str) -> Option<(f64, f64)> {
        let goals = self.sections.get(section)?.as_array()?;
        let goal = goals.iter().find(|goal| goal["what"] == what)?;
        let limit = goal.get("at_most").or(goal.get("at_least"))?;
        Some((goal["ratio"].as_f64()?, limit.as_f64()?))
    }
}

fn path() -> PathBuf {
    workspace::root().join("../docs/performance.json")
}

#[cfg(test)]
mod tests {
    use super::{Map, Record};
    use crate::goal::{Goal, Limit};

    #[test]
    fn a_section_is_replaced_as_a_whole() {
        let mut record = Record {
            sections: Map::new(),
        };
        let time = Goal::new("time", 0.25, Limit::AtMost(0.2));
        let memory = Goal::new("memory", 0.5, Limit::AtMost(0.4));
        record.renew("compile", &[time, memory]);
        assert_eq!(record.find("compile", "memory"), Some((0.5, 0.4)));
        record.renew("compile", &[Goal::new("time", 0.15, Limit::AtMost(0.2))]);
        assert_eq!(record.find("compile", "time"), Some((0.15, 0.2)));
        assert_eq!(record.find("compile", "memory"), None);
    }
}
