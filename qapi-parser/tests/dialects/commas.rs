//! Missing and additional commas.

use qapi_parser::Mode;

use crate::shown::{accepted, hints, refused, show};
use crate::support::{findings, headings, load};

#[test]
fn commas_may_be_missing() {
    let text = "
{ 'command': 'eject'  # and more
  'data': { 'disk': 'str' '*force': 'bool'
            'tags': ['str'] } 'gen': false }
{ 'enum': 'Tray', 'data': [ 'open' 'closed'
  'gone' ] }
";
    let comma = |place: &str| format!("schema.json:{place}: expected ',' or '}}'");
    let expected = [
        comma("3:3"),
        comma("3:27"),
        comma("4:13"),
        comma("4:31"),
        "schema.json:5:36: expected ',' or ']'".to_owned(),
        "schema.json:6:3: expected ',' or ']'".to_owned(),
    ];
    let schema = accepted(text, &expected.each_ref().map(String::as_str));
    assert_eq!(
        show(&schema, "q_obj_eject-arg"),
        "{ disk: str, *force: bool, tags: [str] }"
    );
    assert_eq!(show(&schema, "Tray"), "enum open closed gone");
    assert!(
        hints(text)
            .iter()
            .all(|hint| hint == "QEMU 1.6 and later require a comma here")
    );
    // The caret is at the place of the missing comma.
    let first = schema.warnings().iter().next().unwrap();
    assert_eq!(
        text[..first.primary().span.start as usize].trim_start(),
        "{ 'command': 'eject'"
    );
    // Strict mode reports all of them as well.
    let strict = findings(load(text, Mode::Strict));
    assert_eq!(headings(&strict), expected);
}

#[test]
fn an_unclosed_list_ends_before_the_next_definition() {
    let text = "{ 'enum': 'Tray', 'data': [ 'open'\n{ 'command': 'eject' }\n{ 'command': 7 }";
    assert_eq!(
        headings(&findings(load(text, Mode::Lenient))),
        [
            "schema.json:2:1: expected ',' or ']'",
            "schema.json:3:14: unexpected '7'"
        ]
    );
}

#[test]
fn commas_may_trail() {
    let text = "
{ 'command': 'eject',
  'data': { 'disk': 'str', 'tags': [ 'str', ], }, }
{ 'enum': 'Tray', 'data': [ 'open',
  # That is all.
  ] },
{ 'enum': 'Empty', 'data': [] },
";
    let values = "expected '{', '[', string, or boolean";
    let schema = accepted(
        text,
        &[
            &format!("schema.json:3:45: {values}"),
            "schema.json:3:48: expected string",
            "schema.json:3:51: expected string",
            &format!("schema.json:6:3: {values}"),
            &format!("schema.json:6:6: {values}"),
            &format!("schema.json:7:32: {values}"),
        ],
    );
    assert_eq!(
        show(&schema, "q_obj_eject-arg"),
        "{ disk: str, tags: [str] }"
    );
    assert_eq!(show(&schema, "Tray"), "enum open");
    assert_eq!(
        hints(text)[2..4],
        ["QEMU 1.3 and later do not allow a trailing comma; remove it"; 2]
    );
    assert_eq!(
        hints(text)[4..],
        ["QEMU 1.6 and later do not allow a comma after a definition; remove it"; 2]
    );
    refused(text, &format!("schema.json:3:45: {values}"));
}

#[test]
fn commas_elsewhere_are_errors() {
    for text in [
        "{ 'command': 'eject',",
        "{ 'command': 'eject', # ends here",
        "{ , 'command': 'eject' }",
        "{ 'command': 'eject',, 'gen': false }",
        "{ 'enum': 'Tray', 'data': [ , ] }",
        "{ 'enum': 'Tray', 'data': [ 'open',, ] }",
        ", { 'command': 'eject' }",
        "{ 'command': 'eject' },, { 'command': 'load' }",
        "{ 'command' 'eject' }",
        "{ 'command': 'eject' { } }",
    ] {
        findings(load(text, Mode::Lenient));
        findings(load(text, Mode::Strict));
    }
}
