//! Options that decide conditions.

use crate::support::{SCHEMA, builder, declares, generated, item, refused};

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
fn items_with_a_false_condition_are_left_out_with_the_types_that_only_they_need() {
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
fn an_error_about_an_unknown_condition_suggests_a_similar_one() {
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
fn the_condition_of_a_feature_can_be_decided() {
    let schema = "{ 'struct': 'Old', 'data': { 'x': { 'type': 'int',
        'features': [ { 'name': 'deprecated', 'if': 'CONFIG_F' } ] } } }";
    let builder = builder("feature-condition", schema);
    assert!(generated(&builder).contains("#[deprecated]"));
    let without = generated(&builder.clone().config("CONFIG_F", false));
    assert!(!without.contains("#[deprecated]"), "{without}");
}
