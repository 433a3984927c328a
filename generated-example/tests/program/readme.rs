//! The README shows the actual output and code.

use crate::running::run;

const README: &str = include_str!("../../../README.md");
const GENERATED: &str = include_str!("../../generated/qapi.rs");

/// The blocks of code in a language.
fn blocks(language: &str) -> Vec<&'static str> {
    let opening = format!("```{language}\n");
    let blocks = README.split(&opening).skip(1);
    blocks
        .filter_map(|block| block.split("```").next())
        .collect()
}

#[test]
fn the_output_is_that_of_the_program() {
    let out = run(&[], b"").out;
    let [shown] = blocks("text")[..] else {
        panic!("not one block")
    };
    for line in shown.lines().filter(|line| *line != "…") {
        assert!(
            out.lines().any(|printed| printed == line),
            "not printed: {line}"
        );
    }
    assert!(shown.lines().count() > 3);
}

#[test]
fn the_generated_code_is_in_the_generated_file() {
    let shown = blocks("rust")
        .into_iter()
        .filter(|block| block.contains("pub struct"));
    let shown: Vec<_> = shown.collect();
    assert_eq!(shown.len(), 1);
    assert!(
        GENERATED.contains(shown[0]),
        "renew the README from generated/qapi.rs"
    );
}
