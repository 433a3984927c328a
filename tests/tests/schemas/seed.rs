//! The original events of QEMU in February 2016.

use std::fs;

use integration_tests::{root, shared};
use qapi_parser::{Diagnostics, Error, Id, Kind, Loader, Schema};

use crate::declaration::{declaration, since};

/// The types that the events refer to, directly or indirectly.
const TYPES: [&str; 14] = [
    "WatchdogExpirationAction",
    "GuestPanicAction",
    "ACPISlotType",
    "ACPIOSTInfo",
    "DumpStatus",
    "DumpQueryResult",
    "MigrationStatus",
    "NetworkAddressFamily",
    "VncBasicInfo",
    "VncServerInfo",
    "VncClientInfo",
    "SpiceBasicInfo",
    "SpiceServerInfo",
    "SpiceChannel",
];

fn shipped() -> Schema {
    Loader::new()
        .load(root().join("schema/qapi-schema.json"))
        .expect("it is accepted")
}

fn events(schema: &Schema) -> Vec<Id> {
    let events = schema
        .definitions()
        .filter(|(_, d)| matches!(d.kind, Kind::Event(_)));
    events.map(|(id, _)| id).collect()
}

fn declarations(schema: &Schema) -> Vec<(String, &str)> {
    let described = |id| {
        (
            declaration(schema, id),
            since(schema, id).expect("each says it"),
        )
    };
    events(schema).into_iter().map(described).collect()
}

/// The original file uses types that it does not define, so it is read in place of the project's own `event.json`.
#[test]
fn the_events_are_declared_alike_and_in_the_same_order() {
    let Some(seed) = shared("seed/event.json") else {
        return;
    };
    let seeded = Loader::new()
        .read_with(|path| match path.ends_with("event.json") {
            true => fs::read(&seed),
            false => fs::read(path),
        })
        .load(root().join("schema/qapi-schema.json"))
        .expect("it is accepted");
    let expected = declarations(&seeded);
    assert_eq!(expected.len(), 29);
    assert_eq!(declarations(&shipped()), expected);
}

#[test]
fn the_types_are_declared_as_in_the_tree_that_the_events_are_from() {
    let Some(tree) = shared("corpus/qemu-2.5.50/qapi-schema.json") else {
        return;
    };
    let tree = Loader::new().load(tree).expect("it is accepted");
    let shipped = shipped();
    let own = shipped.definitions().filter(|(_, d)| {
        !d.is_implicit && matches!(d.kind, Kind::Enum(_) | Kind::Object(_) | Kind::Alternate(_))
    });
    let mut own: Vec<_> = own.map(|(_, d)| d.name.as_str()).collect();
    own.sort_unstable();
    let mut types = TYPES;
    types.sort_unstable();
    assert_eq!(own, types, "no more and no less");
    let own_events = events(&shipped)
        .into_iter()
        .map(|id| shipped.get(id).name.as_str());
    let mut dated = 0;
    for name in own_events.chain(types) {
        let [in_tree, in_own] = [&tree, &shipped].map(|schema| {
            schema
                .find(name)
                .unwrap_or_else(|| panic!("{name} is not declared"))
        });
        assert_eq!(declaration(&shipped, in_own), declaration(&tree, in_tree));
        // Without a colon, it is part of the text.
        if let Some(expected) = since(&tree, in_tree) {
            assert_eq!(since(&shipped, in_own), Some(expected), "{name}");
            dated += 1;
        }
    }
    assert!(dated > 29, "{dated}");
}

#[test]
fn the_seed_alone_lacks_eleven_types_and_all_are_reported_in_one_run() {
    let Some(seed) = shared("seed/event.json") else {
        return;
    };
    let findings = match Loader::new().load(&seed) {
        Err(Error::Rejected(findings)) => findings,
        other => panic!("{other:?}"),
    };
    let source = fs::read_to_string(&seed).expect("it can be read");
    let mut reported: Vec<_> = errors(&findings, &source);
    reported.sort_unstable();
    let mut missing = TYPES.to_vec();
    // Only types refer to these, not events.
    missing.retain(|name| !["ACPISlotType", "DumpStatus", "NetworkAddressFamily"].contains(name));
    missing.sort_unstable();
    assert_eq!(missing.len(), 11);
    assert_eq!(reported, missing);
    let rendered = findings.report().limit(usize::MAX).to_string();
    for name in missing {
        assert!(is_underlined(&rendered, name), "{name}:\n{rendered}");
    }
}

/// Whether the report has a line with this text in quotes, and carets below it.
fn is_underlined(rendered: &str, name: &str) -> bool {
    let lines: Vec<_> = rendered.lines().collect();
    lines.windows(2).any(|pair| {
        let column = pair[0].find(&format!("'{name}'"));
        let carets = column.and_then(|column| pair[1].get(column..column + name.len() + 2));
        carets.is_some_and(|carets| carets.chars().all(|c| c == '^'))
    })
}

/// The source text at the locations of the errors, without quotes.
fn errors<'a>(findings: &Diagnostics, source: &'a str) -> Vec<&'a str> {
    let errors = findings
        .iter()
        .filter(|f| f.severity() == qapi_parser::Severity::Error);
    errors
        .map(|finding| {
            let span = finding.primary().span;
            source[span.start as usize..span.end as usize].trim_matches('\'')
        })
        .collect()
}
