//! External types, which replace types of the schema.

use qapi_codegen::{Builder, Error};

use crate::fixture::{DEPENDENCIES, Fixture, success};
use crate::support::{SCHEMA, builder, declares, generated, item, refused};

#[test]
fn an_external_type_is_not_generated_nor_the_types_that_only_it_needs() {
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
fn an_external_type_may_be_undefined_in_the_schema() {
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
    // A command is not a type.
    let command = refused(&builder.extern_type("get-union", "crate::Deep"));
    assert!(
        command.contains("the schema has no type 'get-union'"),
        "{command}"
    );
}

#[test]
fn external_types_can_have_any_path() {
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
fn an_alias_has_the_documentation_of_the_schema() {
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
fn discriminators_and_types_with_branches_cannot_be_external() {
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
    // A type that is only used by members can be replaced.
    let code = generated(&builder.only(["Plain"]).extern_type("Union", "crate::Union"));
    assert!(!code.contains("UnionBranch"), "{code}");
}
