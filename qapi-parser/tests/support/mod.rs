//! Shared by the tests, the benchmark and the fuzz target.
#![allow(dead_code)]

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use qapi_parser::{Diagnostics, Error, Kind, Loader, Mode, Schema, Sources, Span};

/// Finds material that is not part of the project. If it is missing, prints a message and returns `None`.
///
/// # Panics
///
/// If it is missing in CI.
pub(crate) fn shared(what: &str) -> Option<PathBuf> {
    let folder = match std::env::var_os("QAPI_SHARED") {
        Some(folder) => PathBuf::from(folder),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared"),
    };
    let path = folder.join(what);
    if path.exists() {
        return Some(path);
    }
    let message = format!("SKIPPED: {} is not there", path.display());
    let in_ci = std::env::var_os("CI").is_some_and(|value| value == "true");
    assert!(!in_ci, "{message}");
    // Not `eprintln`, which is captured in tests that pass.
    let _ = writeln!(std::io::stderr(), "{message}");
    None
}

/// Loads text without includes as the file `schema.json`.
pub(crate) fn load(text: &str, mode: Mode) -> Result<Schema, Error> {
    Loader::new()
        .mode(mode)
        .read_with(|_| Ok(text.into()))
        .load("schema.json")
}

/// The findings of a load, whether it failed or not.
pub(crate) fn findings(result: Result<Schema, Error>) -> Diagnostics {
    match result {
        Ok(schema) => schema.warnings().clone(),
        Err(Error::Rejected(findings)) => findings,
        Err(error) => panic!("{error}"),
    }
}

/// The findings, with the places that QEMU reports.
pub(crate) fn headings(findings: &Diagnostics) -> Vec<String> {
    let heading = |finding: &qapi_parser::Diagnostic| {
        let place = finding.qemu_place(findings.sources());
        format!("{place}: {}", finding.message())
    };
    findings.iter().map(heading).collect()
}

/// Loads arbitrary bytes in both modes, and checks all results.
pub(crate) fn exercise(bytes: &[u8]) {
    let load = |mode| {
        let loader = Loader::new().mode(mode).read_with(|path| {
            // It may include itself under many names, up to a limit.
            let depth = path.components().count();
            match depth < 4 {
                true => Ok(bytes.to_vec()),
                false => Err(std::io::ErrorKind::NotFound.into()),
            }
        });
        loader.load("schema.json")
    };
    let strict = load(Mode::Strict);
    let lenient = load(Mode::Lenient);
    if let (Ok(_), Err(error)) = (&strict, &lenient) {
        panic!("accepted by strict mode only:\n{error}");
    }
    let strict = look_at(strict);
    let lenient = look_at(lenient);
    let known = places_outside_comments(&strict);
    for place in places_outside_comments(&lenient) {
        assert!(
            known.contains(&place),
            "{place:?} is reported by lenient mode only:\n{lenient}\n\nstrict:\n{strict}"
        );
    }
}

/// The files and lines of all findings except those in documentation, which the modes parse differently.
fn places_outside_comments(findings: &Diagnostics) -> BTreeSet<(&Path, usize)> {
    let sources = findings.sources();
    let place = |finding: &qapi_parser::Diagnostic| {
        let place = finding.place(sources);
        let mut files = sources.iter();
        let file = files.find(|source| source.path() == place.path)?;
        let line = file.text().split('\n').nth(place.line - 1)?;
        let is_comment = line.trim_start().starts_with('#');
        (!is_comment).then_some((place.path, place.line))
    };
    findings.iter().filter_map(place).collect()
}

/// Renders all findings, checks all spans, and returns the findings.
pub(crate) fn look_at(result: Result<Schema, Error>) -> Diagnostics {
    let findings = follow(result);
    let plain = findings.to_string();
    assert_eq!(plain.is_empty(), findings.is_empty());
    let styled = findings.report().styled(true).to_string();
    assert_eq!(styled.is_empty(), plain.is_empty());
    findings
}

/// Checks all spans in the result of a load, and returns the findings.
pub(crate) fn follow(result: Result<Schema, Error>) -> Diagnostics {
    if let Ok(schema) = &result {
        model(schema);
    }
    let findings = findings(result);
    for finding in findings.iter() {
        let sources = findings.sources();
        span(sources, finding.primary().span);
        for label in finding.secondary() {
            span(sources, label.span);
        }
        let qemu = finding.qemu_place(sources);
        let mut files = sources.iter();
        let file = files.find(|source| source.path() == qemu.path).unwrap();
        let lines = file.text().split('\n').count();
        assert!((1..=lines).contains(&qemu.line), "{}", finding.message());
        assert_ne!(qemu.column, Some(0), "{}", finding.message());
    }
    findings
}

fn span(sources: &Sources, span: Span) {
    let text = sources.get(span.source).text();
    let (start, end) = (span.start as usize, span.end as usize);
    assert!(start <= end && end <= text.len(), "{span:?}");
    assert!(
        text.is_char_boundary(start) && text.is_char_boundary(end),
        "{span:?} cuts a character"
    );
    let position = sources.position(span);
    assert!(position.line >= 1 && position.column >= 1);
    assert_eq!(sources.text(span), &text[start..end]);
}

/// Checks all parts of a valid schema.
fn model(schema: &Schema) {
    let sources = schema.sources();
    for (id, definition) in schema.definitions() {
        assert_eq!(schema.find(&definition.name), Some(id));
        definition.span.into_iter().for_each(|at| span(sources, at));
        match &definition.kind {
            Kind::Builtin(_) | Kind::Extern => {}
            Kind::Enum(values) => values
                .values
                .iter()
                .for_each(|v| span(sources, v.name.span)),
            Kind::Array(element) => assert!(!matches!(
                schema.get(*element).kind,
                Kind::Command(_) | Kind::Event(_)
            )),
            Kind::Object(object) => {
                for (owner, member) in schema.members(id) {
                    span(sources, member.name.span);
                    assert!(schema.object(owner).is_some());
                    let _ = schema.get(member.ty);
                }
                for branch in object.branches.iter().flat_map(|union| &union.branches) {
                    span(sources, branch.name.span);
                    assert!(schema.object(branch.ty).is_some());
                }
            }
            Kind::Alternate(alternate) => {
                for alternative in &alternate.alternatives {
                    span(sources, alternative.name.span);
                    let _ = schema.get(alternative.ty);
                }
            }
            Kind::Command(command) => {
                let objects = command.arguments.iter();
                objects.for_each(|&id| assert!(schema.object(id).is_some()));
                let _ = command.returns.map(|id| schema.get(id));
            }
            Kind::Event(event) => {
                let objects = event.data.iter();
                objects.for_each(|&id| assert!(schema.object(id).is_some()));
            }
        }
    }
    for doc in schema.docs() {
        span(sources, doc.span);
        for section in &doc.sections {
            span(sources, section.span);
        }
    }
}
