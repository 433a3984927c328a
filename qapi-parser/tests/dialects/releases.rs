//! The schemas of QEMU releases.

use qapi_parser::{Kind, Schema};

use crate::support::{follow, shared};

use crate::shown::{show, ty};

/// All definitions of a schema in a line each.
fn show_all(schema: &Schema) -> Vec<String> {
    let definitions = schema.definitions().map(|(id, it)| match &it.kind {
        Kind::Enum(_) | Kind::Object(_) | Kind::Alternate(_) => {
            format!("{}: {}", it.name, show(schema, &it.name))
        }
        Kind::Command(command) => {
            let arguments = command.arguments.map(|id| ty(schema, id));
            let returns = command.returns.map(|id| ty(schema, id));
            format!("{}: {arguments:?} -> {returns:?}", it.name)
        }
        Kind::Event(event) => format!("{}: {:?}", it.name, event.data.map(|id| ty(schema, id))),
        _ => ty(schema, id),
    });
    definitions.collect()
}

/// Rewrites the commas outside of strings and comments: without any, or with one after the last of each list.
fn with_commas(text: &str, trailing: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    // The length of the text up to the last token.
    let mut end = 0;
    while let Some(c) = rest.chars().next() {
        let length = match c {
            '#' => rest.find('\n').unwrap_or(rest.len()),
            '\'' => rest[1..].find('\'').map_or(rest.len(), |at| at + 2),
            c => c.len_utf8(),
        };
        let is_closed = matches!(c, '}' | ']') && !out[..end].ends_with(['{', '[']);
        if trailing && is_closed {
            out.insert(end, ',');
        }
        if trailing || c != ',' {
            out.push_str(&rest[..length]);
        }
        if c != '#' && !c.is_whitespace() {
            end = out.len();
        }
        rest = &rest[length..];
    }
    out
}

/// Every release is the same schema without its commas, and with additional ones.
#[test]
fn commas_of_releases_do_not_matter() {
    let Some(corpus) = shared("corpus") else {
        return;
    };
    for release in std::fs::read_dir(corpus).unwrap() {
        let release = release.unwrap().path();
        let roots = ["qapi-schema.json", "qapi/qapi-schema.json"].map(|root| release.join(root));
        let root = roots.iter().find(|root| root.is_file()).expect("a schema");
        let expected = show_all(&qapi_parser::Loader::new().load(root).unwrap());
        for trailing in [false, true] {
            let read = |path: &std::path::Path| {
                let text = std::fs::read_to_string(path)?;
                Ok(with_commas(&text, trailing).into_bytes())
            };
            let schema = qapi_parser::Loader::new().read_with(read).load(root);
            let schema = schema.unwrap_or_else(|error| panic!("{error}"));
            assert!(show_all(&schema) == expected, "{}", root.display());
            assert!(!schema.warnings().is_empty());
        }
    }
}

/// The seed and all releases of the corpus, including the schemas of the guest agent.
#[test]
fn all_releases_are_accepted() {
    let Some(corpus) = shared("corpus") else {
        return;
    };
    let mut roots = vec![];
    for release in std::fs::read_dir(corpus).unwrap() {
        let release = release.unwrap().path();
        let candidates = [
            "qapi-schema.json",
            "qapi/qapi-schema.json",
            "qga/qapi-schema.json",
        ];
        roots.extend(
            candidates
                .map(|root| release.join(root))
                .into_iter()
                .filter(|p| p.is_file()),
        );
    }
    roots.extend(shared("seed/event.json"));
    assert!(roots.len() > 1);
    for root in roots {
        let result = qapi_parser::Loader::new().load(&root);
        // The seed lacks some types and has no other errors.
        if let Err(qapi_parser::Error::Rejected(findings)) = &result {
            let errors = findings
                .iter()
                .filter(|finding| finding.severity() == qapi_parser::Severity::Error);
            for error in errors {
                assert!(
                    root.ends_with("seed/event.json")
                        && error.message().contains("uses unknown type"),
                    "{}: {}",
                    root.display(),
                    error.message()
                );
            }
        }
        follow(result);
    }
}
