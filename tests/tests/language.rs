//! `docs/qapi.md` describes the schema language: its examples are valid, and the sections that code cites exist.

use std::fs;
use std::path::Path;

use integration_tests::root;
use qapi_parser::{Loader, Mode};

fn page() -> String {
    fs::read_to_string(root().join("docs/qapi.md")).expect("the page is in the repository")
}

#[test]
fn the_examples_are_a_valid_schema() {
    let mut schema = String::new();
    let mut is_inside = false;
    for line in page().lines() {
        match line {
            "```qapi" => is_inside = true,
            "```" => is_inside = false,
            line if is_inside => schema += &format!("{line}\n"),
            _ => {}
        }
    }
    assert!(schema.contains("'command'"));
    let read = |_: &Path| Ok(schema.clone().into_bytes());
    let loader = Loader::new().mode(Mode::Strict).read_with(read);
    if let Err(error) = loader.load("qapi.md") {
        panic!("{error}");
    }
}

#[test]
fn cited_sections_exist() {
    let page = page();
    let mut cited = 0;
    for folder in ["qapi-parser", "qapi-codegen", "qapi-client", "qapi-compat"] {
        sources(&root().join(folder).join("src"), &mut |path, text| {
            for citation in text.split("docs/qapi.md").skip(1) {
                let number = citation
                    .trim_start_matches(['`', ','])
                    .strip_prefix(" section ")
                    .and_then(|rest| rest.chars().next())
                    .unwrap_or_else(|| panic!("{}: cites no section", path.display()));
                let heading = format!("\n## {number}. ");
                assert!(
                    page.contains(&heading),
                    "{}: no section {number}",
                    path.display()
                );
                cited += 1;
            }
        });
    }
    assert!(cited > 10);
}

/// Calls `visit` with each Rust file below a folder, if there is one.
fn sources(folder: &Path, visit: &mut impl FnMut(&Path, &str)) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.expect("a readable folder").path();
        if path.is_dir() {
            sources(&path, visit);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            visit(&path, &fs::read_to_string(&path).expect("a readable file"));
        }
    }
}
