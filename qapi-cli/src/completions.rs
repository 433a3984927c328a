//! `qapi completions`.

use std::io;

use clap::CommandFactory as _;
use clap_complete::Shell;
use qapi_cli::terminal;

/// Prints the completion script for `shell`.
pub(crate) fn run(shell: Shell) -> io::Result<u8> {
    let mut script = Vec::new();
    let mut command = crate::Arguments::command();
    clap_complete::generate(shell, &mut command, "qapi", &mut script);
    terminal::print(String::from_utf8_lossy(&script).trim_end())?;
    Ok(0)
}
