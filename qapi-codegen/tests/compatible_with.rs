//! Types that fit several schemas.

use std::fs;
use std::path::PathBuf;

use qapi_codegen::{Builder, Error};
use tempfile::TempDir;

struct Schemas(TempDir);

impl Schemas {
    /// The schemas of a new and an old QEMU, each in its own folder.
    fn new(new: &str, old: &str) -> Self {
        Self::named(&[("qemu-10.0", new), ("qemu-7.2", old)])
    }

    fn named(schemas: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for (name, text) in schemas {
            let folder = folder.path().join(name);
            fs::create_dir(&folder).expect("a folder");
            fs::write(folder.join("schema.json"), text).expect("a file");
        }
        Self(folder)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name).join("schema.json")
    }

    fn builder(&self) -> Builder {
        let builder = Builder::new(self.path("qemu-10.0"));
        builder.compatible_with(self.path("qemu-7.2"))
    }

    fn code(&self) -> String {
        code(&self.builder())
    }

    /// A builder for schemas in this order.
    fn in_order(&self, names: &[&str]) -> Builder {
        let builder = Builder::new(self.path(names[0]));
        let others = names[1..].iter().map(|name| self.path(name));
        others.fold(builder, Builder::compatible_with)
    }
}

fn code(builder: &Builder) -> String {
    let bindings = builder.generate();
    let bindings = bindings.unwrap_or_else(|error| panic!("{error}"));
    bindings.to_string()
}

/// A struct or an enum of the code.
fn item<'a>(code: &'a str, name: &str) -> &'a str {
    let start = code
        .find(&format!(" {name} {{"))
        .unwrap_or_else(|| panic!("no {name}"));
    let length = code[start..]
        .find("\n    }\n")
        .or(code[start..].find("\n}\n"));
    &code[start..start + length.expect("an end")]
}

#[test]
fn items_that_some_schemas_lack_are_optional_and_documented() {
    let schemas = Schemas::new(
        "{ 'struct': 'Status', 'data': { 'running': 'bool', 'mode': 'str', 'both': 'int' } }
         { 'command': 'query-status', 'returns': 'Status' }
         { 'command': 'fresh' }",
        "{ 'struct': 'StatusInfo', 'data': { 'running': 'bool', 'singlestep': 'bool', '*both': 'size' } }
         { 'command': 'query-status', 'returns': 'StatusInfo' }
         { 'event': 'GONE' }",
    );
    let code = schemas.code();
    let status = item(&code, "Status");
    for line in [
        "pub running: bool,",
        "/// Only in QEMU's qemu-10.0 schema.\n    pub mode: Option<String>,",
        "/// Only in QEMU's qemu-7.2 schema.\n    pub singlestep: Option<bool>,",
        "pub both: Option<u64>,",
    ] {
        assert!(status.contains(line), "no {line} in {status}");
    }
    // The first schema gives the names.
    assert!(!code.contains("StatusInfo"));
    assert!(
        code.contains("/// Only in QEMU's qemu-7.2 schema.\n    #[derive"),
        "{code}"
    );
}

#[test]
fn documentation_says_which_schemas_have_what() {
    let schema = |rest: &str, command: &str| {
        format!(
            "{{ 'enum': 'K', 'data': [ 'p', 'q' {rest} ] }} {{ 'struct': 'P', 'data': {{ 'y': 'int' }} }} {command}"
        )
    };
    let all = "{ 'union': 'U', 'base': { 'k': 'K', 'r': 'str' }, 'discriminator': 'k', 'data': { 'p': 'P', 'r': 'P' } }
         { 'alternate': 'A', 'data': { 'b': 'bool', 'n': 'int' } }
         { 'struct': 'S', 'data': { 'x': 'int', 'u': 'U', 'a': 'A' } }
         { 'command': 'go', 'returns': 'S' }";
    let first = schema(
        ", 'r'",
        &format!(
            "{all} {{ 'struct': 'R', 'data': {{ 'z': 'int' }} }} {{ 'command': 'fresh', 'returns': 'R' }}"
        ),
    );
    let second = schema(
        ", 'r'",
        &format!("{all} {{ 'event': 'GONE' }} {{ 'command': 'fresh' }}"),
    );
    let third = schema("", "{ 'union': 'U', 'base': { 'k': 'K', 'r': 'str' }, 'discriminator': 'k', 'data': { 'p': 'P' } }
         { 'alternate': 'A', 'data': { 's': 'str', 'b': 'bool' } }
         { 'struct': 'S', 'data': { 'u': 'U', 'a': 'A' } }
         { 'command': 'go', 'returns': 'S' }");
    let schemas = Schemas::named(&[
        ("qemu-11", &first),
        ("qemu-10", &second),
        ("qemu-9", &third),
    ]);
    let code = code(&schemas.in_order(&["qemu-11", "qemu-10", "qemu-9"]));
    let documented = |item: &str| {
        let (before, _) = code.split_once(item).unwrap_or_else(|| panic!("no {item}"));
        let lines = before.lines().rev().map(str::trim);
        let lines = lines.filter(|it| !it.starts_with("#[") && !it.is_empty());
        let docs = lines.map_while(|it| it.strip_prefix("///"));
        docs.take(1).collect::<String>().trim().to_owned()
    };
    for (item, sentence) in [
        // Values, branches and members.
        ("R,\n    /// A value not", "Not in qemu-9."),
        ("R(P),", "Not in qemu-9."),
        ("pub r: String,", "The member `r`."),
        ("pub x: Option<i64>,", "Not in qemu-9."),
        // Alternatives.
        ("B(bool),", "The alternative `b`."),
        ("N(i64),", "Not in qemu-9."),
        ("S(String),", "Only in QEMU's qemu-9 schema."),
        // Types, commands and events.
        ("pub struct R {", "Only in QEMU's qemu-11 schema."),
        ("pub struct S {", "The struct `S`."),
        ("pub struct Fresh {", "Not in qemu-9."),
        ("pub struct Go {", "Returns [`S`](super::S)."),
        ("pub struct Gone {", "Only in QEMU's qemu-10 schema."),
    ] {
        assert_eq!(documented(item), sentence, "{item}");
    }
}

#[test]
fn a_schema_merged_with_itself_gives_the_same_types() {
    let schema = "
##
# @Kind:
#
# @one: One.
#
# @two: Two.
#
# Features:
#
# @deprecated: Use one.
##
{ 'enum': 'Kind', 'data': [ 'one', { 'name': 'two', 'features': [ 'deprecated' ] } ] }
##
# @Base:
#
# @kind: The kind.
#
# @old: The old way.
#
# Features:
#
# @deprecated: Use @kind.
##
{ 'struct': 'Base', 'data': { 'kind': 'Kind', '*old': { 'type': 'str', 'features': [ 'deprecated' ] } } }
##
# @Derived:
#
# @older: The older way.
#
# Features:
#
# @deprecated: Use @old.
#
# @unstable: May change.
##
{ 'struct': 'Derived', 'base': 'Base', 'features': [ 'unstable' ],
  'data': { '*older': { 'type': 'str', 'features': [ 'deprecated' ] } } }
{ 'struct': 'OnlyBase', 'data': { '*n': 'int' } }
{ 'struct': 'Sent', 'base': 'Base', 'data': { '*m': 'int' } }
{ 'struct': 'Received', 'base': 'OnlyBase', 'data': { 'derived': 'Derived', 'base': 'Base' } }
##
# @Union:
#
# @kind: The kind.
#
# @raw: Raw.
#
# Features:
#
# @unstable: @raw may change.
##
{ 'union': 'Union', 'base': { 'kind': 'Kind', 'raw': { 'type': 'int', 'features': [ 'unstable' ] } },
  'discriminator': 'kind', 'data': { 'one': 'OnlyBase' } }
##
# @set:
#
# @now: Now.
#
# @then: Then.
#
# Features:
#
# @deprecated: @then is deprecated.
##
{ 'command': 'set', 'returns': 'Received',
  'data': { 'now': 'Sent', '*then': { 'type': 'int', 'features': [ 'deprecated' ] } } }
{ 'command': 'query', 'returns': [ 'Union' ] }
";
    let schemas = Schemas::named(&[("a", schema), ("b", schema)]);
    let alone = code(&schemas.in_order(&["a"]));
    assert!(alone.contains("note = \"Use old.\""), "{alone}");
    let merged = code(&schemas.in_order(&["a", "b"]));
    for (merged, alone) in merged.lines().zip(alone.lines()) {
        assert_eq!(merged, alone);
    }
    assert_eq!(merged.len(), alone.len());
}

#[test]
fn features_keep_the_texts_of_the_schema_that_has_them() {
    let without = "
##
# @Status:
#
# @running: Whether it runs.
##
{ 'struct': 'Status', 'data': { 'running': 'bool' } }
##
# @query:
##
{ 'command': 'query', 'returns': 'Status' }
";
    let with = "
##
# @Status:
#
# @running: Whether it runs.
#
# @singlestep: Single steps.
#
# Features:
#
# @deprecated: Member singlestep is deprecated.
#
# @unstable: Member running may change.
##
{ 'struct': 'Status', 'data': {
  'running': { 'type': 'bool', 'features': [ 'unstable' ] },
  'singlestep': { 'type': 'bool', 'features': [ 'deprecated' ] } } }
##
# @query:
#
# Features:
#
# @deprecated: Use another command.
##
{ 'command': 'query', 'returns': 'Status', 'features': [ 'deprecated' ] }
";
    let schemas = Schemas::named(&[("new", without), ("old", with)]);
    for order in [["new", "old"], ["old", "new"]] {
        let code = code(&schemas.in_order(&order));
        for text in [
            "#[deprecated(note = \"Member singlestep is deprecated.\")]",
            "/// - `deprecated`: Member singlestep is deprecated.",
            "/// - `unstable`: Member running may change.",
            "#[deprecated(note = \"Use another command.\")]",
            "/// - `deprecated`: Use another command.",
        ] {
            assert!(code.contains(text), "no {text} in {code}");
        }
    }
}

#[test]
fn new_takes_members_that_any_schema_requires() {
    let schemas = Schemas::new(
        "{ 'command': 'go', 'data': { 'to': 'str', '*pace': 'int', 'soft': 'bool' } }",
        "{ 'command': 'go', 'data': { 'to': 'str', 'pace': 'int', 'hard': 'bool' } }",
    );
    let code = schemas.code();
    let go = item(&code, "Go");
    // All schemas have `pace`, and one requires it; each of the others is missing in one schema.
    for field in [
        "pub pace: i64,",
        "pub soft: Option<bool>,",
        "pub hard: Option<bool>,",
    ] {
        assert!(go.contains(field), "no {field} in {go}");
    }
    let new = code.split_once("impl commands::Go {").expect("an impl").1;
    let (new, _) = new.split_once("-> Self").expect("a function");
    for argument in ["to: ", "pace: i64", "soft: bool", "hard: bool"] {
        assert!(new.contains(argument), "no {argument} in {new}");
    }
}

#[test]
fn the_type_that_holds_both_is_used() {
    let schemas = Schemas::new(
        "{ 'enum': 'Capture', 'data': [ 'none', 'stdout' ] }
         { 'alternate': 'CaptureOutput', 'data': { 'flag': 'bool', 'mode': 'Capture' } }
         { 'command': 'exec', 'data': { '*capture': 'CaptureOutput', '*names': [ 'Capture' ] } }
         { 'enum': 'Kind', 'data': [ 'file' ] }
         { 'struct': 'FileWrapper', 'data': { 'data': 'str' } }
         { 'union': 'Backend', 'base': { 'type': 'Kind' }, 'discriminator': 'type', 'data': { 'file': 'FileWrapper' } }
         { 'command': 'add', 'data': { 'backend': 'Backend' } }",
        "{ 'command': 'exec', 'data': { '*capture': 'bool', '*names': [ 'str' ] } }
         { 'union': 'Backend', 'data': { 'file': 'str', 'null': 'int' } }
         { 'command': 'add', 'data': { 'backend': 'Backend' } }",
    );
    let code = schemas.code();
    let exec = item(&code, "Exec");
    assert!(
        exec.contains("pub capture: Option<super::CaptureOutput>,"),
        "{exec}"
    );
    assert!(
        exec.contains("pub names: Option<Vec<super::Capture>>,"),
        "{exec}"
    );
    let branches = item(&code, "BackendBranch");
    assert!(branches.contains("File(FileWrapper),"), "{branches}");
    assert!(branches.contains("Null(i64),"), "{branches}");
}

#[test]
fn the_order_of_schemas_does_not_decide_whether_there_are_types() {
    let schema =
        |ty| format!("{{ 'command': 'go', 'data': {{ 'it': '{ty}' }}, 'returns': [ '{ty}' ] }}");
    let (flag, text) = (schema("bool"), schema("str"));
    let either = format!(
        "{{ 'alternate': 'E', 'data': {{ 'b': 'bool', 's': 'str' }} }} {}",
        schema("E")
    );
    let schemas = Schemas::named(&[("a", &flag), ("b", &text), ("c", &either)]);
    for order in [
        ["a", "b", "c"],
        ["a", "c", "b"],
        ["b", "a", "c"],
        ["b", "c", "a"],
        ["c", "a", "b"],
        ["c", "b", "a"],
    ] {
        let code = code(&schemas.in_order(&order));
        assert!(
            item(&code, "Go").contains("pub it: super::E,"),
            "{order:?}: {code}"
        );
        assert!(code.contains("type Return = Vec<E>;"), "{order:?}: {code}");
    }
    assert!(schemas.in_order(&["a", "b"]).generate().is_err());
}

#[test]
fn a_union_that_is_sent_and_received_becomes_a_struct_for_both() {
    let union = "{ 'enum': 'K', 'data': [ 'p' ] }
         { 'struct': 'P', 'data': { 'x': 'int' } }
         { 'union': 'U', 'base': { 'k': 'K' }, 'discriminator': 'k', 'data': { 'p': 'P' } }
         { 'command': 'go', 'boxed': true, 'data': 'U', 'returns': 'U' }";
    let plain = "{ 'struct': 'U', 'data': { 'x': 'int' } }
         { 'command': 'go', 'boxed': true, 'data': 'U', 'returns': 'U' }";
    for (new, old) in [(union, plain), (plain, union)] {
        let code = Schemas::new(new, old).code();
        let returned = item(&code, "U");
        for field in ["pub k: Option<K>,", "pub x: Option<i64>,"] {
            assert!(returned.contains(field), "no {field} in {returned}");
        }
    }
}

#[test]
fn a_union_is_kept_where_only_arguments_differ() {
    let schemas = Schemas::new(
        "{ 'enum': 'K', 'data': [ 'p' ] }
         { 'struct': 'P', 'data': { 'x': 'int' } }
         { 'union': 'U', 'base': { 'k': 'K' }, 'discriminator': 'k', 'data': { 'p': 'P' } }
         { 'command': 'add', 'boxed': true, 'data': 'U' }
         { 'command': 'query', 'returns': 'U' }",
        "{ 'enum': 'K', 'data': [ 'p' ] }
         { 'struct': 'P', 'data': { 'x': 'int' } }
         { 'union': 'U', 'base': { 'k': 'K' }, 'discriminator': 'k', 'data': { 'p': 'P' } }
         { 'command': 'add', 'data': { 'options': 'U' } }
         { 'command': 'query', 'returns': 'U' }",
    );
    let code = schemas.code();
    assert!(item(&code, "U").contains("pub branch: UBranch,"), "{code}");
    assert!(code.contains("type Return = U;"), "{code}");
    let add = item(&code, "Add");
    for field in [
        "pub k: Option<super::K>,",
        "pub x: Option<i64>,",
        "pub options: Option<super::U>,",
    ] {
        assert!(add.contains(field), "no {field} in {add}");
    }
}

#[test]
fn members_that_move_between_a_union_and_its_branches_keep_a_type() {
    let flat = "{ 'enum': 'K', 'data': [ 'p', 'q' ] }
         { 'struct': 'P', 'data': { 'x': 'int' } }
         { 'struct': 'Q', 'data': { 'y': 'str' } }
         { 'union': 'U', 'base': { 'k': 'K' }, 'discriminator': 'k', 'data': { 'p': 'P', 'q': 'Q' } }
         { 'command': 'query', 'returns': 'U' }";
    let moved = "{ 'enum': 'K', 'data': [ 'p', 'q' ] }
         { 'struct': 'Q', 'data': { 'y': 'str' } }
         { 'union': 'U', 'base': { 'k': 'K', '*x': 'size' }, 'discriminator': 'k', 'data': { 'q': 'Q' } }
         { 'command': 'query', 'returns': 'U' }";
    for (new, old) in [(flat, moved), (moved, flat)] {
        let code = Schemas::new(new, old).code();
        assert!(item(&code, "U").contains("pub x: Option<u64>,"), "{code}");
        assert!(item(&code, "UBranch").contains("Q(Q),"), "{code}");
    }
}

#[test]
fn types_that_differ_only_where_they_do_not_meet_are_two() {
    let schemas = Schemas::named(&[
        (
            "a",
            "{ 'struct': 'T', 'data': { 'y': 'str' } }
               { 'command': 'one', 'returns': 'T' } { 'command': 'two', 'returns': 'T' }",
        ),
        (
            "b",
            "{ 'struct': 'One', 'data': { 'x': 'int' } } { 'command': 'one', 'returns': 'One' }",
        ),
        (
            "c",
            "{ 'struct': 'Two', 'data': { 'x': [ 'bool' ] } } { 'command': 'two', 'returns': 'Two' }",
        ),
    ]);
    for order in [["a", "b", "c"], ["b", "c", "a"], ["c", "b", "a"]] {
        let code = code(&schemas.in_order(&order));
        assert!(code.contains("pub x: Option<i64>,"), "{order:?}: {code}");
        assert!(
            code.contains("pub x: Option<Vec<bool>>,"),
            "{order:?}: {code}"
        );
    }
}

#[test]
fn different_types_with_one_name_are_two() {
    let schemas = Schemas::new(
        "{ 'struct': 'Info', 'data': { 'a': 'str' } }\n{ 'command': 'query-new', 'returns': 'Info' }",
        "{ 'enum': 'Info', 'data': [ 'b' ] }
         { 'struct': 'Old', 'data': { 'info': 'Info' } }
         { 'command': 'query-old', 'returns': 'Old' }",
    );
    let code = schemas.code();
    assert!(item(&code, "Info").contains("pub a: String,"));
    assert!(code.contains("pub enum InfoQemu72 {"));
}

#[test]
fn return_values_with_nothing_in_common_are_an_error_with_both_places() {
    for (new, old, wanted) in [
        (
            "{ 'command': 'go', 'returns': 'int' }",
            "{ 'command': 'go', 'returns': [ 'str' ] }",
            "the return value of 'go' is 'int' in one schema and a list of 'str' in another",
        ),
        (
            "{ 'command': 'go' }",
            "{ 'command': 'go', 'returns': 'int' }",
            "'go' returns a value that is not an object in one schema, and nothing in another",
        ),
    ] {
        let Err(error @ Error::Merge(_)) = Schemas::new(new, old).builder().generate() else {
            panic!("it is an error");
        };
        let text = error.to_string();
        for part in [
            wanted,
            "qemu-10.0/schema.json:1:",
            "qemu-7.2/schema.json:1:",
        ] {
            assert!(text.contains(part), "{text}");
        }
    }
}

#[test]
fn types_with_nothing_in_common_are_an_error_with_both_places() {
    let schemas = Schemas::new(
        "{ 'struct': 'Info', 'data': { 'a': 'str' } }
         { 'command': 'go', 'data': { 'it': 'Info' } }\n{ 'command': 'stop' }",
        "{ 'command': 'go', 'data': { 'it': [ 'int' ] } }\n{ 'command': 'stop' }",
    );
    let Err(error @ Error::Merge(_)) = schemas.builder().generate() else {
        panic!("it is an error");
    };
    let text = error.to_string();
    assert!(
        text.contains("'it' is struct 'Info' in one schema and a list of 'int' in another"),
        "{text}"
    );
    for place in ["qemu-10.0/schema.json:2:", "qemu-7.2/schema.json"] {
        assert!(text.contains(place), "{text}");
    }
    assert!(
        text.contains("`only`") && text.contains("`extern_type`"),
        "{text}"
    );
    // The ways to fix it.
    assert!(schemas.builder().only(["stop"]).generate().is_ok());
    assert!(
        schemas
            .builder()
            .extern_type("Info", "crate::Info")
            .generate()
            .is_ok()
    );
}

#[test]
fn hints_lead_to_types() {
    let schemas = Schemas::new(
        "{ 'command': 'go', 'data': { 'it': 'int' } }\n{ 'command': 'stop' }",
        "{ 'command': 'go', 'data': { 'it': 'str' } }\n{ 'command': 'stop' }",
    );
    let Err(error @ Error::Merge(_)) = schemas.builder().generate() else {
        panic!("it is an error");
    };
    let text = error.to_string();
    // A type for every `int` or `str` does not help.
    assert!(
        text.contains("`only`") && !text.contains("extern_type"),
        "{text}"
    );
    for name in ["int", "str"] {
        let builder = schemas.builder().extern_type(name, "crate::It");
        assert!(builder.generate().is_err(), "{name}");
    }
    assert!(schemas.builder().only(["stop"]).generate().is_ok());
    // Where one of the two has a name, such a type replaces it.
    for ty in ["[ 'int' ]", "'int'"] {
        let new = "{ 'enum': 'E', 'data': [ 'a' ] } { 'command': 'go', 'data': { 'it': 'E' } }";
        let old = format!("{{ 'command': 'go', 'data': {{ 'it': {ty} }} }}");
        for (new, old) in [(new, &*old), (&*old, new)] {
            let schemas = Schemas::new(new, old);
            let error = schemas
                .builder()
                .generate()
                .expect_err("nothing holds both");
            assert!(
                error
                    .to_string()
                    .contains("provide a type for 'E' with `extern_type`"),
                "{error}"
            );
            let builder = schemas.builder().extern_type("E", "crate::E");
            assert!(item(&code(&builder), "Go").contains("pub it: super::E,"));
        }
    }
}

#[test]
fn hints_name_what_can_be_replaced_or_left_out() {
    let schemas = Schemas::new(
        "{ 'struct': 'A', 'data': { 'x': 'int' } } { 'command': 'go', 'returns': 'A' }",
        "{ 'struct': 'A', 'data': { 'x': [ 'str' ] } } { 'command': 'go', 'returns': 'A' }",
    );
    let error = schemas
        .builder()
        .generate()
        .expect_err("nothing holds both");
    let hint = "select the commands and events that do not use 'A' with `only`, or provide a type for 'A' with `extern_type`";
    assert!(error.to_string().contains(hint), "{error}");
    let builder = schemas.builder().extern_type("A", "crate::A");
    assert!(builder.generate().is_ok());
    for member in ["'data': { 'x': 'int' }", "'returns': 'int'"] {
        let old = member.replace("'int'", "[ 'str' ]");
        let new = format!("{{ 'command': 'go', {member} }} {{ 'command': 'stop' }}");
        let old = format!("{{ 'command': 'go', {old} }} {{ 'command': 'stop' }}");
        let schemas = Schemas::new(&new, &old);
        let error = schemas
            .builder()
            .generate()
            .expect_err("nothing holds both");
        let hint = "leave 'go' out with `only`";
        assert!(error.to_string().contains(hint), "{error}");
        assert!(schemas.builder().only(["stop"]).generate().is_ok());
    }
}

#[test]
fn new_takes_arguments_that_are_conditional_in_one_schema() {
    let schema = |member: &str| format!("{{ 'command': 'c', 'data': {{ 'm': {member} }} }}");
    let (always, sometimes) = (schema("'int'"), schema("{ 'type': 'int', 'if': 'X' }"));
    for (new, old) in [(&always, &sometimes), (&sometimes, &always)] {
        let code = Schemas::new(new, old).code();
        assert!(item(&code, "C").contains("pub m: Option<i64>,"), "{code}");
        assert!(code.contains("pub fn new(m: "), "{code}");
        assert!(!code.contains("fn with_m("), "{code}");
    }
}

#[test]
fn too_many_schemas_are_an_error_even_if_the_first_is_empty() {
    let schemas = Schemas::new("", "{ 'command': 'go' }");
    let others = (0..64).map(|_| schemas.path("qemu-7.2"));
    let builder = Builder::new(schemas.path("qemu-10.0"));
    let builder = others.fold(builder, Builder::compatible_with);
    let error = builder.generate().expect_err("65 schemas");
    let message = "at most 64 schemas can be merged";
    assert!(error.to_string().contains(message), "{error}");
}

#[test]
fn options_are_for_items_of_any_schema() {
    let schemas = Schemas::new(
        "{ 'struct': 'Status', 'data': { 'running': 'bool' } }
         { 'command': 'query-status', 'returns': 'Status' }
         { 'command': 'go', 'data': { 'x': 'int' } }",
        "{ 'struct': 'StatusInfo', 'data': { 'running': 'bool', '*old': { 'type': 'bool', 'if': 'CONFIG_OLD' } } }
         { 'command': 'query-status', 'returns': 'StatusInfo' }
         { 'enum': 'Pace', 'data': [ 'slow' ] }
         { 'command': 'go', 'data': { 'x': { 'type': 'int', 'if': 'CONFIG_X' } } }
         { 'command': 'old', 'data': { 'pace': 'Pace' } }",
    );
    for name in ["CONFIG_OLD", "CONFIG_X"] {
        assert!(
            schemas.builder().config(name, false).generate().is_ok(),
            "{name}"
        );
    }
    let without = code(&schemas.builder().config("CONFIG_OLD", false));
    assert!(!item(&without, "Status").contains("old"), "{without}");
    assert!(code(&schemas.builder().only(["old"])).contains("pub struct Old"));
    let builder = schemas.builder().extern_type("Pace", "crate::Pace");
    assert!(code(&builder).contains("pub type Pace = crate::Pace;"));
    // The name of a type in one of the schemas is as good as the one that it has in the code.
    let derived = code(&schemas.builder().derive_for("StatusInfo", "PartialEq"));
    let (before, _) = derived.split_once("pub struct Status {").expect("a struct");
    assert!(
        before.ends_with("#[derive(Clone, Debug, PartialEq)]\n#[non_exhaustive]\n"),
        "{derived}"
    );
    assert!(code(&schemas.builder().only(["StatusInfo"])).contains("pub struct Status"));
    for builder in [
        schemas.builder().config("CONFIG_NEW", true),
        schemas.builder().only(["new"]),
        schemas.builder().extern_type("New", "crate::New"),
        schemas.builder().derive_for("New", "PartialEq"),
    ] {
        let error = builder.generate().expect_err("no schema has it");
        assert!(
            error.to_string().contains("none of the schemas has a"),
            "{error}"
        );
    }
    let builder = schemas
        .builder()
        .only(["go"])
        .derive_for("old", "PartialEq");
    let error = builder
        .generate()
        .expect_err("it is not generated")
        .to_string();
    assert!(error.contains("nothing in `only` needs 'old'"), "{error}");
}

#[test]
fn cargo_reruns_for_all_files() {
    let schemas = Schemas::new("{ 'event': 'A' }", "{ 'event': 'B' }");
    let bindings = schemas.builder().generate().expect("it is generated");
    assert_eq!(
        bindings.files(),
        [schemas.path("qemu-10.0"), schemas.path("qemu-7.2")]
    );
}
