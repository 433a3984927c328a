//! Escapes in strings.

use qapi_parser::Mode;

use crate::shown::{accepted, hints, refused, show};
use crate::support::{findings, headings, load};

#[test]
fn strings_have_escapes() {
    let text = r"{ '\u0063ommand': 'sa\u0079',
  'data': { '\u002aw\u006frd': 's\u0074r', '\u006e': '\u0069nt' } }";
    let warnings = ["1:3", "1:19", "2:13", "2:32", "2:44", "2:54"]
        .map(|place| format!("schema.json:{place}: unknown escape \\u"));
    let schema = accepted(text, &warnings.each_ref().map(String::as_str));
    assert_eq!(show(&schema, "q_obj_say-arg"), "{ *word: str, n: int }");
    let hint = "QEMU 4.2 and later have no escape but \\\\; use the character itself";
    assert!(hints(text).iter().all(|found| found == hint));
    refused(text, "schema.json:1:3: unknown escape \\u");
}

#[test]
fn escapes_do_not_hide_duplicate_keys() {
    let text = r"{ 'struct': 'Disk', 'data': { 'size': 'int', 's\u0069ze': 'int' } }";
    assert_eq!(
        headings(&findings(load(text, Mode::Lenient)))[0],
        "schema.json:1:59: duplicate key 'size'"
    );
}

#[test]
fn unknown_escapes_are_errors() {
    for escape in [r"\u00e9", r"\u0000", r"\u12", r"\u", r"\x41", r"\é"] {
        let text = format!("{{ 'command': 'say{escape}' }}");
        let letter = escape.chars().nth(1).unwrap();
        for mode in [Mode::Lenient, Mode::Strict] {
            assert_eq!(
                headings(&findings(load(&text, mode))),
                [format!("schema.json:1:14: unknown escape \\{letter}")]
            );
        }
    }
    // Old escapes are reported before later errors.
    for behind in ["x", "unexpected"] {
        let text = format!(r"{{ 's\u0061y' {behind}");
        let found = findings(load(&text, Mode::Strict));
        let stop = found.qemu_stop().expect("an error");
        assert_eq!(stop.message(), r"unknown escape \u");
    }
    // QEMU stops at the first one.
    let text = r"{ 'command': 'say\' }";
    assert_eq!(
        headings(&findings(load(text, Mode::Strict))),
        [r"schema.json:1:14: unknown escape \'"]
    );
}
