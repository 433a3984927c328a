//! The line that ends the check of a schema.

use std::path::Path;

use qapi_parser::{Checked, Diagnostics};

pub(crate) fn accepted(file: &Path, checked: &Checked) -> String {
    let definitions = counted(checked.definitions, "definition");
    let files = counted(checked.warnings.sources().iter().len(), "file");
    let file = file.display();
    let warnings = warnings(&checked.warnings);
    format!("{file}: accepted: {definitions} in {files}{warnings}")
}

pub(crate) fn rejected(file: &Path, findings: &Diagnostics) -> String {
    let errors = counted(findings.error_count(), "error");
    let (file, warnings) = (file.display(), warnings(findings));
    format!("{file}: rejected: {errors}{warnings}")
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
