//! Older dialects of the language: lenient mode accepts them with warnings, strict mode rejects them like QEMU's current
//! front end.

mod support;

use qapi_parser::{Branch, Condition, Doc, Id, Kind, Mode, Object, Schema, SectionKind};
use support::{findings, headings, load};

/// Loads in lenient mode and expects exactly these warnings.
fn accepted(text: &str, warnings: &[&str]) -> Schema {
    let schema = load(text, Mode::Lenient).unwrap_or_else(|error| panic!("refused:\n{error}"));
    assert_eq!(headings(schema.warnings()), warnings);
    schema
}

/// Asserts that strict mode rejects the text, with `first` as its first error.
fn refused(text: &str, first: &str) {
    let findings = findings(load(text, Mode::Strict));
    assert_eq!(headings(&findings).first().map(String::as_str), Some(first));
}

/// A definition on one line.
fn show(schema: &Schema, name: &str) -> String {
    let id = schema.find(name).expect("a definition of that name");
    match &schema.get(id).kind {
        Kind::Enum(values) => {
            let values = values.values.iter();
            let names: Vec<_> = values.map(|value| value.name.value.as_str()).collect();
            format!("enum {}", names.join(" "))
        }
        Kind::Object(object) => show_object(schema, id, object),
        Kind::Alternate(alternate) => {
            format!(
                "alternate {}",
                show_branches(schema, &alternate.alternatives)
            )
        }
        other => panic!("{other:?}"),
    }
}

fn show_object(schema: &Schema, id: Id, object: &Object) -> String {
    let members = schema.members(id);
    let show = |(_, member): &(Id, &qapi_parser::Member)| {
        let star = if member.optional { "*" } else { "" };
        format!("{star}{}: {}", member.name.value, ty(schema, member.ty))
    };
    let members: Vec<_> = members.iter().map(show).collect();
    let members = format!("{{ {} }}", members.join(", "));
    match &object.branches {
        None => members,
        Some(union) => format!(
            "{members} by {}: {}",
            union.discriminator.value,
            show_branches(schema, &union.branches)
        ),
    }
}

fn show_branches(schema: &Schema, branches: &[Branch]) -> String {
    let show = |branch: &Branch| format!("{}: {}", branch.name.value, ty(schema, branch.ty));
    branches.iter().map(show).collect::<Vec<_>>().join(" | ")
}

fn ty(schema: &Schema, id: Id) -> String {
    let definition = schema.get(id);
    match &definition.kind {
        Kind::Array(element) => format!("[{}]", ty(schema, *element)),
        Kind::Object(object) if definition.is_implicit => show_object(schema, id, object),
        _ => definition.name.clone(),
    }
}

/// The hints of the warnings of lenient mode.
fn hints(text: &str) -> Vec<String> {
    let schema = load(text, Mode::Lenient).unwrap_or_else(|error| panic!("refused:\n{error}"));
    let warnings = schema.warnings().iter();
    let hints = warnings.filter_map(|warning| warning.suggestion());
    hints.map(str::to_owned).collect()
}

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
fn a_list_without_its_end_does_not_take_the_next_definition() {
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
fn commas_stand_nowhere_else() {
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
fn no_escape_makes_a_key_another() {
    let text = r"{ 'struct': 'Disk', 'data': { 'size': 'int', 's\u0069ze': 'int' } }";
    assert_eq!(
        headings(&findings(load(text, Mode::Lenient)))[0],
        "schema.json:1:59: duplicate key 'size'"
    );
}

#[test]
fn escapes_of_no_release_are_errors() {
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
    for behind in ["x", "stray"] {
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

const NO_KIND: &str = "expression must have exactly one key 'enum', 'struct', 'union', 'alternate', 'command', 'event'";

#[test]
fn a_type_is_a_struct() {
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
fn a_simple_union_has_an_implied_enum_and_wrapped_branches() {
    let text = "
{ 'struct': 'Disk', 'data': { 'size': 'int' } }
{ 'union': 'Media',
  'data': { 'disk': 'Disk', 'name': 'str', 'parts': ['int'],
            'odd': { 'type': 'Disk', 'if': 'CONFIG_ODD' } } }
";
    let schema = accepted(text, &["schema.json:3: simple union"]);
    assert_eq!(
        show(&schema, "Media"),
        "{ type: MediaKind } by type: disk: { data: Disk } | name: { data: str } | \
         parts: { data: [int] } | odd: { data: Disk }"
    );
    assert_eq!(show(&schema, "MediaKind"), "enum disk name parts odd");
    let media = schema.object(schema.find("Media").unwrap()).unwrap();
    let union = media.branches.as_ref().unwrap();
    assert_eq!(union.tag, schema.find("MediaKind").unwrap());
    assert_eq!(union.branches[3].condition, Some(symbol("CONFIG_ODD")));
    refused(text, "schema.json:3: union misses key 'base'");
}

#[test]
fn a_simple_union_may_have_a_base() {
    let text = "
{ 'struct': 'Named', 'base': 'Numbered', 'data': { 'name': 'str' } }
{ 'struct': 'Numbered', 'data': { 'number': 'int' } }
{ 'union': 'Shape', 'base': 'Named', 'data': { 'dots': ['int'], 'label': 'str' } }
";
    let schema = accepted(text, &["schema.json:4: simple union with a base"]);
    assert_eq!(
        show(&schema, "Shape"),
        "{ number: int, name: str, type: ShapeKind } by type: \
         dots: { data: [int] } | label: { data: str }"
    );
    assert_eq!(
        hints(text),
        ["QEMU 2.4 and later require a 'discriminator' next to 'base'"]
    );
    refused(text, "schema.json:4: union misses key 'discriminator'");
}

#[test]
fn the_base_of_a_simple_union_leaves_its_own_members_free() {
    for member in ["type", "data"] {
        let text = format!(
            "{{ 'struct': 'Named', 'data': {{ '{member}': 'str' }} }}\n\
             {{ 'union': 'Shape', 'base': 'Named', 'data': {{ 'label': 'str' }} }}"
        );
        let findings = findings(load(&text, Mode::Lenient));
        let collision = format!("'{member}' of type 'Named'");
        assert!(headings(&findings)[1].ends_with(&collision), "{findings}");
    }
    // Inline bases came later, and always with a discriminator.
    let text = "{ 'union': 'Shape', 'base': { 'a': 'str' }, 'data': { 'label': 'str' } }";
    assert_eq!(
        headings(&findings(load(text, Mode::Lenient)))[0],
        "schema.json:1: union misses key 'discriminator'"
    );
}

#[test]
fn a_union_may_have_no_branches() {
    let text = "
{ 'union': 'Filter', 'data': {} }
{ 'enum': 'None', 'data': [] }
{ 'union': 'Flat', 'base': { 'tag': 'None' }, 'discriminator': 'tag', 'data': {} }
";
    let schema = accepted(
        text,
        &[
            "schema.json:2: simple union",
            "schema.json:2: union has no branches",
            "schema.json:4: union has no branches",
        ],
    );
    assert_eq!(show(&schema, "Filter"), "{ type: FilterKind } by type: ");
    assert_eq!(show(&schema, "Flat"), "{ tag: None } by tag: ");
    assert_eq!(
        hints(text)[1],
        "QEMU 2.6 and later require at least one branch"
    );
    refused(text, "schema.json:2: union misses key 'base'");
    let flat = "{ 'enum': 'None', 'data': [] }\n\
        { 'union': 'Flat', 'base': { 'tag': 'None' }, 'discriminator': 'tag', 'data': {} }";
    refused(flat, "schema.json:2: union has no branches");
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
fn an_alternate_may_tell_integers_from_other_numbers() {
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

#[test]
fn a_discriminator_may_be_a_string() {
    let text = "
{ 'union': 'Options', 'base': 'Deep', 'discriminator': 'driver', 'data': { 'nbd': 'Net', 'file': 'File' } }
{ 'struct': 'Deep', 'base': 'Base', 'data': { 'id': 'int' } }
{ 'struct': 'Base', 'data': { 'driver': 'str' } }
{ 'struct': 'File', 'data': { 'name': 'str' } }
{ 'struct': 'Net', 'data': { '*host': 'str' } }
{ 'union': 'InPlace', 'base': { 'kind': 'str' }, 'discriminator': 'kind',
  'data': { 'file': { 'type': 'File', 'if': 'A' } } }
{ 'command': 'add', 'data': { 'options': 'Options' } }
";
    let message =
        "schema.json:2: discriminator member 'driver' of base type 'Base' must be of enum type";
    let schema = accepted(
        text,
        &[
            message,
            "schema.json:7: discriminator member 'kind' of 'base' must be of enum type",
        ],
    );
    assert_eq!(
        show(&schema, "Options"),
        "{ driver: str, id: int } by driver: nbd: Net | file: File"
    );
    assert_eq!(show(&schema, "OptionsKind"), "enum nbd file");
    assert_eq!(
        show(&schema, "InPlace"),
        "{ kind: str } by kind: file: File"
    );
    for (union, kind) in [("Options", "OptionsKind"), ("InPlace", "InPlaceKind")] {
        let object = schema.object(schema.find(union).unwrap()).unwrap();
        let kind = schema.find(kind).unwrap();
        assert_eq!(object.branches.as_ref().unwrap().tag, kind);
        // It has the place of the union.
        assert!(Some(kind) < schema.find(union) && schema.get(kind).is_implicit);
    }
    let Kind::Enum(kind) = &schema.get(schema.find("InPlaceKind").unwrap()).kind else {
        panic!("an enum")
    };
    assert_eq!(kind.values[0].condition, Some(symbol("A")));
    assert_eq!(show(&schema, "q_obj_add-arg"), "{ options: Options }");
    assert_eq!(
        hints(text),
        ["QEMU 2.0 and later require a discriminator of enum type"; 2]
    );
    refused(text, message);
}

#[test]
fn a_string_that_tells_branches_apart_is_always_there() {
    let text = |base: &str, branch: &str, more: &str| {
        format!(
            "{{ 'union': 'Options', 'base': {{ {base} }}, 'discriminator': 'driver', 'data': {{ '{branch}': 'File' }} }}\n\
             {{ 'struct': 'File', 'data': {{}} }}\n{more}"
        )
    };
    let first = |base, branch, more| {
        let findings = findings(load(&text(base, branch, more), Mode::Lenient));
        headings(&findings.errors()).swap_remove(0)
    };
    let member = "discriminator member 'driver' of 'base'";
    assert_eq!(
        first("'*driver': 'str'", "file", ""),
        format!("schema.json:1: {member} must not be optional")
    );
    assert_eq!(
        first("'driver': { 'type': 'str', 'if': 'A' }", "file", ""),
        format!("schema.json:1: {member} must not be conditional")
    );
    assert_eq!(
        first("'driver': 'int'", "file", ""),
        format!("schema.json:1: {member} must be of enum type")
    );
    assert_eq!(
        first("'driver': 'str'", "a file", ""),
        "schema.json:1: branch 'a file' has an invalid name"
    );
    let taken = "{ 'enum': 'OptionsKind', 'data': [] }";
    assert_eq!(
        first("'driver': 'str'", "file", taken),
        "schema.json:1: the union implicitly defines enum 'OptionsKind', which already exists"
    );
}

#[test]
fn nested_structs_without_names_are_kept_apart() {
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

fn symbol(name: &str) -> Condition {
    Condition::Symbol(name.into())
}

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
fn conditions_stand_wherever_the_current_language_has_them() {
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

#[test]
fn flags_are_strings() {
    let text = "{ 'command': 'eject', 'gen': 'no', 'success-response': 'no' }";
    let schema = accepted(
        text,
        &[
            "schema.json:1: flag 'gen' may only use false value",
            "schema.json:1: flag 'success-response' may only use false value",
        ],
    );
    let Kind::Command(eject) = &schema.get(schema.find("eject").unwrap()).kind else {
        panic!("a command")
    };
    assert!(!eject.gen_code && !eject.success_response);
    refused(text, "schema.json:1: flag 'gen' may only use false value");
}

#[test]
fn pragmas_have_other_names() {
    let text = "
{ 'pragma': { 'returns-whitelist': [ 'query-size' ] } }
{ 'pragma': { 'name-case-whitelist': [ 'Disk' ] } }
{ 'command': 'query-size', 'returns': 'int' }
{ 'struct': 'Disk', 'data': { 'Max_Size': 'int' } }
";
    let schema = accepted(
        text,
        &[
            "schema.json:2: unknown pragma 'returns-whitelist'",
            "schema.json:3: unknown pragma 'name-case-whitelist'",
        ],
    );
    assert_eq!(show(&schema, "Disk"), "{ Max_Size: int }");
    refused(text, "schema.json:2: unknown pragma 'returns-whitelist'");
}

#[test]
fn types_that_no_schema_defines_are_any() {
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

#[test]
fn members_may_have_dots() {
    let text = "{ 'struct': 'Disk', 'data': { 'size.max': 'int' } }";
    let message = "schema.json:1: 'data' member 'size.max' has an invalid name";
    let schema = accepted(text, &[message]);
    assert_eq!(show(&schema, "Disk"), "{ size.max: int }");
    refused(text, message);
    // So may branches that a string selects.
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

/// The tag and the text of each section of the documentation of `name`.
fn sections(schema: &Schema, name: &str) -> Vec<(String, String)> {
    let definition = schema.get(schema.find(name).expect("a definition of that name"));
    let doc: &Doc = schema.doc(definition.doc.expect("documentation"));
    let tag = |kind: &SectionKind| match kind {
        SectionKind::Member(name) => format!("@{}", name.value),
        SectionKind::Feature(name) => format!("feature {}", name.value),
        other => format!("{other:?}"),
    };
    // Old documentation has no intro.
    let sections = doc.sections.iter().skip(1);
    sections.map(|s| (tag(&s.kind), s.text.clone())).collect()
}

/// The expected sections.
fn expect(sections: &[(&str, &str)]) -> Vec<(String, String)> {
    let owned = |(tag, text): &(&str, &str)| (tag.to_string(), text.to_string());
    sections.iter().map(owned).collect()
}

#[test]
fn names_have_no_colon_and_the_text_marks_what_is_optional() {
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
fn sections_and_members_come_in_any_order() {
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
fn text_goes_on_at_the_margin() {
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
    let Some(corpus) = support::shared("corpus") else {
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
fn every_release_is_read() {
    let Some(corpus) = support::shared("corpus") else {
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
    roots.extend(support::shared("seed/event.json"));
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
        support::follow(result);
    }
}
