//! The last line of a check.

use std::fmt::Display;
use std::path::Path;

use qapi_parser::{Checked, Diagnostics};

pub(crate) fn accepted(checked: &Checked) -> String {
    let definitions = counted(checked.definitions, "definition");
    let files = counted(checked.warnings.sources().iter().len(), "file");
    let root = root(&checked.warnings);
    let warnings = warnings(&checked.warnings);
    format!("{root}: accepted: {definitions} in {files}{warnings}")
}

pub(crate) fn rejected(findings: &Diagnostics) -> String {
    let errors = counted(findings.error_count(), "error");
    let (root, warnings) = (root(findings), warnings(findings));
    format!("{root}: rejected: {errors}{warnings}")
}

/// The root file of the schema.
fn root(findings: &Diagnostics) -> impl Display {
    let root = findings.sources().iter().next();
    root.map_or(Path::new(""), |root| root.path()).display()
}

fn warnings(findings: &Diagnostics) -> String {
    match findings.warning_count() {
        0 => String::new(),
        count => format!(", {}", counted(count, "warning")),
    }
}

fn counted(count: usize, what: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {what}{plural}")
}
