//! Input without a running QEMU.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;

use crate::failure::Failure;

/// A log of QEMU 7.2, recorded while each of the events was triggered.
const BUILT_IN: &[u8] = include_bytes!("../events.jsonl");

/// Opens a file, standard input for `-`, or the built-in log.
pub(crate) fn open(file: Option<&Path>) -> Result<Box<dyn BufRead>, Failure> {
    match file {
        None => Ok(Box::new(BUILT_IN)),
        Some(path) if is_stdin(path) => Ok(Box::new(io::stdin().lock())),
        Some(path) => match File::open(path) {
            Ok(file) => Ok(Box::new(BufReader::new(file))),
            Err(error) => Err(Failure::Input(format!(
                "cannot open {}: {error}",
                path.display()
            ))),
        },
    }
}

/// The name in messages.
pub(crate) fn name(file: Option<&Path>) -> String {
    match file {
        None => "<built-in log>".into(),
        Some(path) if is_stdin(path) => "<stdin>".into(),
        Some(path) => path.display().to_string(),
    }
}

fn is_stdin(path: &Path) -> bool {
    path == Path::new("-")
}
