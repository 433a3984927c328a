//! `cargo xtask check`.

use std::io;
use std::path::Path;
use std::process::ExitCode;

use crate::terminal::{print, report, show};
use qapi_parser::{Error, Loader, Mode};

/// Judges the schema at `file` and shows every finding.
pub(crate) fn run(file: &Path, strict: bool) -> io::Result<ExitCode> {
    let mode = match strict {
        true => Mode::Strict,
        false => Mode::Lenient,
    };
    match accepted(file, Loader::new().mode(mode).judge(file)) {
        Ok(judged) => {
            show(&judged.warnings);
            let files = judged.warnings.sources().iter().len();
            let mut verdict = format!(
                "{}: accepted: {} definitions in {files} file(s)",
                file.display(),
                judged.definitions
            );
            if !judged.warnings.is_empty() {
                verdict += &format!(", {} warning(s)", judged.warnings.warning_count());
            }
            print(verdict)?;
            Ok(ExitCode::SUCCESS)
        }
        Err(code) => Ok(code),
    }
}

/// Answers with what was accepted, or shows why it was not and answers with the exit code for that.
pub(crate) fn accepted<T>(file: &Path, result: Result<T, Error>) -> Result<T, ExitCode> {
    result.map_err(|error| match error {
        Error::Rejected(findings) => {
            show(&findings);
            report(format_args!(
                "{}: rejected: {} error(s)",
                file.display(),
                findings.error_count()
            ));
            ExitCode::from(1)
        }
        unreadable => {
            report(unreadable);
            ExitCode::from(2)
        }
    })
}
