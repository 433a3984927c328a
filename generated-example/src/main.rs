//! Shows events of QEMU, one per line, and a summary at the end.

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
    let is_complete = viewer.is_complete();
    match result {
        Err(Failure::Input(message)) => {
            // If this cannot be written either, the error cannot be reported.
            let _ = writeln!(errors, "error: {message}");
            ExitCode::from(2)
        }
        Err(Failure::Output(error)) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            let _ = writeln!(errors, "error: cannot write the output: {error}");
            ExitCode::from(2)
        }
        // A closed pipe, such as by `head`, is not a failure.
        Err(Failure::Output(_)) | Ok(()) if is_complete => ExitCode::SUCCESS,
        _ => ExitCode::from(1),
    }
}

fn run(arguments: &Arguments, viewer: &mut Viewer<'_>) -> Result<(), Failure> {
    match &arguments.connect {
        Some(address) => {
            let qemu = qmp::connect(address)?;
            let events = qemu.events();
            qmp::close_on_ctrl_c(&qemu)?;
            let name = qmp::name(&qemu);
            viewer.note(&format!(
                "connected to {name} at {address}, until it ends or Ctrl-C"
            ));
            viewer.show_events(events)
        }
        None => viewer.show_log(Lines::new(input::open(arguments.file.as_deref())?)),
    }
}
