//! Options that add derives and attributes.

use crate::support::{SCHEMA, builder, generated, refused};

#[test]
fn derives_and_attributes_are_on_the_requested_items() {
    let builder = builder("derive", SCHEMA)
        .derive("::macros::Described")
        .derive_for("Alone", "::macros::Single")
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
    assert!(before("pub struct Alone {").contains("::macros::Single"));
    assert_eq!(code.matches("::macros::Single").count(), 1);
    // The order of an enum is not derived, since it has to agree with equality.
    assert!(code.contains("Ribbon as \"Ribbon\" ordered"));
    assert_eq!(code.matches("\" ordered").count(), 1);
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
fn more_than_one_attribute_or_path_is_rejected() {
    let builder = builder("not-rust", SCHEMA);
    for attribute in ["#[must_use] pub", "#[must_use] struct A;", "must_use", ""] {
        refused(&builder.clone().attribute(attribute));
    }
    for path in ["Foo<T>", "a b", ""] {
        refused(&builder.clone().derive(path));
    }
}

#[test]
fn derives_and_attributes_are_for_generated_items() {
    let builder = builder("no-item", SCHEMA);
    let left_out = builder.clone().only(["HAPPENED"]);
    assert!(
        left_out
            .clone()
            .derive_for("Deeper", "PartialEq")
            .generate()
            .is_ok()
    );
    assert_eq!(
        refused(&left_out.derive_for("Alone", "PartialEq")),
        "`.derive_for(\"Alone\", \"PartialEq\")` in the build script: \
         nothing in `only` needs 'Alone'; omit it, or add the name to `only`"
    );
    let without = builder.clone().config("CONFIG_FANCY", false);
    assert_eq!(
        refused(&without.attribute_for("Ribbon", "#[must_use]")),
        "`.attribute_for(\"Ribbon\", \"#[must_use]\")` in the build script: \
         'Ribbon' is excluded by `config`; \
         omit it, or change the values of the conditions in its 'if'"
    );
    let external = builder.extern_type("Deep", "crate::Deep");
    assert_eq!(
        refused(&external.derive_for("Deep", "PartialEq")),
        "`.derive_for(\"Deep\", \"PartialEq\")` in the build script: \
         'Deep' is replaced by `extern_type`; omit it"
    );
}
