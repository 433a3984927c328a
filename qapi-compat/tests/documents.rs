//! Checks that the documentation has the rules of the code.
//!
//! `INSTA_UPDATE=always cargo test -p qapi-compat` updates the rules on the page.

use std::collections::BTreeSet;
use std::env;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use qapi_compat::{RULES, Rule, Severity};

const BEGIN: &str = "<!-- The rules: written by a test. -->\n";
const END: &str = "<!-- The end of the rules. -->\n";

fn page(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../docs")
        .join(name)
}

fn rules() -> String {
    let mut text = String::new();
    for rule in RULES {
        describe(rule, &mut text).expect("a string");
    }
    text
}

fn describe(rule: &Rule, text: &mut String) -> std::fmt::Result {
    let wording = rule
        .wording
        .replace("{it}", "…")
        .replace("{old}", "…")
        .replace("{new}", "…");
    writeln!(text, "\n### `{}`\n", rule.id)?;
    writeln!(
        text,
        "“{wording}” (the opposite: [`{0}`](#{0}))\n",
        rule.inverse
    )?;
    writeln!(text, "| | | |\n|---|---|---|")?;
    if rule.sent == rule.received {
        writeln!(text, "| on the wire | {} | {} |", rule.sent, rule.reason)?;
    } else {
        let verdict = format!("sent: {}; received: {}", rule.sent, rule.received);
        writeln!(text, "| on the wire | {verdict} | {} |", rule.reason)?;
    }
    writeln!(text, "| in Rust | {} | {} |", rule.rust, rule.program)?;
    writeln!(text, "| reference | | {} |\n", rule.promise)?;
    writeln!(text, "```diff")?;
    let (old, new): (Vec<_>, Vec<_>) = (
        rule.example.old.lines().collect(),
        rule.example.new.lines().collect(),
    );
    for line in &old {
        let mark = if new.contains(line) { ' ' } else { '-' };
        writeln!(text, "{mark}{line}")?;
    }
    for line in new.iter().filter(|line| !old.contains(line)) {
        writeln!(text, "+{line}")?;
    }
    writeln!(text, "```")
}

#[test]
fn the_page_has_all_rules() {
    let path = page("evolution.md");
    let text = fs::read_to_string(&path).expect("the page");
    let (before, rest) = text.split_once(BEGIN).expect("the rules begin");
    let (_, after) = rest.split_once(END).expect("the rules end");
    let expected = format!("{before}{BEGIN}{}\n{END}{after}", rules());
    if text != expected && env::var("INSTA_UPDATE").is_ok_and(|it| it == "always") {
        fs::write(&path, expected).expect("it can be written");
        return;
    }
    assert!(text == expected, "update the page with INSTA_UPDATE=always");
}

/// The page on generated code lists the changes that break programs, each with the rules that report it.
#[test]
fn the_table_of_effects_on_programs_has_all_rules() {
    let text = fs::read_to_string(page("generated-code.md")).expect("the page");
    let (_, table) = text.split_once("## When QEMU changes").expect("the table");
    let rows = table.lines().filter(|line| line.starts_with("| ")).skip(1);
    let mut named = BTreeSet::new();
    for row in rows {
        let last = row
            .trim_end_matches(" |")
            .rsplit(" | ")
            .next()
            .expect("a cell");
        for id in last.split(", ").map(|it| it.trim_matches('`')) {
            let rule = Rule::find(id).unwrap_or_else(|| panic!("no rule {id}: {row}"));
            named.insert(rule.id);
        }
    }
    for rule in RULES {
        let is_named = named.contains(rule.id) || named.contains(rule.inverse);
        assert!(
            is_named || rule.rust == Severity::Fine,
            "{} is in no row",
            rule.id
        );
    }
}
