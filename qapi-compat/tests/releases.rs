//! Consecutive releases of QEMU: the changes that affect a client when QEMU is upgraded.
//!
//! Each change that breaks something on the wire has been checked by hand against the schemas; the test in
//! `random/verdicts.rs` finds a value for each that fails.

use std::env;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use qapi_compat::{Diff, Severity, Side};

/// The limits of the list of changes on the page.
const BEGIN: &str = "<!-- The changes: written by a test. -->\n";
const END: &str = "<!-- The end of the changes. -->\n";

const RELEASES: [&str; 9] = [
    "2.3.0",
    "2.9.0",
    "3.1.0",
    "5.2.0",
    "6.1.0",
    "7.2",
    "8.2.0",
    "10.0.13",
    "11.1.0-rc2",
];

/// QEMU's releases; `None` if they are missing, after a message. In CI, this is a failure.
fn corpus() -> Option<PathBuf> {
    let shared = match env::var_os("QAPI_SHARED") {
        Some(shared) => PathBuf::from(shared),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared"),
    };
    let corpus = shared.join("corpus");
    if corpus.exists() {
        return Some(corpus);
    }
    let message = format!("SKIPPED: {} is not there", corpus.display());
    assert!(env::var("CI").as_deref() != Ok("true"), "{message}");
    let _ = writeln!(std::io::stderr(), "{message}");
    None
}

/// The schemas of a release: QMP's and the guest agent's.
fn sides(corpus: &Path, release: &str) -> [Side; 2] {
    let folder = corpus.join(format!("qemu-{release}"));
    // The path of QMP's schema up to 2.11.
    let old = folder.join("qapi-schema.json");
    let qmp = match old.exists() {
        true => old,
        false => folder.join("qapi/qapi-schema.json"),
    };
    [qmp, folder.join("qga/qapi-schema.json")]
        .map(|path| Side::load(path).unwrap_or_else(|error| panic!("{error}")))
}

#[test]
fn neighbours_differ_in_what_is_known() {
    let Some(corpus) = corpus() else {
        return;
    };
    let sides: Vec<_> = RELEASES
        .iter()
        .map(|release| sides(&corpus, release))
        .collect();
    for (pair, names) in sides.windows(2).zip(RELEASES.windows(2)) {
        let mut lines = Vec::new();
        for (old, new) in pair[0].iter().zip(&pair[1]) {
            let diff = Diff::new(old, new);
            let wire = diff
                .changes
                .iter()
                .filter(|it| it.upgrade != Severity::Fine);
            lines
                .extend(wire.map(|it| format!("{:<9} {:<26} {}", it.upgrade, it.rule.id, it.path)));
        }
        insta::assert_snapshot!(format!("{}-to-{}", names[0], names[1]), lines.join("\n"));
    }
}

#[test]
fn a_downgrade_is_an_upgrade_the_other_way() {
    let Some(corpus) = corpus() else {
        return;
    };
    let (old, new) = (sides(&corpus, "7.2"), sides(&corpus, "11.1.0-rc2"));
    for (old, new) in old.iter().zip(&new) {
        let severities = |diff: Diff, pick: fn(&qapi_compat::Change) -> Severity| {
            let changes = diff.changes.iter().filter(|it| pick(it) != Severity::Fine);
            let mut list: Vec<_> = changes.map(|it| (it.path.to_string(), pick(it))).collect();
            list.sort_unstable();
            list
        };
        let down = severities(Diff::new(old, new), |it| it.downgrade);
        let up = severities(Diff::new(new, old), |it| it.upgrade);
        assert_eq!(down.len(), up.len());
    }
}

#[test]
fn the_page_shows_what_breaks_between_7_2_and_11_1() {
    let Some(corpus) = corpus() else {
        return;
    };
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/evolution.md");
    let page = std::fs::read_to_string(&path).expect("the page");
    let (before, rest) = page.split_once(BEGIN).expect("the changes begin");
    let (_, after) = rest.split_once(END).expect("the changes end");
    let (old, new) = (sides(&corpus, "7.2"), sides(&corpus, "11.1.0-rc2"));
    let diff = Diff::new(&old[0], &new[0]);
    let breaks = diff
        .changes
        .iter()
        .filter(|it| it.upgrade == Severity::Breaks);
    let breaks = breaks.map(|it| format!("- `{}`: `{}`\n", it.path, it.rule.id));
    let breaks: String = breaks.collect();
    let expected = format!("{before}{BEGIN}\n{breaks}\n{END}{after}");
    if page != expected && env::var("INSTA_UPDATE").is_ok_and(|it| it == "always") {
        std::fs::write(&path, expected).expect("it can be written");
        return;
    }
    assert!(page == expected, "update the page with INSTA_UPDATE=always");
}
