//! The public API, and robustness against hostile input.

mod support;

use std::collections::HashMap;
use std::io::{self, Write as _};
use std::path::Path;

use qapi_parser::{Diagnostics, Entry, Error, Kind, Loader, Mode, Position, Schema, Severity};
use support::{findings, headings, load, look_at};

/// Loads files in memory, starting with the root.
fn load_files(files: &[(&str, &str)], mode: Mode) -> Result<Schema, Error> {
    let files: HashMap<_, _> = files
        .iter()
        .map(|&(path, text)| (Path::new(path), text))
        .chain([(Path::new("root.json"), files[0].1)])
        .collect();
    let read = |path: &Path| match files.get(path) {
        Some(text) => Ok(text.as_bytes().to_vec()),
        None => Err(io::ErrorKind::NotFound.into()),
    };
    Loader::new().mode(mode).read_with(read).load("root.json")
}

fn rejected(result: Result<Schema, Error>) -> Diagnostics {
    match result {
        Ok(_) => panic!("accepted"),
        Err(Error::Rejected(findings)) => findings,
        Err(error) => panic!("{error}"),
    }
}

/// The names of explicit definitions.
fn names(schema: &Schema) -> Vec<&str> {
    let definitions = schema.definitions();
    let explicit = definitions.filter(|(_, definition)| !definition.is_implicit);
    explicit
        .map(|(_, definition)| definition.name.as_str())
        .collect()
}

#[test]
fn a_schema_is_loaded_from_files() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("root.json");
    std::fs::create_dir(folder.path().join("sub")).unwrap();
    std::fs::write(&root, "{ 'include': 'sub/a.json' }\n{ 'command': 'c' }").unwrap();
    let a = "{ 'include': '../b.json' }\n{ 'command': 'a', 'returns': 'Bb' }";
    std::fs::write(folder.path().join("sub/a.json"), a).unwrap();
    std::fs::write(
        folder.path().join("b.json"),
        "{ 'struct': 'Bb', 'data': {} }",
    )
    .unwrap();
    let schema = Loader::new().mode(Mode::Strict).load(&root).unwrap();
    assert_eq!(names(&schema), ["Bb", "a", "c"]);
    assert!(schema.warnings().is_empty());
    let files: Vec<_> = schema
        .sources()
        .iter()
        .map(|s| s.path().to_owned())
        .collect();
    let expected = ["root.json", "sub/a.json", "sub/../b.json"];
    assert_eq!(files, expected.map(|path| folder.path().join(path)));
    let modules: Vec<_> = schema.modules().iter().map(|m| m.name.as_str()).collect();
    assert_eq!(modules, ["./builtin", "root.json", "sub/a.json", "b.json"]);
}

#[test]
fn a_root_that_cannot_be_read_is_named() {
    let error = Loader::new().load("no/such/schema.json").unwrap_err();
    assert!(matches!(error, Error::Unreadable { .. }));
    let text = error.to_string();
    assert!(text.starts_with("no/such/schema.json: error: can't read schema file: "));
    assert_eq!(format!("{error:?}"), text);
}

#[test]
fn a_schema_is_loaded_from_memory() {
    let files = [
        ("root.json", "{ 'include': 'sub/a.json' }"),
        (
            "sub/a.json",
            "{ 'include': 'b.json' }\n{ 'event': 'A', 'data': 'Bb' }",
        ),
        (
            "sub/b.json",
            "{ 'include': 'a.json' }\n{ 'struct': 'Bb', 'data': {} }",
        ),
    ];
    let findings = rejected(load_files(&files, Mode::Lenient));
    assert_eq!(
        headings(&findings),
        ["sub/b.json:1: inclusion loop for a.json"]
    );
    let mut files = files;
    files[2].1 = "{ 'struct': 'Bb', 'data': {} }";
    let schema = load_files(&files, Mode::Lenient).unwrap();
    assert_eq!(names(&schema), ["Bb", "A"]);
}

#[test]
fn check_and_load_have_the_same_findings() {
    let good = "##\n# @c:\n#\n# Once. Twice.\n##\n{ 'command': 'c', 'data': { 'x': [ 'int' ] } }";
    let bad = "{ 'command': 'c' }\n{ 'command': 'c', 'data': 'Gone' }";
    let other = "{ 'struct': 'Ab', 'data': {} }";
    for root in [good, bad] {
        let root = format!("{{ 'include': 'other.json' }}\n{root}");
        let read = |path: &Path| match path.to_str() {
            Some("root.json") => Ok(root.clone().into()),
            _ => Ok(other.into()),
        };
        let loader = Loader::new().read_with(read);
        match (loader.check("root.json"), loader.load("root.json")) {
            (Ok(checked), Ok(schema)) => {
                assert_eq!(checked.definitions, names(&schema).len());
                assert_eq!(headings(&checked.warnings), headings(schema.warnings()));
                assert_eq!(checked.warnings.sources().iter().len(), 2);
            }
            (Err(checked), Err(loaded)) => assert_eq!(checked.to_string(), loaded.to_string()),
            _ => panic!("checked otherwise than loaded"),
        }
    }
    assert!(matches!(
        Loader::new().check("no/such/schema.json"),
        Err(Error::Unreadable { .. })
    ));
}

#[test]
fn a_second_include_is_skipped() {
    let files = [
        (
            "root.json",
            "{ 'include': 'a.json' }\n{ 'include': './sub/../a.json' }",
        ),
        ("a.json", "{ 'command': 'a' }"),
    ];
    let schema = load_files(&files, Mode::Strict).unwrap();
    assert_eq!(names(&schema), ["a"]);
    assert_eq!(schema.sources().iter().len(), 2);
    let root = schema
        .modules()
        .iter()
        .find(|m| m.name == "root.json")
        .unwrap();
    let includes = root.entries.iter();
    assert_eq!(
        includes.filter(|e| matches!(e, Entry::Include(..))).count(),
        2
    );
}

#[test]
fn an_error_shows_the_chain_of_includes() {
    let files = [
        ("root.json", "\n{ 'include': 'a.json' }"),
        ("a.json", "\n\n{ 'include': 'b.json' }"),
        ("b.json", "{ 'struct': 'Bb', 'data': { 'x': 'Y' } }"),
    ];
    let text = rejected(load_files(&files, Mode::Strict)).to_string();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(
        lines[0],
        "b.json:1:34: error: member 'x' uses unknown type 'Y'"
    );
    let notes: Vec<_> = lines.iter().filter(|line| line.contains("note")).collect();
    assert_eq!(
        notes,
        [
            &"  = note: included from a.json:3",
            &"  = note: included from root.json:2"
        ]
    );
}

#[test]
fn ten_independent_errors_are_ten_reports() {
    let text = "\
{ 'struct': 'disk', 'data': {} }
{ 'enum': 'Tray', 'data': [ 'open', 'open' ] }
{ 'event': 'DISK', 'boxed': false }
{ 'command': 'eject' 'gen': false }
{ 'command': 'query-size', 'returns': 'int' }
{ 'struct': 'Size', 'data': { 'u': 'int' } }
{ 'alternate': 'Mode', 'data': { 'a': 'int', 'b': 'number' } }
{ 'command': 'load', 'if': 'no' }
{ 'union': 'Media', 'base': { 'kind': 'int' }, 'discriminator': 'kind', 'data': {} }
{ 'event': 'GONE', 'features': [ 'Old' ] }
";
    let findings = rejected(load(text, Mode::Strict));
    let mut lines: Vec<usize> = findings
        .iter()
        .map(|finding| finding.place(findings.sources()).line)
        .collect();
    lines.sort();
    assert_eq!(lines, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], "{findings}");
    let headings = findings.to_string();
    let headings = headings
        .lines()
        .filter(|line| line.starts_with("schema.json:"));
    assert_eq!(headings.count(), 10);
}

#[test]
fn an_unknown_type_is_reported_once() {
    let text = "\
{ 'struct': 'Aa', 'data': { 'x': 'Missing', 'y': [ 'Missing' ] } }
{ 'command': 'b', 'data': 'Missing', 'returns': 'Missing' }
{ 'event': 'C', 'data': { 'z': 'Missing', 'w': 'Other' } }
";
    let findings = rejected(load(text, Mode::Strict));
    let messages: Vec<_> = findings.iter().map(|f| f.message()).collect();
    assert_eq!(messages.len(), 2, "{findings}");
    assert!(messages[0].ends_with("uses unknown type 'Missing'"));
    assert!(messages[1].ends_with("uses unknown type 'Other'"));
    let first = findings.iter().next().unwrap();
    assert_eq!(first.secondary().len(), 3);
    for label in first.secondary().iter().chain([first.primary()]) {
        assert_eq!(findings.sources().text(label.span), "'Missing'");
    }
}

#[test]
fn spans_refer_to_the_text() {
    let text = "\
##
# @EJECTED:
#
# @disk: which
#
# Features:
#
# @fast: so
#
# Since: 1.2
##
{ 'event': 'EJECTED', 'data': { '*disk': { 'type': 'str', 'features': [ 'fast' ] } } }
";
    let schema = load(text, Mode::Strict).unwrap();
    let text = |span| schema.sources().text(span);
    let event = schema.get(schema.find("EJECTED").unwrap());
    assert_eq!(text(event.span.unwrap()), "'EJECTED'");
    let Kind::Event(data) = &event.kind else {
        panic!("an event")
    };
    let (_, disk) = schema.members(data.data.unwrap())[0];
    assert_eq!(text(disk.name.span), "disk");
    let position = schema.sources().position(disk.name.span);
    let expected = Position {
        line: 12,
        column: 35,
    };
    assert_eq!(position, expected);
    assert_eq!(text(disk.features[0].name.span), "fast");
    let doc = schema.doc(event.doc.unwrap());
    assert_eq!(text(doc.symbol.as_ref().unwrap().span), "EJECTED");
    let sections: Vec<_> = doc.sections.iter().map(|s| text(s.span)).collect();
    assert_eq!(
        sections[1..],
        ["# @disk: which", "# @fast: so", "# Since: 1.2"]
    );
}

#[test]
fn iterators_know_their_length() {
    let schema = load(
        "{ 'struct': 'Aa', 'data': { 'x': ['Aa'] } }\n{ 'command': 'b', 'data': { 'u_v': 'Aa' } }",
        Mode::Lenient,
    )
    .unwrap();
    assert_eq!(schema.definitions().len(), schema.definitions().count());
    assert!(
        schema
            .definitions()
            .all(|(id, d)| schema.find(&d.name) == Some(id))
    );
    assert_eq!(schema.sources().iter().len(), 1);
    assert_eq!(schema.warnings().iter().len(), 1);
    assert_eq!(schema.warnings().iter().len(), 1);
    let first = schema.warnings().iter().next().unwrap();
    assert_eq!(first.severity(), Severity::Warning);
    assert_eq!(schema.find("nothing"), None);
    assert!(schema.object(schema.find("str").unwrap()).is_none());
    assert!(schema.members(schema.find("str").unwrap()).is_empty());
}

#[test]
fn members_of_bases_are_first() {
    let text = "\
{ 'struct': 'Cc', 'base': 'Bb', 'data': { 'c': 'int' } }
{ 'struct': 'Bb', 'base': 'Aa', 'data': { 'b': 'int' } }
{ 'struct': 'Aa', 'data': { 'a': 'int' } }
";
    let schema = load(text, Mode::Strict).unwrap();
    let members = schema.members(schema.find("Cc").unwrap());
    let members: Vec<_> = members
        .iter()
        .map(|(owner, member)| (schema.get(*owner).name.as_str(), member.name.value.as_str()))
        .collect();
    assert_eq!(members, [("Aa", "a"), ("Bb", "b"), ("Cc", "c")]);
}

#[test]
fn a_struct_may_contain_itself_through_members() {
    let text = "\
{ 'struct': 'Tree', 'data': { 'left': 'Tree', '*right': 'Tree', 'all': ['Tree'] } }
{ 'alternate': 'Either', 'data': { 'tree': 'Tree', 'more': ['Either'] } }
";
    look_at(Ok(load(text, Mode::Strict).unwrap()));
}

// Hostile input.

#[test]
fn text_that_is_not_utf8_is_an_error_with_a_place() {
    let bytes = b"{ 'command': 'a' }\n{ 'command': 'b\xff' }\n".to_vec();
    let result = Loader::new()
        .read_with(|_| Ok(bytes.clone()))
        .load("schema.json");
    let findings = rejected(result);
    assert_eq!(
        headings(&findings),
        ["schema.json:2:16: byte 0xff is not valid UTF-8"]
    );
    look_at(Err(Error::Rejected(findings)));
}

#[test]
fn line_ends_do_not_matter() {
    let text = "##\n# @Aa:\n#\n# Text.\n##\n{ 'struct': 'Aa',\n  'data': {} }\n";
    let expected = load(text, Mode::Strict).unwrap();
    for end in ["\r\n", "\r"] {
        let schema = load(&text.replace('\n', end), Mode::Strict).unwrap();
        assert_eq!(names(&schema), names(&expected));
        assert_eq!(schema.docs()[0].sections[1].text, "Text.");
    }
    let schema = load(text.trim_end(), Mode::Strict).unwrap();
    assert_eq!(names(&schema), ["Aa"]);
    let findings = rejected(load("\r\n{ 'command': 7 }\r\n", Mode::Strict));
    assert_eq!(headings(&findings), ["schema.json:2:14: unexpected '7'"]);
}

#[test]
fn schemas_may_be_nearly_empty() {
    for text in [
        "",
        "\n",
        " ",
        "#",
        "# no more than this",
        "##\n##",
        "##\n# Text.\n##",
    ] {
        for mode in [Mode::Strict, Mode::Lenient] {
            let schema = load(text, mode).unwrap_or_else(|error| panic!("{text:?}: {error}"));
            assert!(names(&schema).is_empty());
        }
    }
}

#[test]
fn a_byte_order_mark_is_an_error_with_a_place() {
    for mode in [Mode::Strict, Mode::Lenient] {
        let findings = findings(load("\u{feff}{ 'command': 'a' }", mode));
        assert_eq!(
            headings(&findings),
            ["schema.json:1:1: unexpected byte-order mark"]
        );
    }
}

/// The errors of a file that includes `path` in the same directory.
#[cfg(unix)]
fn include(folder: &Path, path: &str) -> Vec<String> {
    let root = folder.join("root.json");
    std::fs::write(&root, format!("{{ 'include': '{path}' }}")).unwrap();
    let findings = rejected(Loader::new().load(root));
    let messages = findings.iter().map(|f| f.message().to_owned());
    messages.collect()
}

#[cfg(unix)]
#[test]
fn only_regular_files_are_included() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    std::fs::create_dir(folder.join("sub")).unwrap();
    for path in ["sub", ".", "/dev/zero", "/dev/stdin/x", "nothing.json"] {
        let messages = include(folder, path);
        assert_eq!(messages.len(), 1, "{path}");
        assert!(messages[0].starts_with("can't read include file"), "{path}");
    }
}

#[cfg(unix)]
#[test]
fn a_pipe_is_not_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("pipe");
    match std::process::Command::new("mkfifo").arg(&pipe).status() {
        Ok(status) if status.success() => {}
        _ => {
            let _ = writeln!(io::stderr(), "SKIPPED: no mkfifo here");
            return;
        }
    }
    let messages = include(folder.path(), "pipe");
    assert_eq!(messages.len(), 1);
    assert!(messages[0].ends_with("not a regular file"), "{messages:?}");
    let error = Loader::new().load(&pipe).unwrap_err();
    assert!(matches!(error, Error::Unreadable { .. }), "{error}");
}

#[cfg(unix)]
#[test]
fn include_loops_through_links_are_found() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    std::os::unix::fs::symlink("root.json", folder.join("link.json")).unwrap();
    // The link has a different path, so it is a different file, which includes itself.
    assert_eq!(
        include(folder, "link.json"),
        ["inclusion loop for link.json"]
    );
    std::os::unix::fs::symlink(".", folder.join("here")).unwrap();
    // The path is different each time.
    let messages = include(folder, "here/root.json");
    assert_eq!(messages.len(), 1, "{messages:?}");
}

#[test]
fn includes_nest_to_a_limit() {
    let chain = |length: usize| {
        let read = move |path: &Path| {
            let number: usize = path.to_str().unwrap().parse().unwrap();
            let text = match number < length {
                true => format!("{{ 'include': '{}' }}", number + 1),
                false => "{ 'command': 'end' }".to_owned(),
            };
            Ok(text.into_bytes())
        };
        Loader::new().read_with(read).load("0")
    };
    assert_eq!(names(&chain(100).unwrap()), ["end"]);
    let findings = rejected(chain(101));
    assert_eq!(
        headings(&findings),
        ["100:1: includes are nested deeper than 100 levels"]
    );
    let findings = rejected(chain(1_000_000));
    assert_eq!(findings.iter().len(), 1);
    look_at(Err(Error::Rejected(findings)));
}

/// With links from a directory to itself, a file has infinitely many names, and can include two others under each.
#[test]
fn a_schema_has_a_limit_of_files() {
    let text = "{ 'include': 'a/x.json' }\n{ 'include': 'b/x.json' }";
    let read = |_: &Path| Ok(text.into());
    let findings = rejected(Loader::new().read_with(read).load("x.json"));
    assert_eq!(findings.sources().iter().len(), 10_000);
    let report = findings.to_string();
    assert!(report.len() < 50_000_000, "{}", report.len());
}

#[test]
fn values_nest_to_a_limit() {
    for (open, close) in [
        ("[", "]"),
        ("{ 'a': ", "}"),
        ("{ 'not': ", "}"),
        ("{ 'all': [ ", "] }"),
    ] {
        let nested = |depth: usize| {
            format!(
                "{{ 'command': 'c', 'if': {}'A'{} }}",
                open.repeat(depth),
                close.repeat(depth)
            )
        };
        // Deep enough for any use, without a stack overflow.
        let depth = 40;
        let result = load(&nested(depth), Mode::Strict);
        match open.contains("'a'") || open == "[" {
            true => drop(rejected(result)),
            false => drop(look_at(Ok(result.unwrap()))),
        }
        for mode in [Mode::Strict, Mode::Lenient] {
            let findings = rejected(load(&nested(100_000), mode));
            let first = findings.iter().next().unwrap();
            assert_eq!(first.message(), "nested deeper than 100 levels");
            look_at(Err(Error::Rejected(findings)));
        }
    }
}

#[test]
fn c_conditions_nest_to_a_limit() {
    for (open, close) in [("(", ")"), ("!", ""), ("!(", ")")] {
        let nested = |depth: usize| {
            let (open, close) = (open.repeat(depth), close.repeat(depth));
            format!("{{ 'command': 'c', 'if': '{open}defined(A){close}' }}")
        };
        look_at(Ok(load(&nested(40), Mode::Lenient).unwrap()));
        look_at(Err(Error::Rejected(rejected(load(
            &nested(100_000),
            Mode::Lenient,
        )))));
    }
    let chain = format!(
        "{{ 'command': 'c', 'if': 'A{}' }}",
        " && A || B".repeat(10_000)
    );
    look_at(Ok(load(&chain, Mode::Lenient).unwrap()));
}

#[test]
fn a_schema_has_at_most_64_features() {
    let schema = |count: usize| {
        let features: Vec<_> = (0..count).map(|n| format!("'f{n}'")).collect();
        let features = features.join(", ");
        format!("{{ 'command': 'c', 'features': [ {features} ] }}")
    };
    // The two features that QEMU knows count as well.
    load(&schema(62), Mode::Strict).unwrap();
    let findings = rejected(load(&schema(63), Mode::Strict));
    assert_eq!(
        headings(&findings),
        ["schema.json:1: Maximum of 64 schema features is permitted"]
    );
    load(&schema(63), Mode::Lenient).unwrap();
}

#[test]
fn the_number_of_kept_findings_is_limited() {
    let text = "{ 'command': 1 }\n".repeat(120_000);
    let findings = rejected(load(&text, Mode::Strict));
    assert_eq!(findings.iter().len(), 100_000);
    assert_eq!(findings.error_count(), 120_000);
    let report = findings.to_string();
    assert_eq!(report.matches(": error: ").count(), 10);
    assert!(
        report.contains("\n119990 more errors:\n  119990  unexpected '…'\n"),
        "{report}"
    );
}

#[test]
fn bases_nest_to_a_limit() {
    let chain = |length: usize| {
        let link = |n| {
            format!(
                "{{ 'struct': 'S{n}x', 'base': 'S{}x', 'data': {{}} }}\n",
                n + 1
            )
        };
        let links: String = (0..length).map(link).collect();
        links + &format!("{{ 'struct': 'S{length}x', 'data': {{}} }}\n")
    };
    load(&chain(50), Mode::Strict).unwrap();
    for mode in [Mode::Strict, Mode::Lenient] {
        let result = load(&chain(20_000), mode);
        look_at(Err(Error::Rejected(rejected(result))));
    }
}

#[test]
fn branches_nest_to_a_limit() {
    // Each union contains the next one twice, so there are exponentially many paths.
    let mut text = "{ 'enum': 'E', 'data': [ 'a', 'b' ] }\n".replace("'E'", "'Tag'");
    let count = 60;
    for n in 0..count {
        let next = n + 1;
        text += &format!(
            "{{ 'union': 'U{n}x', 'base': {{ 't{n}': 'Tag' }}, 'discriminator': 't{n}',\n  \
             'data': {{ 'a': 'U{next}x', 'b': 'U{next}x' }} }}\n"
        );
    }
    text += &format!("{{ 'struct': 'U{count}x', 'data': {{ 'x': 'int' }} }}\n");
    for mode in [Mode::Strict, Mode::Lenient] {
        look_at(load(&text, mode));
    }
}

#[test]
fn a_schema_on_one_line_has_a_short_report() {
    let definition = "{ 'struct': 'lower', 'data': { 'X': 'Y' } } ";
    let text = definition.repeat(20_000);
    let report = rejected(load(&text, Mode::Strict)).to_string();
    assert!(report.len() < 20_000_000, "{}", report.len());
}
