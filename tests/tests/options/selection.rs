//! The option that selects definitions.

use crate::support::{SCHEMA, builder, declares, generated, refused};

#[test]
fn only_the_selected_items_and_their_dependencies_are_generated() {
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
fn an_empty_selection_selects_nothing() {
    let nothing = generated(&builder("only-none", SCHEMA).only(Vec::<String>::new()));
    assert!(!nothing.contains("pub struct"), "{nothing}");
    assert!(!nothing.contains("pub enum"), "{nothing}");
}

#[test]
fn an_error_about_an_unknown_name_suggests_a_similar_one() {
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
