//! Tests the examples of `docs/generated-code.md`: they are excerpts from the schema, from the generated code, and from
//! a program that is compiled and run here.

#[allow(unreachable_pub)]
mod showcase {
    include!("../../../generated-example/generated/showcase.rs");
}
mod usage;

use std::fs;

use integration_tests::root;
use qapi_codegen::Builder;

fn text(path: &str) -> String {
    fs::read_to_string(root().join(path)).expect("it is there")
}

fn generated() -> String {
    let bindings = Builder::new(root().join("schema/showcase.json")).generate();
    bindings.expect("it is a good schema").to_string()
}

/// A fenced block of a page: its language, and its lines.
fn blocks(page: &str) -> Vec<(String, Vec<String>)> {
    let mut blocks = Vec::new();
    let mut open: Option<(String, Vec<String>)> = None;
    for line in page.lines() {
        match (line.strip_prefix("```"), &mut open) {
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (Some(language), None) => open = Some((language.to_owned(), vec![])),
            (None, Some((_, lines))) => lines.push(line.to_owned()),
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "every block ends");
    blocks
}

/// Whether a text has these consecutive lines, possibly all indented by the same width.
fn has(text: &str, block: &[String]) -> bool {
    [0, 4, 8].iter().any(|width| {
        let indented = block.iter().map(|line| match line.is_empty() {
            true => "\n".to_owned(),
            false => format!("{:width$}{line}\n", ""),
        });
        text.starts_with(&indented.clone().collect::<String>())
            || text.contains(&format!("\n{}", indented.collect::<String>()))
    })
}

#[test]
fn every_block_of_the_page_is_true() {
    let page = text("docs/generated-code.md");
    let schema = text("schema/showcase.json");
    let generated = generated();
    let usage = text("tests/tests/generated_code/usage.rs");
    let blocks = blocks(&page);
    for kind in ["enum", "struct", "union", "alternate", "command", "event"] {
        let key = format!("{{ '{kind}': '");
        let shown = blocks.iter().flat_map(|(_, lines)| lines);
        assert!(
            shown.clone().any(|line| line.starts_with(&key)),
            "no {kind}"
        );
    }
    for (language, lines) in blocks {
        let texts: &[&str] = match language.as_str() {
            "qapi" => &[&schema],
            "rust" => &[&generated, &usage],
            other => panic!("what is '{other}'?"),
        };
        assert!(
            texts.iter().any(|text| has(text, &lines)),
            "this block of the page is not in the schema, the generated code or the program:\n{}",
            lines.join("\n")
        );
    }
}

#[test]
fn the_committed_showcase_is_what_the_schema_gives() {
    assert!(
        text("generated-example/generated/showcase.rs") == generated(),
        "generated-example/generated/showcase.rs is stale: run `cargo xtask regen`"
    );
}
