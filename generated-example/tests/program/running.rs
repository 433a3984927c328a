//! Runs the program with a time limit.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

/// Longer than anything here takes, even on a busy machine.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// A running program, which is killed on drop.
pub(crate) struct Running {
    child: Child,
    lines: Receiver<String>,
    errors: Receiver<String>,
}

/// The result of a program.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) code: Option<i32>,
    /// Unread output.
    pub(crate) out: String,
    pub(crate) errors: String,
}

/// Starts the example. The second value is its standard input.
pub(crate) fn example(arguments: &[&str]) -> (Running, ChildStdin) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_generated-example"));
    let mut child = command
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the example starts");
    let stdin = child.stdin.take().expect("it is piped");
    (Running::new(child), stdin)
}

/// Runs the example to its end with this standard input.
pub(crate) fn run(arguments: &[&str], input: &[u8]) -> Ended {
    let (running, mut stdin) = example(arguments);
    thread::scope(|scope| {
        scope.spawn(move || {
            // It may end before it has read everything.
            let _ = stdin.write_all(input);
        });
        running.end()
    })
}

impl Running {
    /// Watches a child whose output is piped.
    pub(crate) fn new(mut child: Child) -> Self {
        let lines = read(child.stdout.take().expect("it is piped"));
        let errors = read(child.stderr.take().expect("it is piped"));
        Self {
            child,
            lines,
            errors,
        }
    }

    /// The next line that it prints.
    pub(crate) fn line(&self) -> String {
        self.lines.recv_timeout(PATIENCE).expect("a line on stdout")
    }

    /// The next line that it prints to stderr.
    pub(crate) fn error(&self) -> String {
        self.errors
            .recv_timeout(PATIENCE)
            .expect("a line on stderr")
    }

    /// Sends the signal of Ctrl-C.
    pub(crate) fn interrupt(&self) {
        let id = self.child.id().to_string();
        let status = Command::new("kill").args(["-INT", &id]).status();
        assert!(status.expect("there is a kill").success());
    }

    /// Waits until it ends.
    pub(crate) fn end(mut self) -> Ended {
        let deadline = Instant::now() + PATIENCE;
        let status = loop {
            match self.child.try_wait().expect("it can be waited for") {
                Some(status) => break status,
                None if Instant::now() > deadline => panic!("it does not end"),
                None => thread::sleep(Duration::from_millis(5)),
            }
        };
        Ended {
            code: status.code(),
            out: self.lines.iter().map(|line| line + "\n").collect(),
            errors: self.errors.iter().map(|line| line + "\n").collect(),
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn read(pipe: impl Read + Send + 'static) -> Receiver<String> {
    let (sender, receiver) = channel();
    thread::spawn(move || {
        for line in BufReader::new(pipe).lines() {
            // Either side may have exited.
            match line.map(|line| sender.send(line)) {
                Ok(Ok(())) => {}
                _ => break,
            }
        }
    });
    receiver
}
