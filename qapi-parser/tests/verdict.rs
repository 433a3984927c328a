//! Verdicts of strict mode where the order of rules or a special case matters.
//!
//! The expected errors are those of QEMU's own front end.

use std::io;
use std::path::Path;

use qapi_parser::{Diagnostics, Error, Loader, Mode, Schema, SectionKind};

/// Validates a single file without includes.
fn validate(text: &str) -> Result<Schema, Diagnostics> {
    let read = |path: &Path| match path == Path::new("s.json") {
        true => Ok(text.into()),
        false => Err(io::ErrorKind::NotFound.into()),
    };
    let loader = Loader::new().mode(Mode::Strict).read_with(read);
    loader.load("s.json").map_err(|error| match error {
        Error::Rejected(findings) => findings,
        other => panic!("{other}"),
    })
}

/// A schema, the line and column of its first error, and a part of the message.
type Rejection = (&'static str, usize, Option<usize>, &'static str);

fn check(cases: &[Rejection]) {
    for &(text, line, column, message) in cases {
        let Err(findings) = validate(text) else {
            panic!("accepted:\n{text}");
        };
        let first = findings.qemu_stop().unwrap();
        let found = first.qemu_place(findings.sources());
        let context = format!("{text}\n{findings}");
        assert!(first.message().contains(message), "{context}");
        assert_eq!((found.line, found.column), (line, column), "{context}");
    }
}

fn accept(cases: &[&str]) {
    for text in cases {
        if let Err(findings) = validate(text) {
            panic!("{text}\n{findings}");
        }
    }
}

#[test]
fn an_error_in_the_next_token_precedes_those_in_the_object() {
    check(&[
        ("'word' $", 1, Some(8), "unexpected '$'"),
        ("'word'", 1, None, "must be an object"),
        ("{ 'include': 'gone' } $", 1, Some(23), "unexpected '$'"),
        ("{ 'include': 'gone' }\n{ $", 1, None, "can't read"),
        ("{ 'pragma': [] } 'open", 1, Some(18), "missing terminating"),
        ("##\n# Free.\n##\n{} $", 4, Some(4), "unexpected '$'"),
    ]);
}

#[test]
fn a_block_is_checked_line_by_line_up_to_its_end() {
    check(&[
        ("##\n# Text.\n$", 3, Some(1), "unexpected '$'"),
        ("##\n#text\n$", 2, Some(1), "missing space"),
        ("##\n# Text.\n{}", 3, Some(1), "must end with '##'"),
        ("##\n# Text.\n", 2, Some(8), "must end with '##'"),
        (
            "##\n# @Ab:\n#\n# Features:\n{}",
            5,
            Some(1),
            "must end with '##'",
        ),
        (
            "##\n# @Ab:\n#\n# Features:\n##\n",
            5,
            Some(1),
            "feature descriptions expected",
        ),
        (
            "##\n# @Ab:\n#\n# Features:\n## end",
            5,
            Some(1),
            "junk after '##'",
        ),
    ]);
}

#[test]
fn an_empty_description_is_reported_after_an_error_in_the_next_token() {
    let empty = "##\n# @Ab:\n#\n# @a:\n##\n{ 'struct': 'Ab', 'data': { 'a': 'int' } }\n";
    check(&[
        (empty, 4, None, "text required after '@a:'"),
        ("##\n# @Ab:\n#\n# @a:\n##\n$", 6, Some(1), "unexpected '$'"),
        (
            "##\n# @Ab:\n#\n# Features:\n# @f:\n##\n{}",
            5,
            None,
            "text required after '@f:'",
        ),
    ]);
}

#[test]
fn a_lesser_indent_is_a_fault_on_the_second_line_only() {
    let definition = "{ 'struct': 'Ab', 'data': { 'a': 'int' } }\n";
    let second = "##\n# @Ab:\n#\n# @a: one\n#     two\n#   three\n##\n";
    check(&[(second, 6, Some(1), "unexpected de-indent")]);
    let third = "##\n# @Ab:\n#\n# @a: one\n#     two\n#     three\n#   four\n##\n";
    accept(&[&format!("{third}{definition}")]);
    // A name ends a description, whatever its indentation.
    let name = "##\n# @Ab:\n#\n# @b: one\n#     two\n# @a: three\n##\n";
    let both = "{ 'struct': 'Ab', 'data': { 'a': 'int', 'b': 'int' } }\n";
    accept(&[&format!("{name}{both}")]);
}

#[test]
fn an_older_section_ends_at_the_margin() {
    let text = "##\n# @Ab:\n#\n# @a: one\n#     two\n# Since: 1.0\n##\n";
    let text = format!("{text}{{ 'struct': 'Ab', 'data': {{ 'a': 'int' }} }}\n");
    let findings = validate(&text).unwrap_err();
    assert!(findings.to_string().contains("unexpected de-indent"));
    let loader = Loader::new().read_with(|_| Ok(text.clone().into()));
    let schema = loader.load("s.json").unwrap();
    let sections = &schema.docs()[0].sections;
    assert!(matches!(sections[2].kind, SectionKind::Since));
    assert_eq!(sections[1].text, "one\n    two");
}

#[test]
fn a_misplaced_returns_is_reported_before_a_misplaced_errors() {
    let block =
        "##\n# @EV:\n#\n# Errors:\n#     - Some\n#\n# Returns: nothing\n##\n{ 'event': 'EV' }\n";
    check(&[(block, 7, None, "'Returns' section")]);
}

#[test]
fn sentences_are_found_after_exceptions_and_any_character() {
    check(&[
        ("##\n# e.g. One. Two\n##\n", 2, Some(12), "two spaces"),
        ("##\n# 1. One. Two\n##\n", 2, Some(10), "two spaces"),
        (
            "##\n# The owner’s.  But. Not\n##\n",
            2,
            Some(21),
            "two spaces",
        ),
        // The column is counted from the start of the comment.
        ("##\n    # One. Two\n##\n", 2, Some(7), "two spaces"),
    ]);
    accept(&[
        "##\n# The owner’s key, e.g. One\n##\n",
        "##\n#   1. One\n##\n",
        // A literal block continues while it is indented by any white space.
        "##\n# ::\n#\n# \u{a0}One. Two\n##\n",
    ]);
}

#[test]
fn white_space_at_the_end_of_a_line_does_not_count() {
    accept(&[
        "##\n# Text.\x1c\x1d\n##\n",
        "##\n# @Ab: \x1f\n##\n{ 'struct': 'Ab', 'data': {} }\n",
    ]);
}

#[test]
fn an_empty_type_name_is_no_type() {
    accept(&[
        "{ 'struct': 'Ab', 'base': '', 'data': {} }",
        "{ 'command': 'do-it', 'data': '', 'returns': '' }",
        "{ 'command': 'do-it', 'data': '', 'boxed': true }",
        "{ 'event': 'EV', 'data': '' }",
    ]);
    check(&[
        (
            "{ 'command': 'do-it', 'returns': [''] }",
            1,
            None,
            "unknown type ''",
        ),
        (
            "{ 'struct': 'Ab', 'data': { 'a': '' } }",
            1,
            None,
            "unknown type ''",
        ),
    ]);
}

#[test]
fn an_array_of_arrays_has_no_name() {
    let text = "{ 'struct': 'Ab', 'data': { 'a': [ 'intList' ] } }";
    check(&[(text, 1, None, "array type ['int']")]);
    accept(&["{ 'struct': 'Ab', 'data': { 'a': 'intList' } }"]);
}

#[test]
fn branches_are_checked_before_their_members_are_compared() {
    let text = "\
{ 'enum': 'Ee', 'data': [ 'a', 'b' ] }
{ 'union': 'Uu', 'base': { 'kind': 'Ee' }, 'discriminator': 'kind',
  'data': { 'a': 'Meets', 'b': 'Broken' } }
{ 'struct': 'Meets', 'data': { 'kind': 'int' } }
{ 'struct': 'Broken', 'data': { 'x': 'Gone' } }
";
    check(&[(text, 5, None, "unknown type 'Gone'")]);
}

#[test]
fn members_collide_through_a_union_in_a_branch() {
    let text = "\
{ 'enum': 'Ee', 'data': [ 'a' ] }
{ 'struct': 'Leaf', 'data': { 'far_off': 'int' } }
{ 'pragma': { 'member-name-exceptions': [ 'Leaf' ] } }
{ 'union': 'Inner', 'base': { 'k': 'Ee' }, 'discriminator': 'k', 'data': { 'a': 'Leaf' } }
{ 'union': 'Outer', 'base': { 'l': 'Ee', 'far-off': 'int' }, 'discriminator': 'l',
  'data': { 'a': 'Inner' } }
";
    check(&[(text, 5, None, "collides")]);
}

#[test]
fn chains_of_bases_end_at_a_limit_whichever_way_they_are_written() {
    let mut links: Vec<String> = (1..=5000)
        .map(|n| {
            let base = n - 1;
            format!("{{ 'struct': 'S{n}x', 'base': 'S{base}x', 'data': {{ 'm{n}': 'int' }} }}\n")
        })
        .collect();
    links.insert(0, "{ 'struct': 'S0x', 'data': {} }\n".to_owned());
    let upwards = links.concat();
    let findings = validate(&upwards).unwrap_err();
    let first = findings.iter().next().unwrap();
    assert!(first.message().contains("nested deeper than"), "{first:?}");
    assert_eq!(first.place(findings.sources()).line, 101);
    links.reverse();
    let findings = validate(&links.concat()).unwrap_err();
    let first = findings.iter().next().unwrap();
    assert!(first.message().contains("nested deeper than"), "{first:?}");
    accept(&[&upwards[..upwards.find("{ 'struct': 'S100x'").unwrap()]]);
}
