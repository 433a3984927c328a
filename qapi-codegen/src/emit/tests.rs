//! The generated item and impls of one definition of each kind. `INSTA_UPDATE=always` updates the snapshots; review them.

use std::fs;

use crate::Builder;

/// Everything before the runtime.
fn generated(schema: &str) -> String {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let path = dir.path().join("schema.json");
    fs::write(&path, schema).expect("it can be written");
    let bindings = Builder::new(&path).generate();
    let text = bindings
        .unwrap_or_else(|error| panic!("{error}"))
        .to_string();
    let (own, _) = text.split_once("mod support {").expect("it has one");
    // Without the two header lines and the attribute of the module.
    let lines: Vec<&str> = own.trim_end().lines().skip(2).collect();
    let (_, own) = lines.split_last().expect("it has some");
    own.join("\n")
}

#[test]
fn an_enum() {
    insta::assert_snapshot!(generated(
        "{ 'enum': 'Speed', 'data': [ 'slow', { 'name': '2x', 'features': [ 'deprecated' ] } ] }"
    ));
}

#[test]
fn a_struct() {
    insta::assert_snapshot!(generated(
        "{ 'struct': 'Point', 'data': { 'x': 'int', '*type': 'str', 'next': 'Point', 'list': [ 'size' ] } }"
    ));
}

#[test]
fn a_struct_of_nothing() {
    insta::assert_snapshot!(generated("{ 'struct': 'Nothing', 'data': {} }"));
}

#[test]
fn a_union() {
    insta::assert_snapshot!(generated(
        "{ 'enum': 'Kind', 'data': [ 'round', 'flat' ] }
         { 'struct': 'Round', 'data': { 'radius': 'number' } }
         { 'union': 'Shape', 'base': { 'kind': 'Kind', 'id': 'str' }, 'discriminator': 'kind',
           'data': { 'round': 'Round' } }"
    ));
}

#[test]
fn an_alternate() {
    insta::assert_snapshot!(generated(
        "{ 'alternate': 'Either', 'data': { 's': 'str', 'n': 'null', 'l': [ 'int' ] } }"
    ));
}

#[test]
fn a_command() {
    insta::assert_snapshot!(generated(
        "{ 'command': 'do-it', 'data': { 'when': 'int', '*how': 'any' }, 'returns': [ 'Done' ], 'allow-oob': true }
         { 'struct': 'Done', 'data': { 'well': 'bool' } }"
    ));
}

#[test]
fn an_event() {
    insta::assert_snapshot!(generated(
        "{ 'event': 'DONE', 'data': { 'well': 'bool' } }
         { 'event': 'NOTHING_DONE' }"
    ));
}
