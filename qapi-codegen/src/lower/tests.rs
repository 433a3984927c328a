//! Small schemas, and the decisions about them.

use qapi_compat::merge::Provenance;
use qapi_parser::{Loader, Schema};

use super::{Fault, Options, lower};
use crate::model::{File, Item, Json, Payload, Struct, Type};

fn schema(text: &str) -> Schema {
    let loader = Loader::new().read_with(|_| Ok(text.into()));
    let schema = loader.load("schema.json");
    schema.unwrap_or_else(|error| panic!("{error}"))
}

fn lowered(text: &str) -> File {
    lowered_with(text, &Options::default())
}

fn lowered_with(text: &str, options: &Options) -> File {
    match lower(&schema(text), None, &Provenance::default(), options) {
        Ok(file) => file,
        Err(_) => panic!("it can be lowered"),
    }
}

/// The struct that a type has become.
fn structure<'a>(file: &'a File, name: &str) -> &'a Struct {
    let structs = file.types.iter().filter_map(|item| match item {
        Item::Struct(it) => Some(it),
        _ => None,
    });
    let mut structs = structs.filter(|it| it.name == name);
    structs.next().unwrap_or_else(|| panic!("no struct {name}"))
}

fn field<'a>(it: &'a Struct, wire: &str) -> &'a Type {
    let field = it.fields.iter().find(|field| field.wire == wire);
    &field.unwrap_or_else(|| panic!("no member {wire}")).ty
}

/// The boxed members, as `Owner.member`, in the order of the schema.
fn boxes(file: &File) -> Vec<String> {
    let mut boxes = Vec::new();
    let mut look = |owner: &str, member: &str, ty: &Type| {
        if matches!(ty, Type::Boxed(_)) {
            boxes.push(format!("{owner}.{member}"));
        }
    };
    for item in &file.types {
        match item {
            Item::Struct(it) => {
                for field in &it.fields {
                    look(&it.name, &field.wire, &field.ty);
                }
                for variant in it.branches.iter().flat_map(|it| &it.variants) {
                    match &variant.payload {
                        Payload::Object(ty) | Payload::Member(_, ty) => {
                            look(&it.name, variant.ident.as_str(), ty);
                        }
                        Payload::Nothing => {}
                    }
                }
            }
            Item::Alternate(it) => {
                for alternative in &it.alternatives {
                    look(&it.name, alternative.ident.as_str(), &alternative.ty);
                }
            }
            Item::Enum(_) | Item::Alias(_) => {}
        }
    }
    boxes
}

#[test]
fn only_recursive_types_are_boxed() {
    let file = lowered(
        "{ 'struct': 'Itself', 'data': { '*next': 'Itself', 'list': [ 'Itself' ] } }
         { 'struct': 'Two', 'data': { '*one': 'One', 'leaf': 'Leaf' } }
         { 'struct': 'One', 'data': { '*two': 'Two', 'leaf': 'Leaf' } }
         { 'struct': 'Leaf', 'data': { 'x': 'int' } }
         { 'struct': 'User', 'data': { 'one': 'One', 'itself': 'Itself' } }
         { 'command': 'use', 'data': { 'one': 'One' }, 'returns': 'Two' }",
    );
    // Of two types that contain each other, the first by name is boxed. Lists are allocated separately.
    assert_eq!(boxes(&file), ["Itself.next", "Two.one"]);
    assert!(!matches!(
        field(&file.commands[0].arguments, "one"),
        Type::Boxed(_)
    ));
}

#[test]
fn a_cycle_through_a_base_a_branch_or_an_alternate_is_boxed() {
    let file = lowered(
        "{ 'struct': 'Base', 'data': { '*back': 'Derived' } }
         { 'struct': 'Derived', 'base': 'Base', 'data': {} }
         { 'enum': 'Kind', 'data': [ 'a', 'b', 'c' ] }
         { 'union': 'Options', 'base': { 'kind': 'Kind' }, 'discriminator': 'kind',
           'data': { 'a': 'Filter', 'b': 'Mirror', 'c': 'File' } }
         { 'struct': 'File', 'data': { 'name': 'str' } }
         { 'struct': 'Filter', 'data': { 'file': 'Ref' } }
         { 'struct': 'Mirror', 'data': { 'one': 'Ref', '*other': 'RefOrNull', 'more': [ 'Ref' ] } }
         { 'alternate': 'Ref', 'data': { 's': 'str', 'options': 'Options' } }
         { 'alternate': 'RefOrNull', 'data': { 's': 'str', 'options': 'Options', 'n': 'null' } }",
    );
    // Options are only contained through one of two alternates.
    let expected = ["Derived.back", "Ref.Options", "RefOrNull.Options"];
    assert_eq!(boxes(&file), expected);
}

#[test]
fn a_cycle_through_the_wrapped_branches_of_an_old_union_is_boxed() {
    let file = lowered(
        "{ 'union': 'Tree', 'data': { 'leaf': 'str', 'twig': 'Tree', 'fork': 'Fork', 'all': [ 'Tree' ] } }
         { 'struct': 'Fork', 'data': { 'left': 'Tree', '*right': 'Tree' } }",
    );
    let expected = ["Tree.Twig", "Fork.left", "Fork.right"];
    assert_eq!(boxes(&file), expected);
}

#[test]
fn a_command_with_the_members_of_an_external_type_has_their_types() {
    let options = Options {
        only: Some(["take".to_owned(), "TAKEN".to_owned()].into()),
        extern_types: [("Data".to_owned(), "crate::Data".to_owned())].into(),
        ..Options::default()
    };
    let file = lowered_with(
        "{ 'struct': 'Data', 'data': { 'other': 'Other' } }
         { 'struct': 'Other', 'data': { 'x': 'int' } }
         { 'command': 'take', 'data': 'Data' }
         { 'event': 'TAKEN', 'data': 'Data' }",
        &options,
    );
    let arguments = &file.commands[0].arguments;
    assert!(matches!(field(arguments, "other"), Type::Item(it) if it.as_str() == "Other"));
    assert_eq!(structure(&file, "Other").fields.len(), 1);
    // The generator does not know the contents of an external type.
    assert!(file.commands[0].same_as.is_none());
    assert_eq!(file.types.len(), 1, "nothing is of the caller's type");
}

#[test]
fn excluded_members_and_external_types_need_no_boxes() {
    let text = "{ 'struct': 'One', 'data': { '*two': { 'type': 'Two', 'if': 'A' } } }
         { 'struct': 'Two', 'data': { '*one': 'One', '*three': 'Three' } }
         { 'struct': 'Three', 'data': { '*two': 'Two' } }
         { 'alternate': 'Four', 'data': { 's': 'str', 'f': { 'type': 'Five', 'if': 'A' } } }
         { 'struct': 'Five', 'data': { 'four': 'Four' } }";
    assert_eq!(boxes(&lowered(text)), ["One.two", "Three.two", "Four.F"]);
    let mut options = Options::default();
    options.config.insert("A".to_owned(), false);
    let without = boxes(&lowered_with(text, &options));
    assert_eq!(without, ["Two.three"]);
    let extern_types = &mut options.extern_types;
    extern_types.insert("Three".to_owned(), "crate::Three".to_owned());
    assert!(boxes(&lowered_with(text, &options)).is_empty());
}

#[test]
fn a_box_stays_where_it_is_when_a_schema_grows_or_is_sorted() {
    let before = [
        "{ 'struct': 'A', 'data': { '*b': 'B' } }",
        "{ 'struct': 'B', 'data': { '*c': 'C' } }",
        "{ 'struct': 'C', 'data': { '*a': 'A' } }",
        "{ 'struct': 'X', 'data': { '*y': 'Y' } }",
        "{ 'struct': 'Y', 'data': { '*x': 'X' } }",
    ];
    let boxes = |definitions: &[&str]| {
        let mut boxes = boxes(&lowered(&definitions.join("\n")));
        boxes.sort();
        boxes
    };
    let expected = ["C.a", "Y.x"];
    assert_eq!(boxes(&before), expected);
    let mut reversed = before;
    reversed.reverse();
    assert_eq!(boxes(&reversed), expected);
    // Uses of both, a member between the components, and one that goes back to the same type.
    let mut after = before.to_vec();
    after[3] = "{ 'struct': 'X', 'data': { '*a': 'A', '*y': 'Y', '*z': 'int' } }";
    after.insert(0, "{ 'struct': 'Aa', 'data': { '*y': 'Y', '*c': 'C' } }");
    assert_eq!(boxes(&after), expected);
}

#[test]
fn a_schema_that_nests_deeper_than_the_stack_is_lowered() {
    let depth = 20_000;
    let mut text = String::new();
    for i in 0..depth {
        text += &format!("{{ 'struct': 'S{i}', 'data': {{ 'x': 'S{}' }} }}\n", i + 1);
    }
    text += &format!("{{ 'struct': 'S{depth}', 'data': {{ '*x': 'S0' }} }}\n");
    assert_eq!(lowered(&text).types.len(), depth + 1);
}

/// The derives of a struct or an enum when these are asked for all types.
fn derives(file: &File, name: &str) -> String {
    let extras = file.types.iter().find_map(|item| match item {
        Item::Struct(it) if it.name == name => Some(&it.extras),
        Item::Enum(it) if it.name == name => Some(&it.extras),
        Item::Alternate(it) if it.name == name => Some(&it.extras),
        _ => None,
    });
    extras.expect("it is there").derives.join(" ")
}

#[test]
fn objects_and_enums_have_default_derives() {
    let file = lowered(
        "{ 'enum': 'Kind', 'data': [ 'a' ] }
         { 'struct': 'Optional', 'data': { '*x': 'number' } }
         { 'struct': 'Conditional', 'data': { 'x': { 'type': 'int', 'if': 'A' } } }
         { 'struct': 'Required', 'data': { 'x': 'int', '*y': 'int' } }
         { 'alternate': 'Either', 'data': { 'a': 'int' } }
         { 'union': 'Union', 'base': { '*u': 'int', 'kind': 'Kind' }, 'discriminator': 'kind',
           'data': { 'a': 'Required' } }",
    );
    for (name, expected) in [
        ("Kind", "Clone Debug"),
        ("Optional", "Clone Debug Default"),
        ("Conditional", "Clone Debug Default"),
        ("Required", "Clone Debug"),
        ("Either", "Clone Debug"),
        ("Union", "Clone Debug"),
    ] {
        assert_eq!(derives(&file, name), expected, "{name}");
    }
}

const DERIVED: &str = "
    { 'enum': 'Kind', 'data': [ 'a' ] }
    { 'struct': 'Leaf', 'data': { 'x': 'number' } }
    { 'struct': 'Holder', 'data': { '*leaf': [ 'Leaf' ] } }
    { 'struct': 'Derived', 'base': 'Holder', 'data': {} }
    { 'struct': 'Any', 'data': { 'x': 'any', '*k': 'Kind' } }
    { 'struct': 'Text', 'data': { 'x': 'str' } }
    { 'struct': 'Small', 'data': { 'x': 'int', '*y': 'bool' } }
    { 'struct': 'Loop', 'data': { '*x': 'Loop' } }
    { 'alternate': 'Either', 'data': { 'a': 'int' } }
    { 'event': 'E', 'data': { 'it': 'Holder' } }
    { 'event': 'F', 'data': { 'it': 'Text' } }";

#[test]
fn a_derive_for_all_types_is_left_out_where_it_is_impossible() {
    let mut options = Options::default();
    let asked = [
        "Default",
        "::std::cmp::Eq",
        "core::hash::Hash",
        "Copy",
        "Ord",
        "Ord",
        "my::Own",
    ];
    options.extras.derives = asked.map(str::to_owned).to_vec();
    let file = lowered_with(DERIVED, &options);
    for (name, expected) in [
        ("Kind", "Clone Debug my::Own"),
        ("Leaf", "Clone Debug PartialEq Copy PartialOrd my::Own"),
        ("Holder", "Clone Debug PartialEq Default PartialOrd my::Own"),
        (
            "Derived",
            "Clone Debug PartialEq Default PartialOrd my::Own",
        ),
        (
            "Any",
            "Clone Debug PartialEq ::std::cmp::Eq core::hash::Hash my::Own",
        ),
        (
            "Text",
            "Clone Debug PartialEq ::std::cmp::Eq core::hash::Hash PartialOrd Ord my::Own",
        ),
        (
            "Small",
            "Clone Debug PartialEq ::std::cmp::Eq core::hash::Hash Copy PartialOrd Ord my::Own",
        ),
        (
            "Loop",
            "Clone Debug PartialEq ::std::cmp::Eq core::hash::Hash Default PartialOrd Ord my::Own",
        ),
        (
            "Either",
            "Clone Debug PartialEq ::std::cmp::Eq core::hash::Hash my::Own",
        ),
    ] {
        assert_eq!(derives(&file, name), expected, "{name}");
    }
    let events: Vec<String> = file
        .events
        .iter()
        .map(|event| event.data.extras.derives.join(" "))
        .collect();
    let [first, second] = &events[..] else {
        panic!("two events: {events:?}")
    };
    assert_eq!(first, "Clone Debug PartialEq PartialOrd my::Own");
    assert!(second.contains("::std::cmp::Eq"));
    let all = file.event_extras.derives.join(" ");
    assert_eq!(all, "Clone Debug PartialEq my::Own");
}

#[test]
fn enums_without_a_definition_have_derives_too() {
    let schema = schema(
        "{ 'struct': 'Base', 'data': { 'driver': 'str' } }
         { 'struct': 'File', 'data': { 'type': 'QType' } }
         { 'union': 'Options', 'base': 'Base', 'discriminator': 'driver', 'data': { 'file': 'File' } }
         { 'union': 'Simple', 'data': { 'file': 'File' } }",
    );
    let mut options = Options::default();
    let names = ["OptionsKind", "QType", "SimpleKind"];
    for name in names {
        let extras = options.extras_for.entry(name.to_owned()).or_default();
        extras.derives.push("my::Own".to_owned());
    }
    let Ok(file) = lower(&schema, None, &Provenance::default(), &options) else {
        panic!("it can be lowered");
    };
    let have_it = file.types.iter().filter_map(|item| match item {
        Item::Enum(it) => it
            .extras
            .derives
            .contains(&"my::Own".to_owned())
            .then_some(&*it.name),
        _ => None,
    });
    let mut have_it: Vec<&str> = have_it.collect();
    have_it.sort_unstable();
    assert_eq!(have_it, names);
}

#[test]
fn a_derive_for_one_type_is_refused_with_the_reason_where_it_is_impossible() {
    let refused = |asked: &[(&str, &str)]| {
        let mut options = Options::default();
        options
            .extern_types
            .insert("Text".to_owned(), "crate::Text".to_owned());
        for (name, derive) in asked {
            let extras = options.extras_for.entry((*name).to_owned()).or_default();
            extras.derives.push((*derive).to_owned());
        }
        match lower(&schema(DERIVED), None, &Provenance::default(), &options) {
            Err(Fault::Options(errors)) => {
                let errors = errors.iter().map(|error| error.explanation());
                errors.collect::<Vec<_>>().join("\n")
            }
            Err(Fault::Schema(_)) => panic!("the schema is good"),
            Ok(_) => String::new(),
        }
    };
    for (name, derive, reason) in [
        ("Leaf", "Eq", "'x' is a floating-point number"),
        ("Small", "Default", "it has no default value"),
        (
            "Kind",
            "Copy",
            "it keeps values that are not defined in the schema as text",
        ),
        ("Any", "Ord", "'x' is any JSON value"),
        ("Loop", "Copy", "it is recursive, and has a box"),
        ("Holder", "Copy", "'leaf' is a list"),
        ("Either", "Ord", "it keeps values of other types as JSON"),
        (
            "F",
            "Hash",
            "'it' is an external type, which may not implement it",
        ),
        ("E", "PartialEq", "'it' does not derive it"),
    ] {
        let expected = format!("'{name}' cannot derive {derive}: {reason}");
        assert_eq!(refused(&[(name, derive)]), expected);
    }
    let through = refused(&[
        ("Leaf", "PartialEq"),
        ("Holder", "Hash"),
        ("E", "Hash"),
        ("Leaf", "Hash"),
    ]);
    let expected = "'Leaf' cannot derive Hash: 'x' is a floating-point number
'Holder' cannot derive Hash: 'leaf[].x' is a floating-point number
'E' cannot derive Hash: 'it.leaf[].x' is a floating-point number";
    assert_eq!(through, expected);
    for derive in [
        "Clone",
        "::std::fmt::Debug",
        "std::cmp::PartialEq",
        "Eq",
        "PartialOrd",
        "Copy",
    ] {
        assert_eq!(refused(&[("Small", derive)]), "", "{derive}");
    }
    assert_eq!(refused(&[("Holder", "Default"), ("Kind", "Hash")]), "");
}

#[test]
fn members_of_a_base_are_first_and_exclude_the_discriminator() {
    let file = lowered(
        "{ 'enum': 'Kind', 'data': [ 'a', 'b' ] }
         { 'struct': 'Root', 'data': { 'r': 'str' } }
         { 'struct': 'Base', 'base': 'Root', 'data': { 'kind': 'Kind', 'b': 'str' } }
         { 'struct': 'Own', 'data': { 'o': 'str' } }
         { 'union': 'Union', 'base': 'Base', 'discriminator': 'kind', 'data': { 'b': 'Own' } }",
    );
    let union = structure(&file, "Union");
    let wires: Vec<_> = union
        .fields
        .iter()
        .map(|field| field.wire.as_str())
        .collect();
    assert_eq!(wires, ["r", "b"]);
    let branches = union.branches.as_ref().expect("it is a union");
    assert_eq!(branches.wire, "kind");
    assert_eq!(branches.tag.as_str(), "Kind");
    assert_eq!(branches.ident.as_str(), "UnionBranch");
    // In the order of the enum, including a value without a branch.
    assert!(matches!(branches.variants[0].payload, Payload::Nothing));
    assert!(matches!(&branches.variants[1].payload, Payload::Object(_)));
}

#[test]
fn the_method_has_the_documentation_of_the_discriminator() {
    let kind = "{ 'enum': 'Kind', 'data': [ 'a' ] }";
    let of_union = "##\n# @U:\n#\n# It.\n#\n# @kind: Which of them.\n#\n# @with-id: Named.\n##
{ 'union': 'U', 'base': { 'kind': { 'type': 'Kind', 'features': [ 'unstable' ] }, '*id': 'str' },
  'discriminator': 'kind', 'data': {} }";
    let of_base = "##\n# @Base:\n#\n# A.\n#\n# @with-id: Which of @Kind.\n##
{ 'struct': 'Base', 'data': { 'with-id': 'Kind', '*id': 'str' } }
{ 'union': 'V', 'base': 'Base', 'discriminator': 'with-id', 'data': {} }
{ 'command': 'take', 'data': 'V', 'boxed': true }
{ 'union': 'Old', 'data': { 'a': 'str' } }";
    let file = lowered(&format!("{kind}\n{of_union}\n{of_base}"));
    let method = |name: &str| {
        let branches = structure(&file, name).branches.as_ref();
        let branches = branches.expect("it is a union");
        (branches.method.as_str(), branches.docs.join("|"))
    };
    let features = "Which of them.||Features:||- `unstable`".to_owned();
    assert_eq!(method("U"), ("kind", features));
    // `with_id` sets `id`.
    let link = "Which of [`Kind`].".to_owned();
    assert_eq!(method("V"), ("with_id_", link.clone()));
    let command = file.commands[0].arguments.branches.as_ref();
    let in_module = "Which of [`Kind`](super::Kind).".to_owned();
    assert_eq!(command.expect("it is a union").docs, [in_module]);
    let implied = "The member `type`.".to_owned();
    assert_eq!(method("Old"), ("r#type", implied));
}

#[test]
fn the_return_type_is_documented_if_the_schema_has_no_text() {
    let file = lowered(
        "{ 'pragma': { 'command-returns-exceptions': [ 'count' ] } }
         { 'struct': 'Own', 'data': {} }
         { 'command': 'one', 'returns': 'Own' }
         { 'command': 'many', 'returns': [ 'Own' ] }
         { 'command': 'count', 'returns': 'int' }
         { 'command': 'nothing' }
##\n# @told:\n#\n# Tells.\n#\n# Returns: one @Own\n#\n# Errors:\n#     - none\n#\n# Since: 1.2, @x 1.3\n##
         { 'command': 'told', 'returns': 'Own', 'features': [ 'unstable' ] }",
    );
    let docs = file.commands.iter().map(|it| it.arguments.docs.join("|"));
    assert_eq!(
        docs.collect::<Vec<_>>(),
        [
            "Returns [`Own`](super::Own).",
            "Returns a list of [`Own`](super::Own).",
            "Returns `int`.",
            "The command `nothing`.",
            // Nothing is attached to a section that it does not belong to.
            "Tells.||Returns: one [`Own`](super::Own)||Errors:||- none||Features:||- `unstable`||\
             Since QEMU 1.2, `x` 1.3.",
        ]
    );
}

#[test]
fn examples_follow_what_a_command_returns_and_its_features() {
    let file = lowered(
        "{ 'struct': 'Own', 'data': {} }
##\n# @told:\n#\n# Tells.\n#\n# @a: An argument.\n#\n# Features:\n#\n# @unstable: May change.\n#
# .. note:: Slow.\n#\n# Errors:\n#     - none\n##
         { 'command': 'told', 'data': { 'a': 'int' }, 'returns': 'Own', 'features': [ 'unstable' ] }",
    );
    assert_eq!(
        file.commands[0].arguments.docs.join("|"),
        "Tells.||Returns [`Own`](super::Own).||Errors:||- none||Features:||- `unstable`: May change.||\
         > **Note:** Slow."
    );
}

#[test]
fn a_member_that_announces_the_text_below_has_it() {
    let file = lowered(
        "##\n# @Own:\n#\n# An own one.\n#\n# @a: looks like this:\n#\n# ::\n#\n#    a--a\n#\n# Since: 1.2\n##
         { 'struct': 'Own', 'data': { 'a': 'int' } }",
    );
    let own = structure(&file, "Own");
    assert_eq!(own.docs.join("|"), "An own one.||Since QEMU 1.2.");
    assert_eq!(
        own.fields[0].docs.join("|"),
        "looks like this:||```text|a--a|```"
    );
}

#[test]
fn the_condition_of_a_branch_is_documented() {
    let text = "{ 'enum': 'Kind', 'data': [ 'a', { 'name': 'b', 'if': 'B' }, 'c' ] }
         { 'struct': 'Own', 'data': {} }
         { 'union': 'Union', 'base': { 'kind': 'Kind' }, 'discriminator': 'kind',
           'data': { 'b': { 'type': 'Own', 'if': 'B' }, 'c': { 'type': 'Own', 'if': 'C' } } }";
    let docs = |options: &Options| -> Vec<String> {
        let file = lowered_with(text, options);
        let branches = structure(&file, "Union").branches.as_ref();
        let variants = &branches.expect("it is a union").variants;
        variants.iter().map(|it| it.docs.join("|")).collect()
    };
    let mut options = Options::default();
    let b = "`b`||Available if QEMU is built with `B`.";
    let c = "`c`||Available if QEMU is built with `C`.";
    assert_eq!(docs(&options), ["`a`", b, c]);
    options.config.insert("B".to_owned(), true);
    assert_eq!(docs(&options), ["`a`", "`b`", c]);
    options.docs = false;
    assert_eq!(docs(&options), ["`a`", "`b`", "`c`"]);
}

#[test]
fn branches_of_a_simple_union_have_one_member() {
    let file = lowered(
        "{ 'struct': 'Own', 'data': { 'o': 'str' } }
         { 'union': 'Simple', 'data': { 'own': 'Own', 'text': 'str', 'list': [ 'int' ] } }",
    );
    let branches = structure(&file, "Simple").branches.as_ref();
    for variant in &branches.expect("it is a union").variants {
        match &variant.payload {
            Payload::Member(name, _) => assert_eq!(name, "data", "{}", variant.ident),
            other => panic!("{}: {other:?}", variant.ident),
        }
    }
}

#[test]
fn alternatives_have_json_types() {
    let file = lowered(
        "{ 'enum': 'Kind', 'data': [ 'a' ] }
         { 'struct': 'Own', 'data': { 'o': 'str' } }
         { 'alternate': 'All', 'data': {
             'k': 'Kind', 'n': 'null', 'i': 'int', 'b': 'bool', 'l': [ 'str' ], 'o': 'Own' } }
         { 'alternate': 'Text', 'data': { 's': 'str' } }",
    );
    let json: Vec<Json> = file
        .types
        .iter()
        .filter_map(|item| match item {
            Item::Alternate(it) => Some(it.alternatives.iter().map(|it| it.json)),
            _ => None,
        })
        .flatten()
        .collect();
    use Json::*;
    assert_eq!(json, [Enum, Null, Number, Boolean, List, Object, String]);
}

#[test]
fn a_command_without_code_keeps_additional_arguments() {
    let file = lowered(
        "{ 'command': 'open', 'gen': false, 'data': { 'rest': 'str' } }
         { 'command': 'shut', 'data': { 'rest': 'str' } }
         { 'command': 'bare', 'gen': false }",
    );
    let facts: Vec<_> = file
        .commands
        .iter()
        .map(|it| (it.arguments.rest.is_some(), it.arguments.fields.first()))
        .map(|(rest, field)| (rest, field.map(|field| field.ident.as_str())))
        .collect();
    assert_eq!(
        facts,
        [(true, Some("rest_")), (false, Some("rest")), (false, None)]
    );
}

#[test]
fn a_command_has_its_return_type() {
    let file = lowered(
        "{ 'pragma': { 'command-returns-exceptions': [ 'count' ] } }
         { 'struct': 'Own', 'data': { 'o': 'str' } }
         { 'command': 'one', 'returns': 'Own' }
         { 'command': 'many', 'returns': [ 'Own' ] }
         { 'command': 'count', 'returns': 'int' }
         { 'command': 'nothing', 'data': 'Own', 'allow-oob': true }",
    );
    let [one, many, count, nothing] = &file.commands[..] else {
        panic!("four commands");
    };
    assert!(matches!(&one.returns, Some(Type::Item(it)) if it.as_str() == "Own"));
    assert!(matches!(&many.returns, Some(Type::List(_))));
    assert!(matches!(&count.returns, Some(Type::Primitive("i64"))));
    assert!(nothing.returns.is_none() && nothing.allow_oob && !one.allow_oob);
    assert_eq!(nothing.same_as.as_ref().map(|it| it.as_str()), Some("Own"));
}

#[test]
fn a_decided_condition_is_decided_everywhere() {
    let text = "{ 'enum': 'Kind', 'data': [ 'a', { 'name': 'b', 'if': 'B' } ] }
         { 'struct': 'Own', 'data': { 'o': 'str' } }
         { 'struct': 'OfB', 'data': { 'x': 'int' }, 'if': 'B' }
         { 'union': 'Union', 'base': { 'kind': 'Kind', 'm': { 'type': 'int', 'if': 'B' } },
           'discriminator': 'kind', 'data': { 'a': 'Own', 'b': { 'type': 'OfB', 'if': 'B' } } }
         { 'event': 'E', 'if': { 'not': 'B' } }";
    let with = |value| {
        let mut options = Options::default();
        options.config.insert("B".to_owned(), value);
        let file = lowered_with(text, &options);
        let union = structure(&file, "Union");
        let variants = union.branches.as_ref().map_or(0, |it| it.variants.len());
        let required = union.fields.iter().filter(|it| !it.optional).count();
        (
            file.types.len(),
            union.fields.len(),
            required,
            variants,
            file.events.len(),
        )
    };
    assert_eq!(with(true), (4, 1, 1, 2, 0));
    assert_eq!(with(false), (3, 0, 0, 1, 1));
}

#[test]
fn a_branch_without_its_value_is_left_out_with_the_types_that_only_it_needs() {
    let text = "{ 'enum': 'Kind', 'data': [ 'a', { 'name': 'b', 'if': 'B' } ] }
         { 'struct': 'OfA', 'data': { 'x': 'int' } }
         { 'struct': 'OfB', 'data': { 'u': 'Union', 'needed': 'Needed' } }
         { 'struct': 'Needed', 'data': { 'x': 'int' } }
         { 'union': 'Union', 'base': { 'kind': 'Kind' }, 'discriminator': 'kind',
           'data': { 'a': 'OfA', 'b': 'OfB' } }";
    let items = |value| {
        let options = Options {
            config: [("B".to_owned(), value)].into(),
            only: Some(["Union".to_owned()].into()),
            ..Options::default()
        };
        let file = lowered_with(text, &options);
        (file.types.len(), boxes(&file))
    };
    assert_eq!(items(true), (5, vec!["Union.B".to_owned()]));
    assert_eq!(items(false), (3, vec![]));
}

#[test]
fn features_that_there_cannot_be_are_not_documented() {
    let text = "##
# @Old:
#
# @x: A member
#
# Features:
#
# @gone: It goes.
#
#     For good.
#
# @deprecated: Use something else.
#
# @other: Another.
##
{ 'struct': 'Old',
  'data': { 'x': { 'type': 'int', 'features': [ { 'name': 'deprecated', 'if': 'B' } ] } },
  'features': [ { 'name': 'gone', 'if': 'B' }, { 'name': 'other', 'if': 'C' } ] }";
    let with = |value| {
        let options = Options {
            config: [("B".to_owned(), value)].into(),
            ..Options::default()
        };
        let file = lowered_with(text, &options);
        let old = structure(&file, "Old");
        (old.docs.join("\n"), old.fields[0].docs.join("\n"))
    };
    let other = "- `other`: Another.\n\n  Available if QEMU is built with `C`.";
    let gone = "- `gone`: It goes.\n\n  For good.";
    let deprecated = "A member\n\nFeatures:\n\n- `deprecated`: Use something else.";
    let (item, member) = with(true);
    assert_eq!(item, format!("Features:\n\n{gone}\n{other}"));
    assert_eq!(member, deprecated);
    let (item, member) = with(false);
    assert_eq!(item, format!("Features:\n\n{other}"));
    assert_eq!(member, "A member");
}

#[test]
fn colliding_names_are_an_error_with_both_places() {
    let text = "{ 'pragma': { 'member-name-exceptions': [ 'Kind' ] } }
{ 'enum': 'Kind', 'data': [ 'PC', 'Pc' ] }";
    let schema = schema(text);
    let Err(Fault::Schema(faults)) =
        lower(&schema, None, &Provenance::default(), &Options::default())
    else {
        panic!("it is a fault");
    };
    let shown = schema.diagnostics(faults).to_string();
    assert!(
        shown.contains("'Pc' and 'PC' are both `Pc` in Rust"),
        "{shown}"
    );
    assert!(shown.starts_with("schema.json:2:36: error: "), "{shown}");
    assert!(shown.contains("the other name"), "{shown}");
}
