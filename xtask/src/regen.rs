//! `cargo xtask regen`: the committed output, or any schema to any file.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anstream::{eprintln, println};
use anstyle::{AnsiColor, Style};
use qapi_codegen::Builder;
use similar::{ChangeTag, TextDiff};

/// Schemas and the committed files that are generated from them, as seen from the workspace.
const COMMITTED: [(&str, &str); 2] = [
    (
        "schema/qapi-schema.json",
        "generated-example/generated/qapi.rs",
    ),
    (
        "schema/showcase.json",
        "generated-example/generated/showcase.rs",
    ),
];

/// Regenerates what is committed, or with `check` shows what would change and changes nothing.
pub(crate) fn committed(check: bool) -> ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap_or(Path::new(""));
    let jobs = COMMITTED.map(|(schema, out)| (root.join(schema), root.join(out)));
    run(&jobs, check)
}

/// Generates from one schema to one file.
pub(crate) fn one(schema: PathBuf, out: PathBuf, check: bool) -> ExitCode {
    run(&[(schema, out)], check)
}

fn run(jobs: &[(PathBuf, PathBuf)], check: bool) -> ExitCode {
    let mut stale = false;
    for (schema, out) in jobs {
        match regenerate(schema, out, check) {
            Ok(changed) => stale |= changed && check,
            Err(error) => {
                eprintln!("{error}");
                return ExitCode::from(2);
            }
        }
    }
    match stale {
        true => {
            eprintln!("error: the committed output is stale: run `cargo xtask regen`");
            ExitCode::from(1)
        }
        false => ExitCode::SUCCESS,
    }
}

/// Whether the file differs from what the schema gives; unless `check` it is written.
fn regenerate(schema: &Path, out: &Path, check: bool) -> Result<bool, String> {
    let bindings = Builder::new(schema)
        .generate()
        .map_err(|error| error.to_string())?;
    let new = bindings.to_string();
    let old = fs::read_to_string(out).unwrap_or_default();
    let shown = out.display();
    if old == new {
        println!("{shown}: up to date");
        return Ok(false);
    }
    if check {
        show(&old, &new, out);
        return Ok(true);
    }
    fs::write(out, &new).map_err(|error| format!("{shown}: error: can't write: {error}"))?;
    println!("{shown}: written, {} lines", new.lines().count());
    Ok(true)
}

fn show(old: &str, new: &str, out: &Path) {
    let diff = TextDiff::from_lines(old, new);
    println!(
        "--- {} (committed)\n+++ {} (generated)",
        out.display(),
        out.display()
    );
    for hunk in diff.unified_diff().iter_hunks() {
        println!("{}", hunk.header());
        for change in hunk.iter_changes() {
            let (sign, style) = match change.tag() {
                ChangeTag::Delete => ('-', AnsiColor::Red.on_default()),
                ChangeTag::Insert => ('+', AnsiColor::Green.on_default()),
                ChangeTag::Equal => (' ', Style::new()),
            };
            let text = change.value().trim_end_matches('\n');
            println!("{style}{sign}{text}{style:#}");
        }
    }
}
