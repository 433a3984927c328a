//! Old forms of structs and members.

use qapi_parser::Mode;

use crate::shown::{accepted, refused, show};
use crate::support::load;

const NO_KIND: &str = "expression must have exactly one key 'enum', 'struct', 'union', 'alternate', 'command', 'event'";

#[test]
fn the_keyword_type_defines_a_struct() {
    let text = "
{ 'type': 'Media', 'data': { 'size': 'int' } }
{ 'type': 'Disk', 'base': 'Media', 'data': { '*label': 'str', 'parts': ['int'] } }
";
    let schema = accepted(
        text,
        &[
            "schema.json:2: struct with the old keyword 'type'",
            "schema.json:3: struct with the old keyword 'type'",
        ],
    );
    assert_eq!(
        show(&schema, "Disk"),
        "{ size: int, *label: str, parts: [int] }"
    );
    refused(text, &format!("schema.json:2: {NO_KIND}"));
}

#[test]
fn a_member_may_have_a_struct_without_a_name() {
    let text = "{ 'struct': 'Disk',\n  'data': { '*shape': { 'heads': 'int', '*inner': { 'x': ['str'] } } } }";
    let schema = accepted(
        text,
        &[
            "schema.json:1: 'data' member '*shape' misses key 'type'",
            "schema.json:1: 'data' member '*shape' member '*inner' misses key 'type'",
        ],
    );
    assert_eq!(
        show(&schema, "Disk"),
        "{ *shape: { heads: int, *inner: { x: [str] } } }"
    );
    refused(
        text,
        "schema.json:1: 'data' member '*shape' misses key 'type'",
    );
}

#[test]
fn unnamed_structs_do_not_collide() {
    let text = "
{ 'type': 'Disk', 'data': { 'a': { 'x': { 'p': 'int' } }, 'b': { 'x': { 'q': 'str' } } } }
{ 'command': 'eject', 'data': { 'arg': { 'y': 'int' }, 'z': 'bool' } }
";
    let schema = load(text, Mode::Lenient).unwrap();
    assert_eq!(
        show(&schema, "Disk"),
        "{ a: { x: { p: int } }, b: { x: { q: str } } }"
    );
    assert_eq!(
        show(&schema, "q_obj_eject-arg"),
        "{ arg: { y: int }, z: bool }"
    );
}

#[test]
fn members_may_have_dots() {
    let text = "{ 'struct': 'Disk', 'data': { 'size.max': 'int' } }";
    let message = "schema.json:1: 'data' member 'size.max' has an invalid name";
    let schema = accepted(text, &[message]);
    assert_eq!(show(&schema, "Disk"), "{ size.max: int }");
    refused(text, message);
    // Branches of a string discriminator may have them too.
    let text = "{ 'union': 'Options', 'base': 'Base', 'discriminator': 'driver', 'data': { 'file.raw': 'Base2' } }\n\
                { 'struct': 'Base', 'data': { 'driver': 'str' } }\n{ 'struct': 'Base2', 'data': {} }";
    let tag =
        "schema.json:1: discriminator member 'driver' of base type 'Base' must be of enum type";
    let branch = "schema.json:1: branch 'file.raw' has an invalid name";
    let schema = accepted(text, &[tag, branch]);
    assert_eq!(
        show(&schema, "Options"),
        "{ driver: str } by driver: file.raw: Base2"
    );
    refused(text, tag);
}

#[test]
fn the_type_any_has_an_old_spelling() {
    let text = "{ 'command': 'eject', 'data': { '*how': '**' }, 'gen': false }\n\
                { 'command': 'load', 'data': { 'what': 'dict' }, 'gen': false }";
    let schema = load(text, Mode::Lenient).unwrap();
    assert_eq!(show(&schema, "q_obj_eject-arg"), "{ *how: any }");
    assert_eq!(show(&schema, "q_obj_load-arg"), "{ what: any }");
    refused(
        text,
        "schema.json:1: parameter 'how' uses unknown type '**'",
    );
}
