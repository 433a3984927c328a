//! `cargo xtask regen`: the committed output and copies, or any schema to any file.

use std::fs;
use std::io;
use std::path::Path;
use std::process::ExitCode;

use anstyle::{AnsiColor, Style};
use qapi_cli::terminal::{print, report};
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

/// Files that two crates have, so that each can be packaged: the original in `qapi-codegen/src`, and the copy in
/// `qapi-client/src`.
const COPIES: [(&str, &str); 10] = [
    ("envelope/command.rs", "envelope/command.rs"),
    ("envelope/event.rs", "envelope/event.rs"),
    ("envelope/greeting.rs", "envelope/greeting.rs"),
    ("envelope/keys.rs", "envelope/keys.rs"),
    ("envelope/message.rs", "envelope/message.rs"),
    ("envelope/response.rs", "envelope/response.rs"),
    ("envelope/returns.rs", "envelope/returns.rs"),
    ("envelope/timestamp.rs", "envelope/timestamp.rs"),
    ("support/errors.rs", "envelope/errors.rs"),
    ("support/numbers.rs", "envelope/numbers.rs"),
];

/// Regenerates the committed files. With `check`, shows what would change without changing it.
pub(crate) fn committed(check: bool) -> io::Result<ExitCode> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap_or(Path::new(""));
    let mut worst = ExitCode::SUCCESS;
    for (schema, out) in COMMITTED {
        let code = one(&root.join(schema), &root.join(out), check)?;
        if code != ExitCode::SUCCESS {
            worst = code;
        }
    }
    for (original, copy) in COPIES {
        let text = fs::read_to_string(root.join("qapi-codegen/src").join(original))?;
        let code = renew(&root.join("qapi-client/src").join(copy), &text, check)?;
        if code != ExitCode::SUCCESS {
            worst = code;
        }
    }
    if worst == STALE {
        report("error: the committed output is stale: run `cargo xtask regen`");
    }
    Ok(worst)
}

/// The exit code for stale output.
const STALE: ExitCode = ExitCode::FAILURE;

/// Generates one file from a schema. With `check`, shows what would change.
pub(crate) fn one(schema: &Path, out: &Path, check: bool) -> io::Result<ExitCode> {
    match Builder::new(schema).generate() {
        Ok(bindings) => renew(out, &bindings.to_string(), check),
        Err(error) => {
            report(error);
            Ok(ExitCode::from(2))
        }
    }
}

/// Writes a file. With `check`, shows what would change.
fn renew(out: &Path, new: &str, check: bool) -> io::Result<ExitCode> {
    let shown = out.display();
    // Anything but a regular file, such as a pipe, cannot be compared.
    let old = match fs::metadata(out) {
        Ok(metadata) if metadata.is_file() => String::from_utf8_lossy(&fs::read(out)?).into_owned(),
        _ => String::new(),
    };
    if old == new {
        print(format_args!("{shown}: up to date"))?;
        return Ok(ExitCode::SUCCESS);
    }
    if check {
        show(&old, new, out)?;
        return Ok(STALE);
    }
    if let Err(error) = fs::write(out, new) {
        report(format_args!("{shown}: error: can't write: {error}"));
        return Ok(ExitCode::from(2));
    }
    let lines = new.lines().count();
    print(format_args!("{shown}: written, {lines} lines"))?;
    Ok(ExitCode::SUCCESS)
}

fn show(old: &str, new: &str, out: &Path) -> io::Result<()> {
    let shown = out.display();
    print(format_args!(
        "--- {shown} (as it is)\n+++ {shown} (as generated)"
    ))?;
    let diff = TextDiff::from_lines(old, new);
    for hunk in diff.unified_diff().iter_hunks() {
        print(hunk.header())?;
        for change in hunk.iter_changes() {
            let (sign, style) = match change.tag() {
                ChangeTag::Delete => ('-', AnsiColor::Red.on_default()),
                ChangeTag::Insert => ('+', AnsiColor::Green.on_default()),
                ChangeTag::Equal => (' ', Style::new()),
            };
            let text = change.value().trim_end_matches('\n');
            print(format_args!("{style}{sign}{text}{style:#}"))?;
        }
    }
    Ok(())
}
