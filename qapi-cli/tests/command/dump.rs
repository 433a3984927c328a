//! `qapi dump`.

use super::Fixture;

#[test]
fn a_dump_is_the_resolved_schema() {
    let fixture = Fixture::new(&[(
        "a.json",
        "{ 'event': 'STOP', 'data': { '*why': [ 'str' ] } }\n",
    )]);
    let ran = fixture.run(&["dump", "a.json"]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    let module = "
module a.json
object q_obj_STOP-arg
    member why: strList optional=True
event STOP q_obj_STOP-arg
    boxed=False
";
    assert!(ran.out.ends_with(module), "{}", ran.out);
}

#[test]
fn dump_reports_an_invalid_schema_like_check() {
    let fixture = Fixture::new(&[("bad.json", "{ 'enum': 'Ab' }\n")]);
    let bad = fixture.run(&["dump", "bad.json"]);
    let checked = fixture.run(&["check", "bad.json"]);
    assert_eq!((bad.status, bad.out.as_str()), (1, ""));
    assert_eq!(bad.err, checked.err);
    assert_eq!(fixture.run(&["dump", "gone.json"]).status, 2);
}

/// In older documentation, a section needs no blank line before it. Valid documentation is read like QEMU does.
#[test]
fn a_dump_has_the_sections_that_qemu_sees() {
    let dump = |member: &str| {
        let text = format!(
            "##\n# @c:\n#\n{member}# One\n# Since: 1.0\n##\n\
             {{ 'command': 'c', 'data': {{ 'm': 'str' }} }}\n"
        );
        let ran = Fixture::new(&[("c.json", &text)]).run(&["dump", "c.json"]);
        assert_eq!(ran.status, 0);
        ran.out
    };
    let current = dump("# @m: a\n#\n");
    assert!(current.contains("One\nSince: 1.0\n"), "{current}");
    // QEMU rejects a block with a member after a section.
    let older = dump("# Returns: b\n#\n# @m: a\n#\n");
    assert!(
        !older.contains("Since: 1.0") && older.contains("1.0\n"),
        "{older}"
    );
}
