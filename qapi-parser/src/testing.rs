//! Helpers for unit tests.

use crate::{Diagnostics, Error, Loader, Mode, Schema};

/// Loads text without includes.
pub(crate) fn load(text: &str, mode: Mode) -> Result<Schema, Error> {
    let loader = Loader::new().mode(mode).read_with(|_| Ok(text.into()));
    loader.load("s.json")
}

/// Loads text that strict mode accepts.
pub(crate) fn schema(text: &str) -> Schema {
    load(text, Mode::Strict).unwrap_or_else(|error| panic!("refused:\n{error}"))
}

/// The findings of strict mode.
pub(crate) fn findings(text: &str) -> Diagnostics {
    match load(text, Mode::Strict) {
        Ok(schema) => schema.warnings().clone(),
        Err(Error::Rejected(findings)) => findings,
        Err(error) => panic!("{error}"),
    }
}

/// The messages of the findings of strict mode.
pub(crate) fn messages(text: &str) -> Vec<String> {
    let findings = findings(text);
    findings.iter().map(|f| f.message().to_owned()).collect()
}
