//! Options of the builder: their effects, and errors for options that do not fit the schema.

#[allow(dead_code)]
#[path = "../downstream/fixture.rs"]
mod fixture;

use std::fs;

use integration_tests::root;
use qapi_codegen::{Builder, Error};

use fixture::{DEPENDENCIES, Fixture, success};

const SCHEMA: &str = "
{ 'enum': 'Kind', 'data': [ 'plain', { 'name': 'fancy', 'if': 'CONFIG_FANCY' } ] }
{ 'struct': 'Plain', 'data': { 'a': 'int', 'b': { 'type': 'str', 'if': 'CONFIG_B' },
                               '*c': { 'type': 'Deep', 'if': { 'not': 'CONFIG_B' } } } }
{ 'struct': 'Deep', 'data': { 'deeper': [ 'Deeper' ] } }
{ 'struct': 'Deeper', 'data': { '*kind': 'Kind' } }
{ 'struct': 'Fancy', 'data': { 'ribbon': 'Ribbon' }, 'if': 'CONFIG_FANCY' }
{ 'enum': 'Ribbon', 'data': [ 'red' ], 'if': 'CONFIG_FANCY' }
{ 'struct': 'Alone', 'data': { 'number': 'number' } }
{ 'union': 'Union', 'base': { 'kind': 'Kind' }, 'discriminator': 'kind',
  'data': { 'plain': 'Plain', 'fancy': { 'type': 'Fancy', 'if': 'CONFIG_FANCY' } } }
{ 'alternate': 'Either', 'data': { 's': 'str', 'f': { 'type': 'Fancy', 'if': 'CONFIG_FANCY' } } }
{ 'command': 'get-union', 'data': { 'either': 'Either' }, 'returns': 'Union' }
{ 'command': 'get-fancy', 'returns': [ 'Fancy' ], 'if': { 'all': [ 'CONFIG_FANCY', 'CONFIG_B' ] } }
{ 'command': 'do-nothing' }
{ 'event': 'HAPPENED', 'data': { 'how': 'Kind', 'deep': 'Deep' } }
{ 'event': 'FANCY_HAPPENED', 'if': 'CONFIG_FANCY' }
";

/// A builder for a schema in a file of its own.
fn builder(name: &str, schema: &str) -> Builder {
    let fixture = Fixture::new(&format!("options-{name}"));
    fixture.write("schema.json", schema);
    Builder::new(fixture.path("schema.json"))
}

#[track_caller]
fn generated(builder: &Builder) -> String {
    match builder.generate() {
        Ok(bindings) => bindings.to_string(),
        Err(error) => panic!("{error}"),
    }
}

/// The error message of the builder, without a location in the schema.
#[track_caller]
fn refused(builder: &Builder) -> String {
    match builder.generate() {
        Err(Error::Schema(error)) => panic!("the schema is good: {error}"),
        Err(error) => {
            let error = error.to_string();
            let line = error.lines().next().unwrap_or_default();
            let message = line
                .split_once("error: ")
                .map_or(line, |(_, message)| message);
            let help = error
                .split_once("= help: ")
                .map(|(_, help)| help.trim_end());
            match help {
                Some(help) => format!("{message}: {help}"),
                None => message.to_owned(),
            }
        }
        Ok(_) => panic!("it is no error"),
    }
}

/// The item or the variant that a line of generated code declares, without what follows its name.
fn declares(code: &str, declaration: &str) -> bool {
    let declared = code
        .lines()
        .filter_map(|line| line.trim().strip_prefix(declaration));
    declared
        .filter(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
        .count()
        > 0
}

/// An item of generated code: what its braces enclose.
#[track_caller]
fn item<'a>(code: &'a str, declaration: &str) -> &'a str {
    let start = code
        .find(declaration)
        .unwrap_or_else(|| panic!("no {declaration}"));
    let end = code[start..].find("\n}").expect("it ends");
    &code[start..start + end]
}

#[test]
fn undecided_conditions_make_options() {
    let code = generated(&builder("undecided", SCHEMA));
    let plain = item(&code, "pub struct Plain {");
    assert!(plain.contains("pub b: Option<String>"), "{plain}");
    assert!(plain.contains("pub c: Option<Deep>"), "{plain}");
    assert!(
        plain.contains("Available if QEMU is built with `CONFIG_B`."),
        "{plain}"
    );
    for declaration in [
        "pub struct Fancy",
        "pub enum Ribbon",
        "pub struct GetFancy",
        "FancyHappened",
    ] {
        assert!(declares(&code, declaration), "{declaration}");
    }
}

#[test]
fn configured_members_are_required() {
    let code = generated(
        &builder("yes", SCHEMA)
            .config("CONFIG_B", true)
            .config("CONFIG_FANCY", true),
    );
    let plain = item(&code, "pub struct Plain {");
    assert!(plain.contains("pub b: String"), "{plain}");
    assert!(!plain.contains("pub c:"), "{plain}");
    assert!(!code.contains("CONFIG_"), "nothing is left to say");
    assert!(code.contains("pub fn new(a: i64, b: impl Into<String>)"));
    assert!(item(&code, "pub enum UnionBranch {").contains("Fancy(Fancy)"));
    assert!(declares(&code, "pub struct GetFancy"));
}

#[test]
fn what_is_not_configured_falls_away_and_what_only_it_needs() {
    let code = generated(
        &builder("no", SCHEMA)
            .config("CONFIG_B", false)
            .config("CONFIG_FANCY", false),
    );
    let plain = item(&code, "pub struct Plain {");
    assert!(!plain.contains("pub b:"), "{plain}");
    assert!(plain.contains("pub c: Option<Deep>"), "{plain}");
    for gone in ["Fancy", "Ribbon", "CONFIG_"] {
        assert!(!code.contains(gone), "{gone}");
    }
    let code = generated(&builder("one", SCHEMA).config("CONFIG_FANCY", true));
    assert!(code.contains("Available if QEMU is built with `CONFIG_B`."));
    assert!(!code.contains("CONFIG_FANCY"));
}

#[test]
fn a_condition_that_nothing_has_is_named_with_the_nearest() {
    let builder = builder("condition", SCHEMA);
    assert_eq!(
        refused(&builder.clone().config("CONFIG_FANCI", true)),
        "`.config(\"CONFIG_FANCI\", true)` in the build script: \
         the schema has no condition 'CONFIG_FANCI'; did you mean 'CONFIG_FANCY'?"
    );
    let unlike = refused(&builder.config("SOMETHING_ELSE", false));
    assert_eq!(
        unlike,
        "`.config(\"SOMETHING_ELSE\", false)` in the build script: \
         the schema has no condition 'SOMETHING_ELSE'"
    );
}

#[test]
fn only_what_is_named_and_what_it_needs() {
    let code = generated(&builder("only", SCHEMA).only(["HAPPENED"]));
    for declaration in [
        "pub struct Happened",
        "pub enum Kind",
        "pub struct Deep",
        "pub struct Deeper",
    ] {
        assert!(declares(&code, declaration), "{declaration}");
    }
    for declaration in [
        "pub struct Plain",
        "pub struct Fancy",
        "pub struct Alone",
        "pub enum Either",
        "pub mod commands",
        "pub struct UnknownBranch",
    ] {
        assert!(!declares(&code, declaration), "{declaration}");
    }
    let code = generated(
        &builder("only-command", SCHEMA)
            .only(["get-union"])
            .only(["Alone"]),
    );
    for declaration in [
        "pub struct Union",
        "pub enum UnionBranch",
        "pub enum Either",
        "pub enum Ribbon",
        "pub struct Alone",
        "pub struct GetUnion",
    ] {
        assert!(declares(&code, declaration), "{declaration}");
    }
    for declaration in ["pub mod events", "pub struct DoNothing"] {
        assert!(!declares(&code, declaration), "{declaration}");
    }
    // Decided conditions affect the selection.
    let code = generated(
        &builder("only-config", SCHEMA)
            .only(["get-union"])
            .config("CONFIG_FANCY", false)
            .config("CONFIG_B", true),
    );
    for declaration in ["pub enum Ribbon", "pub struct Deep"] {
        assert!(!declares(&code, declaration), "{declaration}");
    }
}

#[test]
fn a_selector_that_matches_nothing_is_named_with_the_nearest() {
    let builder = builder("selector", SCHEMA);
    for (name, near) in [
        ("HAPENED", "HAPPENED"),
        ("get-unions", "get-union"),
        ("Depp", "Deep"),
    ] {
        assert_eq!(
            refused(&builder.clone().only([name])),
            format!(
                "`.only([\"{name}\"])` in the build script: \
                 the schema has no definition '{name}'; did you mean '{near}'?"
            )
        );
    }
}

#[test]
fn definitions_excluded_by_a_condition_cannot_be_selected() {
    let builder = builder("gone", SCHEMA).only(["FANCY_HAPPENED"]);
    assert!(builder.generate().is_ok());
    assert_eq!(
        refused(&builder.config("CONFIG_FANCY", false)),
        "`.only([\"FANCY_HAPPENED\"])` in the build script: \
         'FANCY_HAPPENED' is excluded by `config`; \
         omit it, or change the values of the conditions in its 'if'"
    );
}

#[test]
fn a_type_of_the_callers_is_not_generated_and_nothing_that_only_it_needs() {
    let code = generated(
        &builder("extern", SCHEMA)
            .only(["HAPPENED"])
            .extern_type("Deep", "crate::mine::Deep"),
    );
    assert!(
        code.contains("\npub type Deep = crate::mine::Deep;\n"),
        "{code}"
    );
    assert!(item(&code, "pub mod events").contains("pub deep: super::Deep"));
    for declaration in ["pub struct Deep", "pub struct Deeper"] {
        assert!(!declares(&code, declaration), "{declaration}");
    }
}

#[test]
fn a_fragment_can_be_generated_with_types_of_the_callers() {
    let fragment =
        "{ 'event': 'ELSEWHERE', 'data': { 'who': 'Person', 'others': [ 'Person' ] } }\n";
    assert!(matches!(
        builder("bare", fragment).generate(),
        Err(Error::Schema(_))
    ));
    let code = generated(&builder("fragment", fragment).extern_type("Person", "crate::Person"));
    assert!(code.contains("\npub type Person = crate::Person;\n"));
    let events = item(&code, "pub mod events");
    assert!(events.contains("pub who: super::Person"), "{events}");
    assert!(
        events.contains("pub others: Vec<super::Person>"),
        "{events}"
    );
}

#[test]
fn built_in_types_can_be_replaced() {
    let builder = builder("builtins", SCHEMA);
    let code = generated(
        &builder
            .clone()
            .extern_type("str", "::compact_str::CompactString")
            .extern_type("int64", "crate::Unused")
            .extern_type("QType", "crate::Unused"),
    );
    assert!(code.contains("pub type Str = ::compact_str::CompactString;"));
    let plain = item(&code, "pub struct Plain {");
    assert!(
        plain.contains("pub a: i64"),
        "`int` is not `int64`: {plain}"
    );
    assert!(plain.contains("pub b: Option<Str>"), "{plain}");
    // Unused external types get no alias.
    assert!(!code.contains("Unused"), "{code}");
    let either = item(&code, "pub enum Either {");
    assert!(either.contains("S(Str)"), "{either}");
    let kind = item(&code, "pub enum Kind {");
    assert!(kind.contains("Unknown(String)"), "{kind}");
    assert_eq!(
        refused(&builder.extern_type("null", "crate::Null")),
        "`.extern_type(\"null\", \"crate::Null\")` in the build script: 'null' cannot be mapped; \
         it has only one value, and becomes `()` or a variant without a value"
    );
}

#[test]
fn an_extern_type_without_a_definition_is_rejected() {
    let builder = builder("no-type", SCHEMA);
    assert_eq!(
        refused(&builder.clone().extern_type("Deeep", "crate::Deep")),
        "`.extern_type(\"Deeep\", \"crate::Deep\")` in the build script: \
         the schema has no type 'Deeep'; did you mean 'Deep'?"
    );
    assert_eq!(
        refused(&builder.clone().extern_type("Deep", "crate::De ep")),
        "`.extern_type(\"Deep\", \"crate::De ep\")` in the build script: \
         'crate::De ep' is not a path to a Rust type"
    );
    for path in [
        "",
        "&str",
        "_",
        "impl Copy",
        "dyn Copy",
        "a::",
        "(u8, u8)",
        "A; struct B",
    ] {
        let message = refused(&builder.clone().extern_type("Deep", path));
        let told = format!("'{path}' is not a path to a Rust type");
        assert!(message.ends_with(&told), "{message}");
    }
    // A command is no type.
    let command = refused(&builder.extern_type("get-union", "crate::Deep"));
    assert!(
        command.contains("the schema has no type 'get-union'"),
        "{command}"
    );
}

#[test]
fn every_path_leads_to_a_type_of_the_callers() {
    // From a struct, a list, a branch, an alternate, a command, what it returns, and an event.
    let mut schema = "{ 'enum': 'Kind', 'data': [ 'a' ] }\n".to_owned();
    let mut builders = Vec::new();
    for (number, path) in [
        "crate::mine::Type",
        "::serde_json::Value",
        "serde_json::Value",
        "self::near::Type",
        "near::Type",
        "super::far::Type",
        "Imported",
        "T7",
        "Kind",
        "super::far::Generic<near::Type, Vec<Option<u8>>>",
        "<u8 as ::std::ops::Add>::Output",
        " r#type :: Type ",
        "u8",
    ]
    .into_iter()
    .enumerate()
    {
        let name = format!("T{number}");
        schema += &format!(
            "{{ 'struct': '{name}', 'data': {{ 'x': 'Kind' }} }}
{{ 'struct': 'S{number}', 'data': {{ 'one': '{name}', '*many': [ '{name}' ] }} }}
{{ 'union': 'U{number}', 'base': {{ 'kind': 'Kind' }}, 'discriminator': 'kind', 'data': {{ 'a': '{name}' }} }}
{{ 'alternate': 'A{number}', 'data': {{ 'it': '{name}', 'number': 'int' }} }}
{{ 'command': 'take-{number}', 'data': {{ 'it': '{name}', '*list': [ '{name}' ] }}, 'returns': '{name}' }}
{{ 'command': 'same-{number}', 'data': '{name}', 'returns': [ '{name}' ] }}
{{ 'event': 'E{number}', 'data': {{ 'it': '{name}', '*list': [ '{name}' ] }} }}
{{ 'event': 'SAME{number}', 'data': '{name}' }}
"
        );
        builders.push((name, path));
    }
    let options = |builder| {
        let each =
            |builder: Builder, (name, path): &(String, &str)| builder.extern_type(name, *path);
        builders.iter().fold(builder, each)
    };
    let code = generated(&options(builder("paths", &schema)));
    let package = "[package]\nname = \"paths\"\nedition = \"2021\"\n[workspace]\n";
    let fixture = Fixture::new("options-every-path");
    fixture.write("Cargo.toml", &(package.to_owned() + DEPENDENCIES));
    fixture.write("src/qapi.rs", &code);
    // Paths to items next to the code in its module, and in the surrounding modules.
    let beside = "
    #[allow(unused_imports)]
    use crate::mine::{Type as Imported, Type as T7};
    pub mod near { pub type Type = ::serde_json::Value; }
    pub mod r#type { pub type Type = ::std::string::String; }
    include!(\"qapi.rs\");
";
    let around = format!(
        "#![deny(warnings, clippy::all)]
pub mod mine {{ pub type Type = ::serde_json::Value; }}
pub mod inner {{
    pub mod far {{
        pub type Type = ::std::string::String;
        pub type Generic<A, B> = ::std::collections::BTreeMap<::std::string::String, (A, B)>;
    }}
    pub mod qapi {{{beside}}}
}}
"
    );
    fixture.write("src/lib.rs", &around);
    // Unused code causes no warnings.
    let program = around
        .replace("pub mod inner", "mod inner")
        .replace("pub mod mine", "mod mine");
    fixture.write(
        "src/main.rs",
        &format!("{program}fn main() {{ let _ = inner::qapi::Kind::A; }}\n"),
    );
    success(fixture.cargo(&["clippy"]));
}

#[test]
fn a_type_of_the_callers_has_the_documentation_of_the_schemas() {
    let schema = "##
# @Deep:
#
# How deep it is, see @Kind.
#
# Since: 1.2
##
{ 'struct': 'Deep', 'data': { 'x': 'Only' } }
{ 'enum': 'Only', 'data': [ 'a' ] }
{ 'enum': 'Kind', 'data': [ 'a' ] }
{ 'struct': 'User', 'data': { 'deep': 'Deep', 'kind': 'Kind', 'other': [ 'Other' ] } }
{ 'struct': 'Unused', 'data': {} }
";
    let builder = builder("alias", schema);
    let builder = builder
        .extern_type("Deep", "d::D")
        .extern_type("Other", "d::O");
    let code = generated(&builder.clone().extern_type("Unused", "d::U"));
    let alias = "
/// How deep it is, see [`Kind`].
///
/// Since QEMU 1.2.
pub type Deep = d::D;
";
    assert!(code.contains(alias), "{code}");
    assert!(code.contains("\n/// The type `Other`.\npub type Other = d::O;\n"));
    assert!(!code.contains("d::U;"), "nothing uses it");
    let user = generated(&builder.clone().only(["User"]));
    assert!(!declares(&user, "pub enum Only"), "nothing else uses it");
    let bare = generated(&builder.docs(false));
    assert!(bare.contains("\n\npub type Deep = d::D;\n"), "{bare}");
}

#[test]
fn a_type_that_tells_branches_or_gives_them_cannot_be_the_callers() {
    let schema = SCHEMA.replace(
        "'data': { 'either': 'Either' }",
        "'data': 'Union', 'boxed': true",
    );
    let schema = format!("{schema}{{ 'event': 'UNION', 'data': 'Union', 'boxed': true }}\n");
    let builder = builder("branches", &schema);
    let tag = refused(&builder.clone().extern_type("Kind", "crate::Kind"));
    let told = "'Kind' selects the branches of a union and must be generated: \
                `extern_type` cannot replace it";
    assert_eq!(tag, told);
    let union = refused(&builder.clone().extern_type("Union", "crate::Union"));
    let given = "'Union' provides the branches of 'get-union' and must be generated: \
                 `extern_type` cannot replace it";
    assert_eq!(union, given);
    // Where it is only held it can.
    let code = generated(&builder.only(["Plain"]).extern_type("Union", "crate::Union"));
    assert!(!code.contains("UnionBranch"), "{code}");
}

#[test]
fn derives_and_attributes_stand_where_they_are_asked_for() {
    let builder = builder("derive", SCHEMA)
        .derive("::macros::Described")
        .derive_for("Ribbon", "::std::cmp::PartialOrd")
        .attribute("#[must_use]")
        .attribute_for("Alone", "#[doc(alias = \"single\")]");
    let code = generated(&builder);
    let before = |declaration: &str| {
        let at = code.find(declaration).expect("it is declared");
        let start = code[..at]
            .rfind("\n\n")
            .expect("something stands before it");
        code[start..at].to_owned()
    };
    for declaration in [
        "pub struct Plain {",
        "pub enum Kind {",
        "pub enum Ribbon {",
        "pub enum UnionBranch {",
        "pub enum Either {",
        "pub struct GetUnion {",
        "pub struct Happened {",
        "pub enum Event {",
        "pub struct UnknownEvent {",
        "pub struct UnknownBranch {",
    ] {
        let before = before(declaration);
        assert!(
            before.contains("::macros::Described"),
            "{declaration}: {before}"
        );
        assert!(before.contains("#[must_use]"), "{declaration}: {before}");
    }
    assert!(before("pub enum Ribbon {").contains("::std::cmp::PartialOrd"));
    assert_eq!(code.matches("::std::cmp::PartialOrd").count(), 1);
    assert!(before("pub struct Alone {").contains("#[doc(alias = \"single\")]"));
    assert_eq!(code.matches("alias = \"single\"").count(), 1);
}

#[test]
fn invalid_paths_and_attributes_are_rejected() {
    let builder = builder("no-path", SCHEMA);
    for path in ["", "Clone,", "two words", "#[derive(Clone)]", "a::"] {
        assert_eq!(
            refused(&builder.clone().derive(path)),
            format!(
                "`.derive({path:?})` in the build script: '{path}' is not a path to a derive macro"
            )
        );
        let one = refused(&builder.clone().derive_for("Kind", path));
        assert!(
            one.starts_with(&format!("`.derive_for(\"Kind\", {path:?})`")),
            "{one}"
        );
    }
    for attribute in [
        "",
        "must_use",
        "#![allow(dead_code)]",
        "#[",
        "#[a] struct B;",
    ] {
        let message = refused(&builder.clone().attribute(attribute));
        assert_eq!(
            message,
            format!(
                "`.attribute({attribute:?})` in the build script: \
                 '{attribute}' is not an attribute such as #[must_use]"
            )
        );
        let one = refused(&builder.clone().attribute_for("Kind", attribute));
        assert!(
            one.starts_with(&format!("`.attribute_for(\"Kind\", {attribute:?})`")),
            "{one}"
        );
    }
    assert_eq!(
        refused(&builder.derive_for("Kinds", "Clone")),
        "`.derive_for(\"Kinds\", \"Clone\")` in the build script: \
         the schema has no definition 'Kinds'; did you mean 'Kind'?"
    );
}

#[test]
fn all_options_that_do_not_fit_are_reported() {
    let builder = builder("several", SCHEMA);
    let error = builder
        .only(["Depp", "Deep", "Plane"])
        .derive("a b")
        .generate();
    let error = error.unwrap_err().to_string();
    let calls = error
        .lines()
        .filter_map(|line| line.split(" in the build script").next());
    assert_eq!(
        calls.collect::<Vec<_>>(),
        [
            "`.only([\"Depp\"])`",
            "`.only([\"Plane\"])`",
            "`.derive(\"a b\")`"
        ]
    );
}

#[test]
fn documentation_can_be_left_out() {
    let schema = root().join("schema/showcase.json");
    let with = generated(&Builder::new(&schema));
    let without = generated(&Builder::new(&schema).docs(false));
    assert!(with.contains("A lamp above a bed.") && !without.contains("A lamp above a bed."));
    assert!(!without.contains("Since QEMU"));
    // Facts stay.
    assert!(without.contains("#[deprecated]"));
}

#[test]
fn every_run_gives_the_same_and_what_is_written_is_what_is_displayed() {
    let schema = root().join("schema/showcase.json");
    let first = Builder::new(&schema).generate().expect("it is good");
    let second = Builder::new(&schema).generate().expect("it is good");
    assert_eq!(first.to_string(), second.to_string());
    let fixture = Fixture::new("options-written");
    first
        .write_to(fixture.path("qapi.rs"))
        .expect("it can be written");
    let written = fs::read_to_string(fixture.path("qapi.rs")).expect("it is there");
    assert_eq!(written, first.to_string());
    assert_eq!(first.files(), [schema]);
    let elsewhere = first.write_to(fixture.path("no/such/folder/qapi.rs"));
    assert!(matches!(elsewhere, Err(Error::Unwritable { .. })));
}

#[test]
fn all_of_it_compiles() {
    let mine = "pub mod mine {
    pub type Deep = ::serde_json::Value;
    pub type Text = ::std::string::String;
}
";
    let builders = [
        ("undecided", builder("c1", SCHEMA)),
        (
            "yes",
            builder("c2", SCHEMA)
                .config("CONFIG_B", true)
                .config("CONFIG_FANCY", true),
        ),
        (
            "no",
            builder("c3", SCHEMA)
                .config("CONFIG_B", false)
                .config("CONFIG_FANCY", false),
        ),
        ("event", builder("c4", SCHEMA).only(["HAPPENED"])),
        (
            "event_without_data",
            builder("c5", SCHEMA).only(["FANCY_HAPPENED"]),
        ),
        ("command", builder("c6", SCHEMA).only(["get-union"])),
        (
            "command_without_arguments",
            builder("c7", SCHEMA).only(["do-nothing"]),
        ),
        ("one_enum", builder("c8", SCHEMA).only(["Kind"])),
        ("one_struct", builder("c9", SCHEMA).only(["Alone"])),
        ("one_union", builder("c10", SCHEMA).only(["Union"])),
        ("one_alternate", builder("c11", SCHEMA).only(["Either"])),
        (
            "one_alternate_without_objects",
            builder("c19", SCHEMA)
                .config("CONFIG_FANCY", false)
                .only(["Either"]),
        ),
        (
            "theirs",
            builder("c12", SCHEMA).extern_type("Deep", "crate::mine::Deep"),
        ),
        (
            "branch",
            builder("c13", SCHEMA).extern_type("Plain", "crate::mine::Deep"),
        ),
        (
            "enumeration",
            builder("c14", SCHEMA).extern_type("Ribbon", "crate::mine::Text"),
        ),
        (
            "alternative",
            builder("c15", SCHEMA).extern_type("Fancy", "crate::mine::Deep"),
        ),
        (
            "derived",
            builder("c16", SCHEMA)
                .derive("::std::fmt::Debug")
                .derive_for("Ribbon", "std::cmp::PartialOrd")
                .attribute("#[must_use]")
                .extern_type("Deep", "u8"),
        ),
        (
            "alike",
            builder("c20", SCHEMA).extern_type("Fancy", "::std::string::String"),
        ),
        ("bare", builder("c17", SCHEMA).docs(false)),
        ("empty", builder("c18", "")),
        (
            "showcase",
            Builder::new(root().join("schema/showcase.json"))
                .docs(false)
                .config("CONFIG_ARCTIC", false),
        ),
    ];
    let fixture = Fixture::new("options");
    let mut lib = format!("#![deny(warnings, clippy::all)]\n{mine}");
    for (module, builder) in builders {
        fixture.write(&format!("src/{module}.rs"), &generated(&builder));
        lib += &format!("pub mod {module};\n");
    }
    fixture.write("src/lib.rs", &lib);
    let package = "[package]\nname = \"options\"\nedition = \"2024\"\n[workspace]\n";
    fixture.write("Cargo.toml", &(package.to_owned() + DEPENDENCIES));
    success(fixture.cargo(&["clippy"]));
}

#[test]
fn an_empty_selection_selects_nothing() {
    let nothing = generated(&builder("only-none", SCHEMA).only(Vec::<String>::new()));
    assert!(!nothing.contains("pub struct"), "{nothing}");
    assert!(!nothing.contains("pub enum"), "{nothing}");
}

#[test]
fn a_condition_on_a_feature_is_one_of_the_schemas() {
    let schema = "{ 'struct': 'Old', 'data': { 'x': { 'type': 'int',
        'features': [ { 'name': 'deprecated', 'if': 'CONFIG_F' } ] } } }";
    let builder = builder("feature-condition", schema);
    assert!(generated(&builder).contains("#[deprecated]"));
    let without = generated(&builder.clone().config("CONFIG_F", false));
    assert!(!without.contains("#[deprecated]"), "{without}");
}

#[test]
fn more_than_one_attribute_or_path_is_rejected() {
    let builder = builder("not-rust", SCHEMA);
    for attribute in ["#[must_use] pub", "#[must_use] struct A;", "must_use", ""] {
        refused(&builder.clone().attribute(attribute));
    }
    for path in ["Foo<T>", "a b", ""] {
        refused(&builder.clone().derive(path));
    }
}
