//! `qapi dump`.

use std::io;
use std::path::Path;

use qapi_cli::{Dump, terminal};
use qapi_parser::{Loader, Mode};

use crate::refused::refused;

/// Prints the schema at `file`.
pub(crate) fn run(file: &Path) -> io::Result<u8> {
    // Documentation that QEMU accepts is read as QEMU reads it. Older documentation needs the lenient mode, where a
    // section may begin without a blank line before it.
    let strict = Loader::new().mode(Mode::Strict).load(file);
    match strict.or_else(|_| Loader::new().load(file)) {
        Ok(schema) => {
            terminal::print(Dump(&schema).to_string().trim_end())?;
            Ok(0)
        }
        Err(error) => Ok(refused(&error)),
    }
}
