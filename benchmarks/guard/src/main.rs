//! `cargo guard`: counts the instructions of parsing, generating, decoding and encoding, and fails if a count exceeds
//! `baseline.txt` by more than 5%.

mod baseline;
mod callgrind;

use std::env;
use std::process::ExitCode;

use anstyle::{AnsiColor, Style};
use anyhow::{Context as _, Result, bail};

use crate::baseline::Baseline;

/// The maximum increase of a count, in percent.
const TOLERANCE: f64 = 5.0;

const GOOD: Style = AnsiColor::Green.on_default();
const BAD: Style = AnsiColor::Red.on_default().bold();

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match arguments[..] {
        [] => check(),
        ["--renew"] => renew().map(|()| true),
        // This runs within callgrind.
        ["run", work] => run(work).map(|()| true),
        _ => {
            anstream::eprintln!("usage: cargo guard [--renew]");
            return ExitCode::from(2);
        }
    };
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            anstream::eprintln!("{BAD}error:{BAD:#} {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(work: &str) -> Result<()> {
    guard::find(work).with_context(|| format!("there is no work {work}"))?()
}

/// Whether all counts are within the tolerance.
fn check() -> Result<bool> {
    let baseline = Baseline::read()?;
    let toolchain = callgrind::toolchain()?;
    let mut is_good = true;
    for (name, _) in guard::ALL {
        let Some(before) = baseline.count(name) else {
            bail!("the baseline has no entry for {name}: update it with `cargo guard --renew`");
        };
        let (count, out) = callgrind::count(name)?;
        let change = (count as f64 / before as f64 - 1.0) * 100.0;
        let is_worse = change > TOLERANCE;
        let style = if is_worse { BAD } else { GOOD };
        anstream::println!("{name:<16}{count:>12}  {style}{change:+.1}%{style:#}");
        if is_worse {
            is_good = false;
            anstream::eprintln!("  where they go: callgrind_annotate {}", out.display());
        }
    }
    if !is_good {
        anstream::eprintln!(
            "{BAD}error:{BAD:#} more than {TOLERANCE}% above the baseline; to accept it, run `cargo guard --renew`"
        );
    }
    if toolchain != baseline.toolchain {
        anstream::eprintln!(
            "note: the baseline was made with {}, this is {toolchain}",
            baseline.toolchain
        );
    }
    Ok(is_good)
}

fn renew() -> Result<()> {
    let mut counts = Vec::new();
    for (name, _) in guard::ALL {
        let (count, _) = callgrind::count(name)?;
        anstream::println!("{name:<16}{count:>12}");
        counts.push(((*name).to_owned(), count));
    }
    let toolchain = callgrind::toolchain()?;
    Baseline { toolchain, counts }.write()
}
