//! The main ratios as one picture: `docs/performance.svg`, for light and dark pages.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context as _, Result};

use crate::record::Record;
use crate::{unit, workspace};

/// A row of the picture: the section, the measured ratio, and the label of the bar.
type Row = (&'static str, &'static str, &'static str);

/// Costs: a shorter bar is better.
const COSTS: &[Row] = &[
    ("compile-dev", "wall time", "compile QMP, time"),
    ("compile-dev", "peak memory", "compile QMP, memory"),
    ("cold", "wall time", "cold build with QMP"),
    ("edit", "own crate", "build after an edit"),
];

/// Speeds: a longer bar is better.
const SPEEDS: &[Row] = &[
    (
        "decode",
        "query-qmp-schema, speed, ours / theirs",
        "decode query-qmp-schema",
    ),
    (
        "decode",
        "query-named-block-nodes, speed, ours / theirs",
        "decode block nodes",
    ),
    (
        "decode",
        "query-machines, speed, ours / theirs",
        "decode machines",
    ),
    (
        "decode",
        "8000 events, speed, ours / theirs",
        "decode events",
    ),
    (
        "decode",
        "blockdev-add, speed, ours / theirs",
        "encode blockdev-add",
    ),
    (
        "client",
        "round trips a second, one at a time, ours / theirs",
        "client, round trips",
    ),
    ("client", "events a second, ours / theirs", "client, events"),
];

const WIDTH: f64 = 720.0;
const LEFT: f64 = 200.0;
const RIGHT: f64 = 60.0;
const ROW: f64 = 24.0;
const BAR: f64 = 14.0;
const HEAD: f64 = 40.0;

/// Colours for both kinds of pages; the reader's browser chooses.
const STYLE: &str = "\
text { font: 12px system-ui, sans-serif; fill: #1f2328 }
.title { font-weight: 600 }
.value { fill: #ffffff; font-weight: 600; font-variant-numeric: tabular-nums }
.bar { fill: #b7410e }
.peer { stroke: #59636e; stroke-dasharray: 3 3 }
.target { stroke: #1f2328; stroke-width: 2 }
.note { fill: #59636e }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3 }
  .bar { fill: #f0883e }
  .value { fill: #0d1117 }
  .peer { stroke: #9198a1 }
  .target { stroke: #e6edf3 }
  .note { fill: #9198a1 }
}
";

/// Draws the rows that have a recorded ratio.
pub(crate) fn renew(record: &Record) -> Result<()> {
    let path = path();
    fs::write(&path, draw(record)).with_context(|| format!("can't write {}", path.display()))
}

fn path() -> PathBuf {
    workspace::root().join("../docs/performance.svg")
}

fn draw(record: &Record) -> String {
    let panels = [
        ("Cost relative to the peer (shorter is better)", COSTS),
        ("Speed relative to the peer (longer is better)", SPEEDS),
    ];
    let mut body = String::new();
    let mut top = 0.0;
    for (title, rows) in panels {
        let rows: Vec<_> = rows
            .iter()
            .filter_map(|&(section, what, label)| Some((label, record.find(section, what)?)))
            .collect();
        if !rows.is_empty() {
            panel(&mut body, &mut top, title, &rows);
        }
    }
    let height = top + ROW;
    let _ = writeln!(
        body,
        r#"<text class="note" x="{LEFT}" y="{:.0}">Dashed line: the peer. Short line: the target.</text>"#,
        top + BAR
    );
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" \
         aria-label=\"Measured ratios to the peer\">\n<style>\n{STYLE}</style>\n{body}</svg>\n"
    )
}

fn panel(body: &mut String, top: &mut f64, title: &str, rows: &[(&str, (f64, f64))]) {
    let largest = rows
        .iter()
        .map(|(_, (ratio, target))| ratio.max(*target))
        .fold(1.0, f64::max);
    let scale = (WIDTH - LEFT - RIGHT) / largest;
    let first = *top + HEAD;
    let _ = writeln!(
        body,
        r#"<text class="title" x="{LEFT}" y="{:.0}">{title}</text>"#,
        *top + HEAD / 2.0
    );
    for (index, (label, (ratio, target))) in rows.iter().enumerate() {
        let y = first + ROW * index as f64;
        let (text, bar) = (y + BAR - 3.0, ratio * scale);
        let at = LEFT + target * scale;
        let _ = writeln!(
            body,
            "<text x=\"{:.0}\" y=\"{text:.0}\" text-anchor=\"end\">{label}</text>\n\
             <rect class=\"bar\" x=\"{LEFT}\" y=\"{y:.0}\" width=\"{bar:.1}\" height=\"{BAR}\" rx=\"2\"/>\n\
             <line class=\"target\" x1=\"{at:.1}\" x2=\"{at:.1}\" y1=\"{:.0}\" y2=\"{:.0}\"/>\n\
             <text class=\"value\" x=\"{:.1}\" y=\"{text:.0}\">{}</text>",
            LEFT - 10.0,
            y - 2.0,
            y + BAR + 2.0,
            LEFT + 8.0,
            unit::digits(*ratio),
        );
    }
    let last = first + ROW * rows.len() as f64;
    let peer = LEFT + scale;
    let _ = writeln!(
        body,
        r#"<line class="peer" x1="{peer:.1}" x2="{peer:.1}" y1="{:.0}" y2="{:.0}"/>"#,
        first - 6.0,
        last - 4.0
    );
    *top = last;
}

#[cfg(test)]
mod tests {
    use super::{Record, draw};

    #[test]
    fn the_picture_shows_what_was_measured() {
        let record = Record::read().expect("the committed record is readable");
        let picture = draw(&record);
        assert!(picture.starts_with("<svg ") && picture.ends_with("</svg>\n"));
        for (section, what, label) in super::COSTS.iter().chain(super::SPEEDS) {
            let is_measured = record.find(section, what).is_some();
            assert_eq!(picture.contains(&format!(">{label}<")), is_measured);
        }
        assert!(picture.contains("prefers-color-scheme: dark"));
    }
}
