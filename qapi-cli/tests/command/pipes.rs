//! Closed pipes and terminals.

use std::process::Stdio;

use super::{Fixture, Ran, shipped};

const BAD: &str = "{ 'event': 'STOP', 'data': 'Gone' }\n";

#[test]
fn a_closed_pipe_does_not_change_the_exit_status() {
    let schema = shipped();
    let schema = schema.to_str().unwrap();
    let fixture = Fixture::new(&[("bad.json", BAD)]);
    for (arguments, status) in [
        (&["dump", schema][..], 0),
        (&["generate", schema], 0),
        (&["check", schema], 0),
        (&["completions", "bash"], 0),
        (&["check", "bad.json"], 1),
        (&["check", "--format", "json", "bad.json"], 1),
    ] {
        let mut command = fixture.command(arguments);
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        drop((child.stdout.take(), child.stderr.take()));
        assert_eq!(child.wait().unwrap().code(), Some(status), "{arguments:?}");
    }
}

#[test]
fn output_that_cannot_be_written_is_an_error() {
    let full = std::path::Path::new("/dev/full");
    if !full.exists() {
        return;
    }
    let schema = shipped();
    let mut command = Fixture::new(&[]).command(&["dump", schema.to_str().unwrap()]);
    command.stdout(std::fs::OpenOptions::new().write(true).open(full).unwrap());
    command.current_dir("/");
    let ran = Ran::from(command.output().unwrap());
    assert_eq!(ran.status, 2);
    assert!(
        ran.err.starts_with("error: cannot write the output: "),
        "{}",
        ran.err
    );
}

#[test]
fn a_pipe_gets_no_colour_unless_it_is_asked_for() {
    let fixture = Fixture::new(&[("bad.json", BAD)]);
    let plain = fixture.run(&["check", "bad.json"]).err;
    assert!(!plain.contains('\x1b'), "{plain}");
    let mut forced = fixture.command(&["check", "bad.json"]);
    let forced = Ran::from(forced.env("CLICOLOR_FORCE", "1").output().unwrap());
    assert!(forced.err.contains("\x1b["), "{}", forced.err);
}

/// `script` runs a command on a terminal.
#[cfg(target_os = "linux")]
#[test]
fn a_terminal_gets_colour() {
    let fixture = Fixture::new(&[("bad.json", BAD)]);
    let on_terminal = |no_colour: bool| {
        let mut command = std::process::Command::new("script");
        let check = format!("{} check bad.json", env!("CARGO_BIN_EXE_qapi"));
        command.args(["--quiet", "--return", "--command", &check, "/dev/null"]);
        command.current_dir(fixture.folder.path());
        command.env("TERM", "xterm").env_remove("NO_COLOR");
        if no_colour {
            command.env("NO_COLOR", "1");
        }
        let ran = command.stdin(Stdio::null()).output().expect("script runs");
        assert_eq!(ran.status.code(), Some(1));
        String::from_utf8_lossy(&ran.stdout).into_owned()
    };
    assert!(on_terminal(false).contains("\x1b["));
    assert!(!on_terminal(true).contains('\x1b'));
}
