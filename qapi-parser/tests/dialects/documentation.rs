//! Old documentation.

use qapi_parser::Mode;

use crate::shown::{accepted, refused, sections};
use crate::support::load;

/// The expected sections.
fn expect(sections: &[(&str, &str)]) -> Vec<(String, String)> {
    let owned = |(tag, text): &(&str, &str)| (tag.to_string(), text.to_string());
    sections.iter().map(owned).collect()
}

#[test]
fn names_have_no_colon_and_the_text_marks_optional_members() {
    let text = "
##
# @Disk
#
# A disk.
#
# @label: #optional what is written on it
#
# Since: 0.14
##
{ 'struct': 'Disk', 'data': { '*label': 'str' } }
";
    let message = "schema.json:3:1: line should end with ':'";
    let schema = accepted(text, &[message]);
    assert_eq!(
        sections(&schema, "Disk"),
        expect(&[
            ("Plain", "A disk."),
            ("@label", "#optional what is written on it"),
            ("Since", "0.14"),
        ])
    );
    refused(text, message);
}

#[test]
fn sections_and_members_may_be_in_any_order() {
    let text = "
##
# @DISK:
#
# A disk has come.
#
# Since: 0.14
#
# @size: how large it is
##
{ 'event': 'DISK', 'data': { 'size': 'int' } }
";
    let message = "schema.json:9:1: description of '@size:' follows a section";
    let schema = accepted(text, &[message]);
    assert_eq!(
        sections(&schema, "DISK"),
        expect(&[
            ("Plain", "A disk has come."),
            ("Since", "0.14"),
            ("@size", "how large it is"),
        ])
    );
    refused(text, message);
}

#[test]
fn notes_and_examples_are_sections() {
    let text = "
##
# @eject:
#
# Opens the tray.
#
# Note: it may be locked
#
# Example:
#
# -> { \"execute\": \"eject\" }
# <- { \"return\": {} }
##
{ 'command': 'eject' }
";
    let note = "schema.json:7:1: the 'Note' section is no longer supported";
    let schema = accepted(
        text,
        &[
            note,
            "schema.json:9:1: the 'Example' section is no longer supported",
        ],
    );
    assert_eq!(
        sections(&schema, "eject"),
        expect(&[(
            "Plain",
            "Opens the tray.\n\nNote: it may be locked\n\n\nExample:\n\n\n\
             -> { \"execute\": \"eject\" }\n<- { \"return\": {} }"
        )])
    );
    refused(text, note);
}

#[test]
fn text_continues_without_indentation() {
    let text = "
##
# @eject
#
# Opens the tray.
#
# @disk: which disk, by
# its name
#
# Returns: nothing
# Since: 0.14
##
{ 'command': 'eject', 'data': { 'disk': 'str' } }
";
    let schema = load(text, Mode::Lenient).unwrap();
    assert_eq!(
        sections(&schema, "eject"),
        expect(&[
            ("Plain", "Opens the tray."),
            ("@disk", "which disk, by\nits name"),
            ("Returns", "nothing"),
            ("Since", "0.14"),
        ])
    );
    refused(text, "schema.json:3:1: line should end with ':'");
}

#[test]
fn headings_and_bars_are_text() {
    let text = "
##
# = Disks
##

##
# @eject:
#
# | Opens
# | the tray.
##
{ 'command': 'eject' }
";
    let schema = accepted(text, &[]);
    assert_eq!(schema.docs()[0].sections[0].text, "= Disks");
    assert_eq!(
        sections(&schema, "eject"),
        expect(&[("Plain", "| Opens\n| the tray.")])
    );
}
