//! The command line.

use std::path::PathBuf;

use clap::Parser;

use crate::input;

/// Shows events of QEMU, one per line, and a summary at the end.
///
/// The events come from a built-in log of QEMU 7.2, from a file, or from a running QEMU.
///
/// The exit status is 1 if an event could not be decoded or was lost, and 2 if the input could not be read.
#[derive(Parser)]
#[command(version)]
pub(crate) struct Arguments {
    /// A file with one JSON message per line; "-" is standard input.
    #[arg(conflicts_with = "connect")]
    pub(crate) file: Option<PathBuf>,

    /// Show the events of a running QEMU until it exits or you press Ctrl-C: the address of a QMP socket, unix:PATH or tcp:HOST:PORT.
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) connect: Option<String>,
}

impl Arguments {
    /// The name of the input in messages.
    pub(crate) fn source(&self) -> String {
        match &self.connect {
            Some(address) => address.clone(),
            None => input::name(self.file.as_deref()),
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn there_is_one_source() {
        let parse = |line: &str| Arguments::try_parse_from(line.split(' '));
        assert!(parse("x --connect unix:/q.sock events.jsonl").is_err());
        let source = |line| parse(line).map(|arguments| arguments.source()).ok();
        assert_eq!(
            source("x --connect tcp:[::1]:44").as_deref(),
            Some("tcp:[::1]:44")
        );
        assert_eq!(source("x events.jsonl").as_deref(), Some("events.jsonl"));
        assert_eq!(source("x -").as_deref(), Some("<stdin>"));
        assert_eq!(source("x").as_deref(), Some("<built-in log>"));
    }
}
