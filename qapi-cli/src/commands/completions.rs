//! `qapi completions`.

use std::io;

use clap::Command;
use clap_complete::Shell;
use qapi_cli::terminal;

/// Prints the completion script of `command` for `shell`.
pub(crate) fn run(shell: Shell, mut command: Command) -> io::Result<u8> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command, "qapi", &mut script);
    terminal::print(String::from_utf8_lossy(&script).trim_end())?;
    Ok(0)
}
