//! `cargo xtask check`.

use std::io;
use std::path::Path;
use std::process::ExitCode;

use crate::terminal::{print, report, show};
use qapi_parser::{Error, Loader, Mode, Schema, Severity};

/// Judges the schema at `file` and shows every finding.
pub(crate) fn run(file: &Path, strict: bool) -> io::Result<ExitCode> {
    let mode = match strict {
        true => Mode::Strict,
        false => Mode::Lenient,
    };
    match load(file, mode) {
        Ok(schema) => {
            let warnings = schema.warnings();
            show(warnings);
            let files = schema.sources().iter().len();
            let written = schema.definitions().filter(|(_, d)| !d.is_implicit).count();
            let mut verdict = format!(
                "{}: accepted: {written} definitions in {files} file(s)",
                file.display()
            );
            if !warnings.is_empty() {
                verdict += &format!(", {} warning(s)", warnings.len());
            }
            print(verdict)?;
            // The process ends here, and the system takes back in one go what would be freed name by name.
            std::mem::forget(schema);
            Ok(ExitCode::SUCCESS)
        }
        Err(code) => Ok(code),
    }
}

/// Loads a schema, or shows why it cannot be and answers with the exit code for that.
pub(crate) fn load(file: &Path, mode: Mode) -> Result<Schema, ExitCode> {
    Loader::new()
        .mode(mode)
        .load(file)
        .map_err(|error| match error {
            Error::Rejected(findings) => {
                show(&findings);
                let errors = findings.iter().filter(|f| f.severity() == Severity::Error);
                report(format_args!(
                    "{}: rejected: {} error(s)",
                    file.display(),
                    errors.count()
                ));
                ExitCode::from(1)
            }
            unreadable => {
                report(unreadable);
                ExitCode::from(2)
            }
        })
}
