//! Reports schemas that could not be loaded.

use qapi_cli::terminal::{report, show};
use qapi_parser::Error;

use crate::status::{FAILED, REJECTED};
use crate::verdict;

/// Reports why a schema could not be loaded, and returns the exit status.
pub(crate) fn refused(error: &Error) -> u8 {
    match error {
        Error::Rejected(findings) => {
            show(&findings.report());
            report(verdict::rejected(findings));
            REJECTED
        }
        unreadable => {
            report(unreadable);
            FAILED
        }
    }
}
