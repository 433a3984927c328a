//! Findings as JSON, for tools.

use std::borrow::Cow;

use qapi_parser::{Diagnostic, Diagnostics, Mode};
use serde::Serialize;

#[derive(Serialize)]
struct Finding<'a> {
    path: Cow<'a, str>,
    line: usize,
    column: usize,
    severity: &'a str,
    message: &'a str,
    hint: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    qemu: Option<Qemu<'a>>,
}

/// The report of QEMU's own front end.
#[derive(Serialize)]
struct Qemu<'a> {
    /// The place that it names.
    path: Cow<'a, str>,
    line: usize,
    /// Whether it is the error that it stops at.
    first: bool,
}

/// Writes one of `findings` as an object on one line. In strict mode, it includes what QEMU's front end reports.
pub(super) fn line(finding: &Diagnostic, findings: &Diagnostics, mode: Mode) -> String {
    let sources = findings.sources();
    let place = finding.place(sources);
    let qemu = finding.qemu_place(sources);
    let is_first = || {
        findings
            .qemu_stop()
            .is_some_and(|stop| std::ptr::eq(stop, finding))
    };
    let object = Finding {
        path: place.path.to_string_lossy(),
        line: place.line,
        column: place.column.unwrap_or(1),
        severity: finding.severity().name(),
        message: finding.message(),
        hint: finding.suggestion(),
        qemu: (mode == Mode::Strict).then(|| Qemu {
            path: qemu.path.to_string_lossy(),
            line: qemu.line,
            first: is_first(),
        }),
    };
    serde_json::to_string(&object).unwrap_or_default()
}
