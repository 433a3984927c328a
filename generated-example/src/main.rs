//! Shows events of QEMU, each in one line, and a summary at the end.

mod address;
mod args;
mod failure;
mod input;
mod lines;
mod message;
mod print;
mod qmp;
mod summary;
mod viewer;

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;

use crate::args::Arguments;
use crate::failure::Failure;
use crate::lines::Lines;
use crate::viewer::Viewer;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let (mut out, mut errors) = (anstream::stdout().lock(), anstream::stderr());
    let mut viewer = Viewer::new(arguments.source(), &mut out, &mut errors);
    let result = run(&arguments, &mut viewer);
    let all_decoded = viewer.all_decoded();
    match result {
        Err(Failure::Input(message)) => {
            // There is nobody left to tell when even this cannot be written.
            let _ = writeln!(errors, "error: {message}");
            ExitCode::from(2)
        }
        Err(Failure::Output(error)) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            let _ = writeln!(errors, "error: cannot write the output: {error}");
            ExitCode::from(2)
        }
        // A reader that has seen enough, such as `head`, is no failure.
        Err(Failure::Output(_)) | Ok(()) if all_decoded => ExitCode::SUCCESS,
        _ => ExitCode::from(1),
    }
}

fn run(arguments: &Arguments, viewer: &mut Viewer<'_>) -> Result<(), Failure> {
    match &arguments.connect {
        Some(address) => {
            let socket = address.connect()?;
            let mut lines = Lines::new(socket.reader());
            let qemu = qmp::negotiate(&socket, &mut lines, viewer)?;
            socket.close_on_ctrl_c()?;
            viewer.note(&format!(
                "connected to {qemu} at {address}, until it ends or Ctrl-C"
            ));
            viewer.show_all(lines)
        }
        None => viewer.show_all(Lines::new(input::open(arguments.file.as_deref())?)),
    }
}
