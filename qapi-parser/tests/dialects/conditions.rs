//! Conditions as text of the C preprocessor.

use qapi_parser::{Condition, Kind, Mode};

use crate::shown::{refused, symbol};
use crate::support::{headings, load};

#[test]
fn conditions_are_text_of_the_c_preprocessor() {
    let not = |condition| Condition::Not(Box::new(condition));
    let a = || symbol("CONFIG_A");
    let b = || symbol("CONFIG_B");
    let conditions = [
        ("'defined(CONFIG_A)'", a()),
        ("'!defined(CONFIG_A)'", not(a())),
        (
            "'defined(CONFIG_A) && !defined(CONFIG_B)'",
            Condition::All(vec![a(), not(b())]),
        ),
        (
            "'defined(CONFIG_A) || defined(CONFIG_B)'",
            Condition::Any(vec![a(), b()]),
        ),
        (
            "['defined(CONFIG_A)', 'defined(CONFIG_B)']",
            Condition::All(vec![a(), b()]),
        ),
        ("['defined(CONFIG_A)']", a()),
    ];
    for (text, expected) in conditions {
        let strict = match text.trim_matches('\'') {
            list if list.starts_with('[') => {
                "schema.json:1: 'if' condition of command must be a string or an object".to_owned()
            }
            text => format!(
                "schema.json:1: 'if' condition '{text}' of command is not a valid identifier"
            ),
        };
        let text = format!("{{ 'command': 'eject', 'if': {text} }}");
        let schema = load(&text, Mode::Lenient).expect(&text);
        let eject = schema.get(schema.find("eject").unwrap());
        assert_eq!(eject.condition, Some(expected), "{text}");
        assert_eq!(headings(schema.warnings())[0], strict);
        refused(&text, &strict);
    }
}

#[test]
fn conditions_are_allowed_at_the_same_places_as_today() {
    let text = "
{ 'enum': 'Tray', 'data': [ { 'name': 'open', 'if': 'defined(A)' } ] }
{ 'struct': 'Disk', 'data': { 'size': { 'type': 'int', 'if': 'defined(A)' } },
  'features': [ { 'name': 'fast', 'if': 'defined(A)' } ] }
{ 'alternate': 'Size', 'data': { 'exact': { 'type': 'int', 'if': 'defined(A)' } } }
";
    let schema = load(text, Mode::Lenient).unwrap();
    let get = |name| schema.get(schema.find(name).unwrap());
    let expected = Some(symbol("A"));
    let Kind::Enum(tray) = &get("Tray").kind else {
        panic!("an enum")
    };
    assert_eq!(tray.values[0].condition, expected);
    let Kind::Object(disk) = &get("Disk").kind else {
        panic!("a struct")
    };
    assert_eq!(disk.members[0].condition, expected);
    assert_eq!(get("Disk").features[0].condition, expected);
    let Kind::Alternate(size) = &get("Size").kind else {
        panic!("an alternate")
    };
    assert_eq!(size.alternatives[0].condition, expected);
}
