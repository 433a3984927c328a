//! What becomes of a schema that is not accepted.

use std::path::Path;

use qapi_cli::terminal::{report, show};
use qapi_parser::Error;

use crate::status::{FAILED, REJECTED};
use crate::verdict;

/// Shows why the schema at `file` could not be loaded, and returns the exit status for that.
pub(crate) fn refused(file: &Path, error: &Error) -> u8 {
    match error {
        Error::Rejected(findings) => {
            show(&findings.report());
            report(verdict::rejected(file, findings));
            REJECTED
        }
        unreadable => {
            report(unreadable);
            FAILED
        }
    }
}
