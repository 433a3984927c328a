//! A small schema for each rule of the language that it breaks, with the expected report.
//!
//! `rules/NAME.json` breaks the rule that its first comment states; `rules/NAME.snap` is the complete report in strict
//! mode, which ends with the place where QEMU's front end stops. A report that differs is written to `NAME.snap.new`, for
//! `cargo insta review`. Only that or `INSTA_UPDATE=always` updates snapshots.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use qapi_parser::{Diagnostic, Diagnostics, Error, Loader, Mode};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules")
}

/// The names of the fixtures.
fn names(extension: &str) -> BTreeSet<String> {
    let files = std::fs::read_dir(folder()).expect("the folder of fixtures");
    files
        .map(|file| file.expect("a fixture").path())
        .filter(|path| path.extension().is_some_and(|e| e == extension))
        .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
        .collect()
}

/// The findings in a fixture. Paths are relative to its directory, so that they are the same everywhere.
fn validate(name: &str, mode: Mode) -> Diagnostics {
    let loader = Loader::new()
        .mode(mode)
        // The text of I/O errors depends on the system.
        .read_with(|path| std::fs::read(folder().join(path)).map_err(|e| e.kind().into()));
    match loader.load(format!("{name}.json")) {
        Ok(schema) => schema.warnings().clone(),
        Err(Error::Rejected(findings)) => findings,
        Err(error) => panic!("{name}.json: {error}"),
    }
}

#[test]
fn each_rule_is_enforced() {
    insta::glob!("rules/*.json", |path| {
        let name = path.file_stem().unwrap().to_str().unwrap();
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path("rules");
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.remove_input_file();
        settings.remove_snapshot_suffix();
        settings.bind(|| insta::assert_snapshot!(name, validate(name, Mode::Strict)));
    });
}

/// Lenient mode reports only what strict mode reports, at the same places.
#[test]
fn lenient_mode_finds_nothing_else() {
    let lines = |findings: &Diagnostics| -> BTreeSet<_> {
        let line = |finding: &Diagnostic| finding.place(findings.sources()).line;
        findings.iter().map(line).collect()
    };
    for name in names("json") {
        let strict = validate(&name, Mode::Strict);
        let lenient = validate(&name, Mode::Lenient);
        assert!(
            lines(&lenient).is_subset(&lines(&strict)),
            "{name}.json:\n{lenient}\n\nstrict:\n{strict}"
        );
    }
}

/// Editors jump to the place in the first line.
#[test]
fn the_first_line_names_the_place_of_the_caret() {
    for name in names("json") {
        let report = validate(&name, Mode::Strict).to_string();
        for finding in report.split("\n\n").filter(|text| text.contains("-->")) {
            let (heading, _) = finding.split_once(": error: ").expect("an error");
            let (_, place) = finding.split_once("--> ").expect("a place");
            assert_eq!(place.lines().next(), Some(heading), "{finding}");
        }
    }
}

#[test]
fn each_fixture_is_refused_and_states_its_rule() {
    for name in names("json") {
        let findings = validate(&name, Mode::Strict);
        assert!(findings.qemu_stop().is_some(), "{name}.json is accepted");
        let root = findings.sources().iter().next().expect("the root");
        let header = root.text().trim_start_matches('\u{feff}');
        assert!(header.starts_with("# "), "{name}.json has no header");
    }
}

#[test]
fn no_snapshot_is_left_without_its_fixture() {
    let fixtures = names("json");
    let orphans: Vec<_> = names("snap").difference(&fixtures).cloned().collect();
    assert!(orphans.is_empty(), "no fixture for {orphans:?}");
}
