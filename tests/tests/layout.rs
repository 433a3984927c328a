//! Generated code looks like the output of prettyplease, which prints only what is not of a known shape.

use std::fs;
use std::path::Path;

use integration_tests::{releases, root};
use qapi_codegen::Builder;

/// Compares the code for a schema with the output of prettyplease.
fn check(schema: &Path) {
    let bindings = Builder::new(schema).generate();
    let text = bindings
        .unwrap_or_else(|error| panic!("{error}"))
        .to_string();
    let (types, _) = text.split_once("\nmod support {").expect("it has one");
    for part in parts(types) {
        let file = syn::parse_file(&part).unwrap_or_else(|error| panic!("{error}: {part}"));
        let printed = prettyplease::unparse(&file);
        let mut lines = code(&part).zip(code(&printed));
        let difference = lines.find(|(ours, theirs)| ours != theirs);
        assert_eq!(difference, None, "{}", schema.display());
        assert_eq!(code(&part).count(), code(&printed).count());
    }
}

/// Lines other than blank ones, which prettyplease does not keep.
fn code(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| !line.is_empty())
}

/// The contents of each module, and all that is in none. Without comments, and without tables for the runtime, which have
/// a layout of their own.
fn parts(text: &str) -> Vec<String> {
    let mut top = String::new();
    let mut modules: Vec<String> = Vec::new();
    let (mut is_in_module, mut is_in_table) = (false, false);
    for line in text.lines() {
        let inner = match is_in_module {
            true => line.strip_prefix("    ").unwrap_or(line),
            false => line,
        };
        if is_in_table {
            is_in_table = !inner.starts_with('}');
        } else if inner.starts_with("support::") {
            is_in_table = !inner.ends_with('}');
        } else if line == "}" && is_in_module {
            is_in_module = false;
        } else if line.ends_with(" {") && line.contains("mod ") && !is_in_module {
            modules.push(String::new());
            is_in_module = true;
            top += &format!("{line}}}\n");
        } else if line == "// The messages that carry commands and events." {
            break;
        } else if !inner.starts_with("// ") {
            let part = match modules.last_mut() {
                Some(module) if is_in_module => module,
                _ => &mut top,
            };
            part.extend([inner, "\n"]);
        }
    }
    // Attributes of what was left out.
    let end = top.trim_end().rfind("}\n").map_or(0, |end| end + 2);
    top.truncate(end);
    modules.push(top);
    modules
}

#[test]
fn all_shapes() {
    check(&root().join("schema/showcase.json"));
    check(&root().join("schema/qapi-schema.json"));
}

#[test]
fn all_releases() {
    for release in releases().unwrap_or_default() {
        for schema in &release.schemas {
            check(schema);
        }
    }
}

/// The same definitions with names of every length, so that lines are almost too wide, exactly wide enough, and too wide.
#[test]
fn all_widths() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for length in 1..80 {
        let name = "n".repeat(length);
        let schema = format!(
            "{{ 'enum': 'E{name}', 'data': [ 'one', 'two-{name}', {{ 'name': 'three', 'features': [ 'deprecated' ] }} ] }}
             {{ 'struct': 'S{name}', 'data': {{ '{name}': 'str', '*o-{name}': 'str', 'x': [ 'E{name}' ] }} }}
             {{ 'struct': 'L{name}', 'data': {{ 'list': [ 'S{name}' ] }} }}
             {{ 'struct': 'T{name}', 'data': {{ 'text-{name}': 'str' }} }}
             {{ 'union': 'U{name}', 'base': {{ 'kind': 'E{name}', 'id-{name}': 'str' }}, 'discriminator': 'kind',
                'data': {{ 'one': 'S{name}', 'two-{name}': 'T{name}' }} }}
             {{ 'union': 'V{name}', 'base': {{ 'kind': 'E{name}' }}, 'discriminator': 'kind',
                'data': {{ 'one': 'S{name}', 'two-{name}': 'T{name}' }} }}
             {{ 'alternate': 'A{name}', 'data': {{ 'text-{name}': 'str', 'number': 'int', 's': 'S{name}', 'l': [ 'T{name}' ] }} }}
             {{ 'command': 'c-{name}', 'data': 'S{name}', 'returns': [ 'U{name}' ] }}
             {{ 'command': 'd-{name}', 'data': {{ 'a': 'A{name}', '*b': 'V{name}', 'features-{name}': 'L{name}' }} }}
             {{ 'event': 'EV_{name}', 'data': {{ 'u': 'U{name}' }} }}"
        );
        let path = folder.path().join("schema.json");
        fs::write(&path, schema).expect("it can be written");
        check(&path);
    }
}
