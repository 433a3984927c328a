//! Tables of inputs and outputs for each kind of markup.

use super::markdown::{titled, to_markdown};

/// A small schema: a lamp with a few members, a command and an event.
fn resolve(name: &str) -> Option<String> {
    let path = match name {
        "Lamp" => "Lamp",
        "dim" => "commands::Dim",
        "LAMP_LIT" => "events::LampLit",
        "level" => "Self::level",
        "type" => "Self::r#type",
        _ => return None,
    };
    Some(path.to_owned())
}

fn convert(text: &str) -> String {
    to_markdown(text, &resolve)
}

/// Checks a table of inputs and outputs, and shows all differences.
#[track_caller]
fn check(table: &[(&str, &str)]) {
    let wrong = table
        .iter()
        .filter(|(text, wanted)| convert(text) != *wanted);
    let report: String = wrong
        .map(|(text, wanted)| {
            let found = convert(text);
            format!("\n--- {text:?}\nwanted {wanted:?}\nfound  {found:?}\n{found}\n")
        })
        .collect();
    assert!(report.is_empty(), "{report}");
}

#[test]
fn empty_text_has_no_documentation() {
    check(&[("", ""), ("\n \n\t\n", ""), ("#optional", ""), ("..\n", "")]);
}

#[test]
fn lines_lose_their_common_indentation() {
    check(&[
        ("one\ntwo", "one\ntwo"),
        ("\n  one\n  two\n\n", "one\ntwo"),
        ("first\n    second\n    third", "first\nsecond\nthird"),
        ("first\n    second\n\n    third", "first\nsecond\n\nthird"),
        ("first,\n\tsecond  \nthird", "first,\nsecond\nthird"),
        ("two.  Blanks      gone", "two.  Blanks gone"),
        ("a\u{202e}b\u{0}c", "abc"),
    ]);
}

#[test]
fn optional_markers_vanish() {
    check(&[
        ("#optional how bright", "how bright"),
        ("#optional, how bright\n   it is", "how bright\nit is"),
        ("#optional\n   how bright", "how bright"),
        (
            "how bright (default 3). #optional",
            "how bright (default 3).",
        ),
        ("#optionally", "#optionally"),
    ]);
}

#[test]
fn announcements_of_members_are_removed() {
    check(&[
        ("Dims it, as these say:", "Dims it, as these say."),
        ("Dims it.\n\nArguments:", "Dims it."),
        ("Arguments:", ""),
        ("It is one of:", ""),
        ("Dims it.  It can be:", "Dims it."),
        ("Dims it all.\nAnd then it\nis one of:", "Dims it all."),
        ("Arguments:\n\nNone.", "Arguments:\n\nNone."),
        ("These:\n\n- one", "These:\n\n- one"),
        ("@level : how bright", "[`level`](Self::level): how bright"),
        ("@dark: #optional if dark", "`dark`: if dark"),
        ("What is #optional is", "What is #optional is"),
    ]);
}

#[test]
fn todo_notes_are_omitted() {
    check(&[
        (
            "Dims it.\n\nTODO Brighten\nit.\n\nDone.",
            "Dims it.\n\nDone.",
        ),
        ("TODOs are shown.", "TODOs are shown."),
    ]);
}

#[test]
fn a_version_alone_is_a_sentence() {
    check(&[
        ("Dims it.\n\nSince 1.5", "Dims it.\n\nSince QEMU 1.5."),
        ("since: 2.10.1.", "Since QEMU 2.10.1."),
        (
            "Dims it.\n\nSince 1.5\n\n- lamp since 1.6",
            "Dims it.\n\nSince QEMU 1.5; lamp since 1.6.",
        ),
        ("(Since 1.5)", "Since QEMU 1.5."),
        ("Since dawn", "Since dawn"),
        (
            "a dim lamp\n     Since: 2.11",
            "a dim lamp\n\nSince QEMU 2.11.",
        ),
        ("a dim lamp\n(since 2.11)", "a dim lamp\n(since 2.11)"),
        ("It is dim\nsince 2.11.", "It is dim\nsince 2.11."),
        ("Since 5 it is lit", "Since 5 it is lit"),
    ]);
}

#[test]
fn a_history_is_a_list() {
    check(&[
        (
            "Kinds, as of 0.14.0:\n  'dim', 'lit'\n  2.2: 'off' added\n  2.10.1: 'lit' dropped\nMore.",
            "Kinds, as of 0.14.0:\n'dim', 'lit'\n\n- 2.2: 'off' added\n- 2.10.1: 'lit' dropped\n\nMore.",
        ),
        (
            "dim since 1.6\nlit since 1.7.",
            "- dim since 1.6\n- lit since 1.7.",
        ),
        // A wrapped sentence.
        (
            "The lamp is there in\n2.2: it was dark before.",
            "The lamp is there in\n2.2: it was dark before.",
        ),
        ("'dim' and 'lit' since 2.0", "'dim' and 'lit' since 2.0"),
    ]);
}

#[test]
fn sections_have_titles_and_outcomes_are_a_list() {
    let table = [
        ("@Lamp", "Returns: [`Lamp`]"),
        ("- one\n- two", "Returns:\n\n- one\n- two"),
        (" ", ""),
        (
            "Nothing on success\nIf @level is too\n   high, TooHigh\nIf it is dark, Dark",
            "Returns:\n\n- Nothing on success\n- If [`level`](Self::level) is too\n  high, TooHigh\n\
             - If it is dark, Dark",
        ),
        (
            "nothing on success If it is dark,\nDark",
            "Returns:\n\n- nothing on success\n- If it is dark,\n  Dark",
        ),
        (
            "It is lit.\nIf not, it is dark.",
            "Returns: It is lit.\nIf not, it is dark.",
        ),
    ];
    for (text, wanted) in table {
        assert_eq!(titled("Returns", text, &resolve), wanted);
    }
    check(&[("Nothing\nIf so", "Nothing\nIf so")]);
}

#[test]
fn references_to_items_are_links() {
    check(&[
        (
            "see @Lamp, @level.",
            "see [`Lamp`], [`level`](Self::level).",
        ),
        (
            "@dim or @LAMP_LIT",
            "[`dim`](commands::Dim) or [`LAMP_LIT`](events::LampLit)",
        ),
        ("@dark-mode's, @x_y- @a.b.", "`dark-mode`'s, `x_y`- `a.b`."),
        ("@type", "[`type`](Self::type)"),
        ("@Lamp.level", "[`Lamp`].level"),
        ("me@example.org, @ home, @", "me@example.org, @ home, @"),
        ("``@Lamp``", "`@Lamp`"),
        ("*@level*", "*[`level`](Self::level)*"),
        ("`Lamp` and `lump`", "[`Lamp`] and `lump`"),
    ]);
}

#[test]
fn lines_that_links_make_long_are_broken_where_a_word_starts() {
    check(&[
        (
            "- @LAMP_LIT tells of each lamp that was lit by @dim and by nothing else - @level is then its level",
            "- [`LAMP_LIT`](events::LampLit) tells of each lamp that was lit by [`dim`](commands::Dim)\n  \
             and by nothing else - [`level`](Self::level) is then its level",
        ),
        (
            ".. note:: @level @level @level @level @level",
            "> **Note:** [`level`](Self::level) [`level`](Self::level) [`level`](Self::level)\n\
             > [`level`](Self::level) [`level`](Self::level)",
        ),
        // The excess goes to the next line.
        (
            "the level of a lamp is @level or @level and\n@level where there\nis no @level",
            "the level of a lamp is [`level`](Self::level) or [`level`](Self::level) and\n\
             [`level`](Self::level) where there\nis no [`level`](Self::level)",
        ),
        (
            "see @level or @level or @level or @level and\nonly where there\nis none",
            "see [`level`](Self::level) or [`level`](Self::level) or [`level`](Self::level) or\n\
             [`level`](Self::level) and only where there\nis none",
        ),
        // A dash or a number would start a list.
        (
            "@level @level @level @level 1 2 3 4 5 6 - 1 2 3 4 5 6 7 8 9 10",
            "[`level`](Self::level) [`level`](Self::level) [`level`](Self::level)\n\
             [`level`](Self::level) 1 2 3 4 5 6 - 1 2 3 4 5 6 7 8 9 10",
        ),
    ]);
}

#[test]
fn text_after_a_reference_does_not_change_it() {
    check(&[
        ("@Lamp(s)", "[`Lamp`]\\(s)"),
        ("@Lamp[0]", "[`Lamp`]&#91;0]"),
        ("@Lamp: it", "[`Lamp`]\\: it"),
        ("the @Lamp: it", "the [`Lamp`]: it"),
        ("@level(s)", "[`level`](Self::level)(s)"),
        ("so!@Lamp", "so\\![`Lamp`]"),
        ("@none``x``", "`none` `x`"),
    ]);
}

#[test]
fn literals_become_code() {
    check(&[
        ("``a b``", "`a b`"),
        ("``a`b``", "``a`b``"),
        ("```a```", "`` `a` ``"),
        ("``a\nb``", "`a b`"),
        ("``open", "\\`\\`open"),
        ("`on' or `off'", "`on` or `off`"),
        ("`don't panic`", "`don't panic`"),
        ("a ` b", "a \\` b"),
    ]);
}

#[test]
fn the_content_of_roles_is_kept() {
    check(&[
        (":ref:`lamp-label`", "`lamp-label`"),
        (":doc:`The Lamp Book </books/lamp>`", "The Lamp Book"),
        (":qapi:type:`Lamp`", "[`Lamp`]"),
        (":qapi:cmd:`dim it <dim>`", "[dim it](commands::Dim)"),
        (":qapi:cmd:`~other`", "`other`"),
        ("at 10:30:`x`", "at 10:30:`x`"),
    ]);
}

#[test]
fn addresses_are_links() {
    check(&[
        (
            "`Lamps <https://a.example/l>`_",
            "[Lamps](https://a.example/l)",
        ),
        (
            "`Lamps <https://a.example/(l)>`__",
            "[Lamps](<https://a.example/(l)>)",
        ),
        ("`Lamps <lamps>`_ `there`_", "Lamps there"),
        ("see https://a.example/l_m.", "see <https://a.example/l_m>."),
        ("(http://a.example)", "(<http://a.example>)"),
        ("<http://a.example/>", "<http://a.example/>"),
        ("http://", "http://"),
    ]);
}

#[test]
fn emphasis_is_kept_where_it_was_meant() {
    check(&[
        ("*a b* and **c**.", "*a b* and **c**."),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("SEEK_* and a*b", "SEEK_* and a*b"),
        ("*.img and *.iso", "\\*.img and *.iso"),
        ("\\*-lamp\\*", "\\*-lamp\\*"),
        ("'*' and '*'", "'\\*' and '*'"),
        ("node_name, _a_b_, _x", "node_name, \\_a_b_, _x"),
        ("~~a~~ ~b", "\\~\\~a\\~\\~ ~b"),
    ]);
}

#[test]
fn plain_text_stays_plain() {
    check(&[
        ("[0, 10] and [10, inf)", "\\[0, 10] and [10, inf)"),
        ("list<str>, a<b, <-", "list\\<str>, a<b, <-"),
        ("<lamp", "\\<lamp"),
        ("&amp; & co", "\\&amp; & co"),
        ("C:\\lamp \\", "C:\\lamp \\\\"),
        (
            "run with --dim-all -- slowly",
            "run with `--dim-all` -- slowly",
        ),
        ("a | b\n--|--", "a | b\n\\--|--"),
    ]);
}

#[test]
fn lines_do_not_become_blocks() {
    check(&[
        ("lamp\n# 1", "lamp\n\\# 1"),
        ("lamp #1\n#2", "lamp #1\n#2"),
        ("as of\n1. May", "as of\n1\\. May"),
        ("as of\n2014. May", "as of\n2014. May"),
        ("2014. May\nand", "2014\\. May\nand"),
        ("lamp\n> 3", "lamp\n\\> 3"),
        ("lamp\n- 3\nwatts", "lamp\n\\- 3\nwatts"),
        ("lamp\nlamp\n---", "lamp\nlamp\n\\---"),
        ("lamp\nlamp\n===", "lamp\nlamp\n\\==="),
        ("~~~\nlamp", "\\~~~\nlamp"),
    ]);
}

#[test]
fn bullets_become_lists() {
    check(&[
        ("* a\n  b\n* c", "- a\n  b\n- c"),
        ("+ a\n\n+ b", "- a\n\n- b"),
        ("-  a\n   b\n-  c", "- a\n  b\n- c"),
        ("- a\n\n  b\n- c", "- a\n\n  b\n\n- c"),
        ("- a\n  - b\n    c\n- d", "- a\n  - b\n    c\n- d"),
        ("- a\nb", "- a\n\nb"),
        ("- a\n   b", "- a\n  b"),
        ("- a\n     - b", "- a\n- b"),
    ]);
}

#[test]
fn numbers_become_lists() {
    check(&[
        ("1. a\n2. b", "1. a\n2. b"),
        ("1) a\n\n2) b", "1. a\n\n2. b"),
        ("(1) a\n    b\n(2) c", "1. a\n   b\n2. c"),
        ("#. a\n#. b", "1. a\n2. b"),
        ("1. a\n2. b\n\n1. c", "1. a\n2. b\n\n1) c"),
        ("- 2. a\n- b\n\n  2. c", "- 2. a\n- b\n\n  2. c"),
    ]);
}

#[test]
fn lists_may_be_glued_to_their_paragraph() {
    check(&[
        ("lamps:\n- a\n- b", "lamps:\n\n- a\n- b"),
        ("lamps:\n  1. a\n  2. b\n", "lamps:\n\n1. a\n2. b"),
        ("lamps\n- a\n- b", "lamps\n\n- a\n- b"),
        ("lamps\n* a", "lamps\n\\* a"),
        ("lamps. See\n1. Then", "lamps. See\n1\\. Then"),
    ]);
}

#[test]
fn terms_and_fields_become_bullets() {
    check(&[
        (
            "x\n\nlamp\n  It shines.\n\nmoon\n  It too.",
            "x\n\n- **lamp:** It shines.\n\n- **moon:** It too.",
        ),
        (
            ":color: red\n:size: big\n  indeed",
            "- **color:** red\n- **size:** big\n  indeed",
        ),
        (
            "@level   how bright\n@dark    how not\n         so",
            "- **[`level`](Self::level):** how bright\n- **`dark`:** how not\n  so",
        ),
        (
            "@a is\n@b was\n@c comes",
            "- **`a`:** is\n- **`b`:** was\n- **`c`:** comes",
        ),
        ("@a is like\n@b was", "`a` is like\n`b` was"),
        (
            "x\n\nThis is about lamps, mostly:\n   hanging",
            "x\n\nThis is about lamps, mostly:\nhanging",
        ),
    ]);
}

#[test]
fn notes_become_quotes() {
    check(&[
        (".. note:: Hot.\n   Very.", "> **Note:** Hot.\n> Very."),
        (
            ".. warning::\n\n   Hot.\n\n   - a\n   - b\n\ncool",
            "> **Warning:** Hot.\n>\n> - a\n> - b\n\ncool",
        ),
        (
            ".. admonition:: On Lamps\n\n   1. a",
            "> **On Lamps:**\n>\n> 1. a",
        ),
        (
            ".. deprecated:: 9.1\n   Use @dim.",
            "> **Deprecated since 9.1:** Use [`dim`](commands::Dim).",
        ),
        (
            "Note: hot\n      very\n\n      still",
            "> **Note:** hot\n> very\n>\n> still",
        ),
        ("Note: hot\nvery\n\ncool", "> **Note:** hot\n> very\n\ncool"),
        (
            "Notes:\n\n1. a\n2. b\n\ncool",
            "> **Notes:**\n>\n> 1. a\n> 2. b\n\ncool",
        ),
        ("lamp\nIMPORTANT: hot", "lamp\n\n> **Important:** hot"),
        ("Note:", "> **Note:**"),
        ("Notebook: thin", "Notebook: thin"),
    ]);
}

#[test]
fn examples_become_json() {
    check(&[
        (
            ".. qmp-example::\n\n    -> { \"dim\": 1 }\n    <- { }",
            "Example:\n\n```json\n-> { \"dim\": 1 }\n<- { }\n```",
        ),
        (
            ".. qmp-example::\n   :title: Dim it\n\n   -> { }",
            "**Example: Dim it**\n\n```json\n-> { }\n```",
        ),
        (
            ".. qmp-example::\n   :annotated:\n\n   Dim it::\n\n     ... { }\n\n   Done.",
            "Example:\n\nDim it:\n\n```json\n... { }\n```\n\nDone.",
        ),
    ]);
}

#[test]
fn transcripts_become_json() {
    check(&[
        (
            "Example:\n\n-> { \"dim\":\n     1 }\n<- { }\n\n-> { }",
            "Example:\n\n```json\n-> { \"dim\":\n     1 }\n<- { }\n\n-> { }\n```",
        ),
        (
            "Example:\n  {\"dim\": 1}\n   \"more\": 2 }",
            "Example:\n\n```json\n{\"dim\": 1}\n \"more\": 2 }\n```",
        ),
        (
            "1. Dim\n\n<- { \"a\": [\n1 ]\n}\n\n2. Light\n\n{ \"b\": 1 }\nDone.",
            "1. Dim\n\n```json\n<- { \"a\": [\n1 ]\n}\n```\n\n2. Light\n\n```json\n{ \"b\": 1 }\n```\n\nDone.",
        ),
        ("| -> ask\n| <- tell", "```json\n-> ask\n<- tell\n```"),
        ("x -> y\nof {a, b}", "x -> y\nof {a, b}"),
    ]);
}

#[test]
fn literal_blocks_are_fenced() {
    check(&[
        (
            "Run::\n\n   dim\n     all\n\nok",
            "Run:\n\n```text\ndim\n  all\n```\n\nok",
        ),
        ("Run ::\n\n   dim", "Run\n\n```text\ndim\n```"),
        ("::\n\n   { \"a\": 1 }", "```json\n{ \"a\": 1 }\n```"),
        ("Run::\n   ```", "Run:\n\n````text\n```\n````"),
        ("Run the lamp::", "Run the lamp."),
        (
            ".. code-block:: rust\n\n   fn main() {}",
            "```text\nfn main() {}\n```",
        ),
        (".. code-block:: json\n\n   1", "```json\n1\n```"),
        ("- a::\n\n    b", "- a:\n\n  ```text\n  b\n  ```"),
    ]);
}

#[test]
fn indented_prose_is_a_quote_and_never_code() {
    check(&[
        (
            "As\n\n    lamp = light\n\nsays.",
            "As\n\n> lamp = light\n\nsays.",
        ),
        ("As\n\n      - lamp\n\nsays.", "As\n\n- lamp\n\nsays."),
        ("a\n\n    b\nc", "a\n\nb\n\nc"),
    ]);
}

#[test]
fn tables_and_drawings_stay_as_drawn() {
    check(&[
        (
            ".. table:: Lamps\n   :widths: auto\n\n   ==== ====\n   a    b\n   ==== ====",
            "**Lamps**\n\n```text\n==== ====\na    b\n==== ====\n```",
        ),
        ("+--+\n|a |\n+--+", "```text\n+--+\n|a |\n+--+\n```"),
        (
            "a:\n\n2|      *\n1| *    *\n +-------",
            "a:\n\n```text\n2|      *\n1| *    *\n +-------\n```",
        ),
        ("| a\n| *b*", "a\\\n*b*"),
    ]);
}

#[test]
fn titles_become_headings() {
    check(&[
        ("= Lamps\n\n== Small ones", "# Lamps\n\n## Small ones"),
        (
            "****\nLamp\n****\n\nBulb\n====\n\nGlow\n----",
            "# Lamp\n\n## Bulb\n\n### Glow",
        ),
        ("= C#\n= C #", "# C#\n\n# C \\#"),
        ("a\n\n-----\n\nb", "a\n\n---\n\nb"),
    ]);
}

#[test]
fn targets_and_comments_are_omitted() {
    check(&[
        (".. _lamp:\n\nLamp", "Lamp"),
        (".. hidden\n   text\n\nLamp", "Lamp"),
        (".. lamp:: one\n\n   two", "one\n\ntwo"),
        (".. [1] A lamp.", "\\[1] A lamp."),
        ("... and so on", "... and so on"),
    ]);
}

/// Pieces that are markup in one of the two languages.
const PIECES: [&str; 48] = [
    "lamp",
    " ",
    "  ",
    "    ",
    "\n",
    "\n\n",
    "\n    ",
    "@Lamp",
    "@level",
    "`",
    "``",
    "*",
    "**",
    "_",
    "~~",
    "[",
    "]",
    "(",
    ")",
    "<",
    "</b>",
    "<!--",
    ">",
    "&lt;",
    "#",
    "- ",
    "1. ",
    "(2) ",
    "::",
    "\n::\n\n    ",
    ".. note:: ",
    "\n.. code-block:: rust\n\n    ",
    "Note: ",
    "-> { \"a\": [",
    "}",
    "http://a.example/",
    "`a <http://b.example>`_",
    ":ref:`c`",
    "\\",
    "| ",
    "\n====\n",
    "\n---\n",
    "+--+\n",
    "--dim",
    "![",
    "[^1]: ",
    "\t",
    "é",
];

/// For any input, every fence has a language that rustdoc does not compile, and nothing outside a fence
/// is indented like code.
#[test]
fn no_input_causes_a_doctest() {
    let mut state = 1u32;
    for _ in 0..3000 {
        let mut text = String::new();
        for _ in 0..24 {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            text.push_str(PIECES[(state >> 16) as usize % PIECES.len()]);
        }
        assert_harmless(&convert(&text), &text);
    }
}

#[track_caller]
fn assert_harmless(markdown: &str, text: &str) {
    let mut fence = None;
    for line in markdown.split('\n') {
        assert_eq!(line, line.trim_end(), "{text:?}\n{markdown}");
        let content = line.trim_start_matches(['>', '-', ' ', '1', '2', '.', ')']);
        let marks = &content[..content.len() - content.trim_start_matches('`').len()];
        match fence {
            None if marks.len() >= 3 && !content[marks.len()..].contains('`') => {
                let language = &content[marks.len()..];
                assert!(["json", "text"].contains(&language), "{text:?}\n{markdown}");
                fence = Some(marks);
            }
            Some(open) if content == open => fence = None,
            _ => {}
        }
    }
    assert_eq!(fence, None, "{text:?}\n{markdown}");
}

/// Some of these would take minutes with quadratic lookahead.
#[test]
fn long_inputs_are_fast() {
    for piece in PIECES {
        for before in ["", "a ", "`", "- "] {
            let text = format!("{before}{piece}").repeat(1_500);
            assert!(convert(&text).len() < text.len() * 4 + 100);
        }
    }
}

#[test]
fn prose_is_recognized_only_if_blocks_would_say_the_same() {
    let parts = [
        "The name",
        "of it.  Then",
        "(default: 4)",
        "e.g. x-y/z",
        "Note: that",
        "Since 1.5",
        "since: 2.0",
        "it since 1.6",
        "TODO later",
        "TODO",
        "2. two",
        "it's \"x\"",
        "see: below",
        "ends:",
        "x - y",
        "-> x",
        "wide   gap",
        "a",
        "http://x",
        "A::",
        "a [b] c",
        "#optional x",
        "x_y",
        "é",
        "Term",
        "",
    ];
    let joints = [" ", "\n", "\n  ", "\n\n"];
    let mut recognized = 0;
    let mut check = |text: &str| {
        if let Some(paragraph) = super::prose::paragraph(text) {
            assert_eq!(paragraph, super::titled("", text, &|_| None), "{text:?}");
            recognized += 1;
        }
    };
    for first in parts {
        for second in parts {
            for joint in joints {
                check(&format!("{first}{joint}{second}"));
                for third in parts {
                    check(&format!("  {first}{joint}{second}\n  {third}"));
                }
            }
        }
    }
    assert!(recognized > 1000, "{recognized}");
}
