//! Shows one event after another.

use std::io::{self, BufRead, Write};

use generated_example::qapi::EventMessage;
use qapi_client::{Disconnect, Error};

use crate::failure::Failure;
use crate::lines::{Line, Lines};
use crate::summary::Summary;
use crate::{message, print};

/// Writes events to one output, and errors to the other.
pub(crate) struct Viewer<'a> {
    source: String,
    out: &'a mut dyn Write,
    errors: &'a mut dyn Write,
    summary: Summary,
}

impl<'a> Viewer<'a> {
    pub(crate) fn new(source: String, out: &'a mut dyn Write, errors: &'a mut dyn Write) -> Self {
        let summary = Summary::default();
        Self {
            source,
            out,
            errors,
            summary,
        }
    }

    /// Whether everything so far could be decoded.
    pub(crate) fn is_complete(&self) -> bool {
        self.summary.is_complete()
    }

    /// Shows all lines of a log, then the summary.
    pub(crate) fn show_log(&mut self, lines: Lines<impl BufRead>) -> Result<(), Failure> {
        let read = self.show_lines(lines);
        self.sum_up(read)
    }

    /// Shows the events of a connection until it ends, then the summary.
    pub(crate) fn show_events(
        &mut self,
        events: impl IntoIterator<Item = Result<EventMessage, Error>>,
    ) -> Result<(), Failure> {
        let read = events.into_iter().try_for_each(|it| self.show_event(it));
        self.sum_up(read)
    }

    fn sum_up(&mut self, read: Result<(), Failure>) -> Result<(), Failure> {
        match &read {
            Err(Failure::Output(_)) => return read,
            // Without input, there is no summary.
            Err(Failure::Input(_)) if self.summary.is_empty() => return read,
            _ => {}
        }
        print::summary(self.out, &self.summary).map_err(Failure::Output)?;
        read
    }

    fn show_lines(&mut self, mut lines: Lines<impl BufRead>) -> Result<(), Failure> {
        loop {
            match lines.next() {
                Ok(Some(line)) => self.show(&line)?,
                Ok(None) => return Ok(()),
                Err(error) => {
                    let source = &self.source;
                    return Err(Failure::Input(format!("cannot read {source}: {error}")));
                }
            }
        }
    }

    /// Shows one line.
    pub(crate) fn show(&mut self, line: &Line<'_>) -> Result<(), Failure> {
        let Some(text) = line.text else {
            self.complain(line.number, None, "the line is too long");
            return Ok(());
        };
        match message::decode(text) {
            Ok(Some(message)) => self.print(&message),
            Ok(None) => {
                self.summary.others += 1;
                Ok(())
            }
            Err(error) => {
                let (column, message) = (error.column(), error.to_string());
                // The deserializer's line number is always 1, so it is replaced.
                let place = format!(" at line {} column {column}", error.line());
                let message = message.strip_suffix(&place).unwrap_or(&message);
                self.complain(line.number, Some(column), message);
                Ok(())
            }
        }
    }

    fn show_event(&mut self, event: Result<EventMessage, Error>) -> Result<(), Failure> {
        match event {
            Ok(message) => return self.print(&message),
            Err(error @ Error::Undecodable { .. }) => {
                self.summary.undecoded += 1;
                self.note(&format!("{}: error: {error}", self.source));
            }
            Err(error @ Error::EventsLost { count }) => {
                self.summary.lost += count;
                self.note(&format!("{}: error: {error}", self.source));
            }
            Err(error) if is_end(&error) => {}
            Err(error) => {
                let source = &self.source;
                return Err(Failure::Input(format!("cannot read {source}: {error}")));
            }
        }
        Ok(())
    }

    fn print(&mut self, message: &EventMessage) -> Result<(), Failure> {
        self.summary.count(&message.event);
        print::event(self.out, message).map_err(Failure::Output)
    }

    /// Writes a message to the error output.
    pub(crate) fn note(&mut self, text: &str) {
        // If this fails, the exit status still reports errors.
        let _ = writeln!(self.errors, "{text}");
    }

    fn complain(&mut self, line: u64, column: Option<usize>, message: &str) {
        self.summary.undecoded += 1;
        let source = &self.source;
        let column = match column {
            Some(column @ 1..) => format!(":{column}"),
            _ => String::new(),
        };
        self.note(&format!("{source}:{line}{column}: error: {message}"));
    }
}

/// Whether the connection ended because QEMU exited. It resets the connection if it has not read all input.
fn is_end(error: &Error) -> bool {
    match error {
        Error::Disconnected {
            reason: Disconnect::ByServer { incomplete: None },
            ..
        } => true,
        Error::Disconnected {
            reason: Disconnect::Io(error),
            ..
        } => error.kind() == io::ErrorKind::ConnectionReset,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_invalid_line_is_reported_with_its_place_and_the_others_are_shown() {
        let stop = r#"{"event": "STOP", "timestamp": {"seconds": 0, "microseconds": 7}}"#;
        let bad = r#"{"event": "RTC_CHANGE", "data": {"offset": "x"}}"#;
        let log = format!("\n{bad}\n{{\"return\": {{}}}}\n{stop}\n");
        let (mut out, mut errors) = (Vec::new(), Vec::new());
        let mut viewer = Viewer::new("log".into(), &mut out, &mut errors);
        viewer
            .show_log(Lines::new(log.as_bytes()))
            .expect("memory can be read");
        assert!(!viewer.is_complete());
        assert_eq!(viewer.summary.others, 1);
        let errors = String::from_utf8_lossy(&errors).into_owned();
        assert!(
            errors.starts_with("log:2:46: error: data.offset: "),
            "{errors}"
        );
        assert!(!errors.contains("at line"), "{errors}");
        let out = String::from_utf8_lossy(&out).into_owned();
        assert!(
            out.starts_with("\u{1b}"),
            "styled here, plain in a pipe: {out}"
        );
        assert!(
            out.contains("1970-01-01 00:00:00.000007") && out.contains("STOP"),
            "{out}"
        );
    }

    #[test]
    fn lost_events_are_reported_and_the_others_are_shown() {
        let stop = r#"{"event": "STOP", "timestamp": {"seconds": 0, "microseconds": 7}}"#;
        let events = [
            Err(Error::EventsLost { count: 3 }),
            Ok(serde_json::from_str(stop).expect("an event")),
        ];
        let (mut out, mut errors) = (Vec::new(), Vec::new());
        let mut viewer = Viewer::new("unix:/q".into(), &mut out, &mut errors);
        viewer.show_events(events).expect("nothing fails");
        assert!(!viewer.is_complete());
        let errors = String::from_utf8_lossy(&errors).into_owned();
        assert!(
            errors.starts_with("unix:/q: error: 3 events were lost"),
            "{errors}"
        );
        let out = String::from_utf8_lossy(&out).into_owned();
        assert!(
            out.contains("STOP") && out.contains("3 events lost"),
            "{out}"
        );
    }

    #[test]
    fn a_line_that_is_too_long_has_no_column() {
        let (mut out, mut errors) = (Vec::new(), Vec::new());
        let mut viewer = Viewer::new("log".into(), &mut out, &mut errors);
        let line = Line {
            number: 9,
            text: None,
        };
        viewer.show(&line).expect("nothing fails");
        assert!(!viewer.is_complete());
        assert_eq!(
            String::from_utf8_lossy(&errors),
            "log:9: error: the line is too long\n"
        );
    }
}
