//! Old forms of alternates.

use qapi_parser::{Kind, Mode};

use crate::shown::{accepted, hints, refused, show};
use crate::support::{findings, load};

#[test]
fn a_union_with_an_empty_discriminator_is_an_alternate() {
    let text =
        "{ 'union': 'Size', 'discriminator': {},\n  'data': { 'exact': 'int', 'name': 'str' } }";
    let schema = accepted(
        text,
        &[
            "schema.json:1: alternate with the old keyword 'union'",
            "schema.json:1: branch 'name' can't be distinguished from 'exact'",
        ],
    );
    assert_eq!(show(&schema, "Size"), "alternate exact: int | name: str");
    refused(text, "schema.json:1: union misses key 'base'");
}

#[test]
fn an_alternate_may_be_empty() {
    let text =
        "{ 'alternate': 'Size', 'data': {} }\n{ 'union': 'Old', 'discriminator': {}, 'data': {} }";
    let schema = accepted(
        text,
        &[
            "schema.json:1: 'data' must not be empty",
            "schema.json:2: alternate with the old keyword 'union'",
            "schema.json:2: 'data' must not be empty",
        ],
    );
    assert_eq!(show(&schema, "Size"), "alternate ");
    assert_eq!(show(&schema, "Old"), "alternate ");
    refused(text, "schema.json:1: 'data' must not be empty");
    // No release accepts a list here.
    findings(load("{ 'alternate': 'Size', 'data': [] }", Mode::Lenient));
}

#[test]
fn an_alternate_may_have_integers_and_other_numbers() {
    for (one, other) in [("int", "number"), ("number", "size")] {
        let text =
            format!("{{ 'alternate': 'Amount', 'data': {{ 'a': '{one}', 'b': '{other}' }} }}");
        let message = "schema.json:1: branch 'b' can't be distinguished from 'a'";
        let schema = accepted(&text, &[message]);
        assert_eq!(
            show(&schema, "Amount"),
            format!("alternate a: {one} | b: {other}")
        );
        assert_eq!(
            hints(&text),
            ["QEMU 2.10 and later treat all numbers as one type"]
        );
        refused(&text, message);
    }
    for types in [["int", "number", "size"], ["number", "int", "number"]] {
        let [a, b, c] = types;
        let text = format!(
            "{{ 'alternate': 'Amount', 'data': {{ 'a': '{a}', 'b': '{b}', 'c': '{c}' }} }}"
        );
        let findings = findings(load(&text, Mode::Lenient));
        assert_eq!(findings.errors().iter().count(), 1, "{findings}");
    }
}

#[test]
fn boxed_data_may_be_an_alternate() {
    let text = "
{ 'alternate': 'Which', 'data': { 'row': 'int', 'all': 'null' } }
{ 'event': 'CHOSEN', 'boxed': true, 'data': 'Which' }
{ 'command': 'choose', 'boxed': true, 'data': 'Which' }
";
    let event = "schema.json:3: event's 'data' cannot take alternate type 'Which'";
    let command = "schema.json:4: command's 'data' cannot take alternate type 'Which'";
    let schema = accepted(text, &[event, command]);
    let which = schema.find("Which");
    let Kind::Event(chosen) = &schema.get(schema.find("CHOSEN").unwrap()).kind else {
        panic!("an event")
    };
    let Kind::Command(choose) = &schema.get(schema.find("choose").unwrap()).kind else {
        panic!("a command")
    };
    assert_eq!((chosen.data, choose.arguments), (which, which));
    assert_eq!(
        hints(text),
        ["QEMU 4.2 and later require a struct or a union here"; 2]
    );
    refused(text, event);
    // No release accepts it without the flag.
    let text = text.replace("'boxed': true, ", "");
    assert_eq!(
        findings(load(&text, Mode::Lenient)).errors().iter().count(),
        2
    );
}
