//! Old forms of unions.

use qapi_parser::{Kind, Mode, Severity};

use crate::shown::{accepted, hints, refused, show, symbol};
use crate::support::{findings, headings, load};

#[test]
fn a_simple_union_has_an_implicit_enum_and_wrapped_branches() {
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
fn the_base_of_a_simple_union_must_not_have_its_implicit_members() {
    for member in ["type", "data"] {
        let text = format!(
            "{{ 'union': 'Other', 'data': {{ 'label': 'str' }} }}\n\
             {{ 'struct': 'Named', 'data': {{ '{member}': 'str' }} }}\n\
             {{ 'union': 'Shape', 'base': 'Named', 'data': {{ 'label': 'str', 'size': 'int' }} }}"
        );
        let findings = findings(load(&text, Mode::Lenient));
        let collision = format!(
            "schema.json:3: member '{member}' of a simple union collides with member '{member}' of type 'Named'"
        );
        let errors: Vec<_> = findings
            .iter()
            .filter(|it| it.severity() == Severity::Error)
            .collect();
        assert_eq!(errors.len(), 1, "{findings}");
        assert!(headings(&findings).contains(&collision), "{findings}");
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
        // The enum has the place of the union.
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
fn a_string_discriminator_is_required_and_unconditional() {
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
