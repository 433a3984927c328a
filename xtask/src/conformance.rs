//! `cargo xtask conformance`: compares our verdicts with those of QEMU's own test suite.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use qapi_cli::Dump;
use qapi_cli::terminal::{print, report};
use qapi_parser::{Diagnostics, Error, Loader, Mode};
use similar::TextDiff;

/// Runs every case in `dir` and shows those that differ.
pub(crate) fn run(dir: &Path) -> io::Result<ExitCode> {
    let cases = match cases(dir) {
        Ok(cases) => cases,
        Err(error) => {
            report(format_args!(
                "{}: error: can't read the suite: {error}",
                dir.display()
            ));
            return Ok(ExitCode::from(2));
        }
    };
    let (mut failed, mut skipped) = (0, 0);
    for case in &cases {
        match run_case(case) {
            Ok(()) => {}
            Err(Outcome::Mismatch(difference)) => {
                failed += 1;
                print(format_args!("{}: MISMATCH\n{difference}\n", case.display()))?;
            }
            Err(Outcome::Incomplete(file)) => {
                skipped += 1;
                print(format_args!(
                    "{}: SKIPPED: the suite lacks {file}\n",
                    case.display()
                ))?;
            }
        }
    }
    let (total, passed) = (cases.len(), cases.len() - failed - skipped);
    print(format_args!(
        "{passed} of {total} passed, {failed} failed, {skipped} skipped"
    ))?;
    Ok(match (failed, passed) {
        (0, 1..) => ExitCode::SUCCESS,
        (0, 0) => {
            report(format_args!(
                "{}: error: no X.json with a matching X.err",
                dir.display()
            ));
            ExitCode::from(2)
        }
        _ => ExitCode::from(1),
    })
}

/// The schemas with expected answers, sorted.
fn cases(dir: &Path) -> io::Result<Vec<PathBuf>> {
    let mut cases = Vec::new();
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        let is_schema = path
            .extension()
            .is_some_and(|extension| extension == "json");
        if is_schema && path.with_extension("err").is_file() {
            cases.push(path);
        }
    }
    cases.sort();
    Ok(cases)
}

/// Why a case did not pass.
enum Outcome {
    /// The answers differ in this way.
    Mismatch(String),
    /// The reference reports an error in a file that is not there.
    Incomplete(String),
}

impl From<String> for Outcome {
    fn from(difference: String) -> Self {
        Outcome::Mismatch(difference)
    }
}

/// Compares our answer with the expected one.
fn run_case(case: &Path) -> Result<(), Outcome> {
    let read = |extension| {
        let path = case.with_extension(extension);
        fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))
    };
    let refusal = read("err")?;
    let expected = Place::of_first_error(&refusal);
    if let Some(place) = expected.as_ref().filter(|place| !place.is_in_suite(case)) {
        return Err(Outcome::Incomplete(place.file.display().to_string()));
    }
    match (Loader::new().mode(Mode::Strict).load(case), expected) {
        (Ok(schema), None) => compare(&read("out")?, &Dump(&schema).to_string())?,
        (Ok(_), Some(_)) => {
            return Err(format!("accepted, but the reference reports\n{refusal}").into());
        }
        (Err(Error::Rejected(findings)), None) => {
            return Err(format!("rejected, but the reference accepts it\n{findings}").into());
        }
        (Err(Error::Rejected(findings)), Some(expected)) => {
            let found = Place::of_finding(&findings);
            if !found.is_some_and(|found| expected.agrees_with(&found)) {
                let said = format!("the reference reports\n{refusal}but we report\n{findings}");
                return Err(said.into());
            }
        }
        (Err(error), _) => return Err(error.to_string().into()),
    }
    Ok(())
}

/// Where an error is reported.
struct Place {
    file: PathBuf,
    line: usize,
    column: Option<usize>,
}

impl Place {
    /// The first `FILE:LINE[:COLUMN]: MESSAGE` of the reference's answer.
    fn of_first_error(text: &str) -> Option<Self> {
        let context = |line: &&str| !line.starts_with("In file included from");
        text.lines().filter(context).find_map(|line| {
            let mut parts = line.splitn(4, ':');
            let file = parts.next()?.into();
            let line = parts.next()?.parse().ok()?;
            let column = parts.next().and_then(|part| part.parse().ok());
            Some(Self { file, line, column })
        })
    }

    fn of_finding(findings: &Diagnostics) -> Option<Self> {
        let place = findings.qemu_stop()?.qemu_place(findings.sources());
        Some(Self {
            file: place.path.to_owned(),
            line: place.line,
            column: place.column,
        })
    }

    /// Whether the suite has the file.
    fn is_in_suite(&self, case: &Path) -> bool {
        let dir = case.parent().unwrap_or(Path::new(""));
        let name = self.file.file_name().unwrap_or_default();
        dir.join(&self.file).exists() || dir.join(name).exists()
    }

    /// The reference was run in another folder, so only the last part of its paths matters.
    fn agrees_with(&self, other: &Self) -> bool {
        self.file.file_name() == other.file.file_name()
            && self.line == other.line
            && (self.column.is_none() || self.column == other.column)
    }
}

fn compare(expected: &str, found: &str) -> Result<(), String> {
    if expected == found {
        return Ok(());
    }
    let diff = TextDiff::from_lines(expected, found);
    let diff = diff.unified_diff().header("reference", "ours").to_string();
    Err(diff)
}
