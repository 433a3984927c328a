//! Formats events and the summary.

mod members;
mod time;

use std::io::{self, Write};

use anstyle::{AnsiColor, Effects, Style};
use generated_example::qapi::{DumpStatus, Event, EventMessage, MigrationStatus};

use crate::summary::Summary;
use members::{Members, escaped};

const DIM: Style = Style::new().effects(Effects::DIMMED);
const BOLD: Style = Style::new().bold();
const ALARM: Style = AnsiColor::Red.on_default().bold();
const NEWER: Style = AnsiColor::Yellow.on_default();

/// The width of the longest name in the schema.
const NAME_WIDTH: usize = "SPICE_MIGRATE_COMPLETED".len();

/// Prints an event on one line.
pub(crate) fn event(out: &mut dyn Write, message: &EventMessage) -> io::Result<()> {
    let EventMessage {
        timestamp, event, ..
    } = message;
    let style = style(event);
    let (time, name) = (time::utc(timestamp), escaped(event.name()));
    write!(out, "{DIM}{time:<26}{DIM:#}  {style}{name}{style:#}")?;
    let detail = match event {
        Event::Unknown(event) => match &event.data {
            Some(data) => format!("unknown, with {}", escaped(&data.to_string())),
            None => "unknown".into(),
        },
        _ => Members::of(message)?.to_string(),
    };
    match detail.is_empty() {
        true => writeln!(out),
        false => {
            let gap = NAME_WIDTH.saturating_sub(name.chars().count()) + 2;
            writeln!(out, "{:gap$}{detail}", "")
        }
    }
}

/// Highlights bad news and events that the schema does not define.
fn style(event: &Event) -> Style {
    match event {
        Event::Unknown(_) => NEWER,
        Event::GuestPanicked(_) | Event::MemUnplugError(_) | Event::QuorumFailure(_) => ALARM,
        Event::QuorumReportBad(_) => ALARM,
        Event::Migration(migration) if migration.status == MigrationStatus::Failed => ALARM,
        Event::DumpCompleted(dump) if dump.result.status == DumpStatus::Failed => ALARM,
        _ => BOLD,
    }
}

/// Prints the number of events of each kind.
pub(crate) fn summary(out: &mut dyn Write, summary: &Summary) -> io::Result<()> {
    let (known, known_kinds) = summary.known();
    let (unknown, unknown_kinds) = summary.unknown();
    let events = counted(known + unknown, "event");
    let known = format!("{known} known of {}", counted(known_kinds as u64, "kind"));
    let unknown = format!(
        "{unknown} unknown of {}",
        counted(unknown_kinds as u64, "kind")
    );
    writeln!(out, "\n{BOLD}{events}{BOLD:#}: {known}, {unknown}")?;
    for kind in summary.kinds() {
        let (count, name) = (kind.count, escaped(kind.name));
        match kind.is_known {
            true => writeln!(out, "{count:>6}  {name}")?,
            false => writeln!(out, "{count:>6}  {NEWER}{name}{NEWER:#} (unknown)")?,
        }
    }
    if summary.others > 0 {
        let others = counted(summary.others, "other message");
        writeln!(out, "{others} ignored")?;
    }
    if summary.undecoded > 0 {
        let lines = counted(summary.undecoded, "line");
        writeln!(out, "{ALARM}{lines} could not be decoded{ALARM:#}")?;
    }
    if summary.lost > 0 {
        let events = counted(summary.lost, "event");
        writeln!(out, "{ALARM}{events} lost{ALARM:#}")?;
    }
    Ok(())
}

fn counted(count: u64, what: &str) -> String {
    match count {
        1 => format!("1 {what}"),
        _ => format!("{count} {what}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> String {
        let message = serde_json::from_str(text).expect("a message");
        let mut out = Vec::new();
        event(&mut out, &message).expect("memory can be written");
        let text = String::from_utf8(out).expect("text");
        anstream::adapter::strip_str(&text).to_string()
    }

    #[test]
    fn an_event_is_one_line() {
        let stop = r#"{"event": "STOP", "timestamp": {"seconds": -1, "microseconds": -1}}"#;
        assert_eq!(plain(stop), "no clock                    STOP\n");
        let dump = r#"{"timestamp": {"seconds": 1456149640, "microseconds": 71236},
                       "event": "DUMP_COMPLETED", "data": {"error": "disk\nfull", "result":
                       {"total": 9, "status": "failed", "completed": 0}}}"#;
        assert_eq!(
            plain(dump),
            "2016-02-22 14:00:40.071236  DUMP_COMPLETED           \
             result={status=failed completed=0 total=9} error=\"disk\\nfull\"\n"
        );
    }

    #[test]
    fn an_unknown_event_is_shown_with_its_data() {
        let new = |name: &str, data: &str| {
            let time = r#""timestamp": {"seconds": 0, "microseconds": 0}"#;
            plain(&format!("{{\"event\": \"{name}\", {time}{data}}}"))
        };
        assert_eq!(
            new("NEW", r#", "data": {"b": [1, null], "a": "x y"}"#),
            "1970-01-01 00:00:00.000000  NEW                      \
             unknown, with {\"b\":[1,null],\"a\":\"x y\"}\n"
        );
        assert_eq!(
            new("A_NAME_THAT_IS_LONGER_THAN_ALL", ""),
            "1970-01-01 00:00:00.000000  A_NAME_THAT_IS_LONGER_THAN_ALL  unknown\n"
        );
    }

    #[test]
    fn control_sequences_do_not_reach_the_terminal() {
        let name = r"\u001b[31m\u009b\u202eNEW";
        let text = format!(
            r#"{{"event": "{name}", "data": {{"{name}": "{name}"}},
                 "timestamp": {{"seconds": 0, "microseconds": 0}}}}"#
        );
        let line = plain(&text);
        assert!(
            line.contains(r"  \u{1b}[31m\u{9b}\u{202e}NEW  unknown, with {"),
            "{line}"
        );
        assert!(!line.contains(['\u{1b}', '\u{9b}', '\u{202e}']), "{line}");
        let known = format!(
            r#"{{"event": "VSERPORT_CHANGE", "data": {{"id": "{name}", "open": true}},
                 "timestamp": {{"seconds": 0, "microseconds": 0}}}}"#
        );
        let line = plain(&known);
        assert!(!line.contains(['\u{1b}', '\u{9b}', '\u{202e}']), "{line}");
        assert!(line.ends_with("open=true\n"), "{line}");
    }
}
