//! Schemas with random mistakes: nothing panics or hangs, and every finding has a valid place.

mod support;

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// The maximum length of a mutated text. Longer ones are cut.
const MAX_TEXT: usize = 1500;

/// Valid and invalid tokens.
const TOKENS: [&str; 60] = [
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "'",
    "\\",
    "\\\\",
    "#",
    "##",
    "\n",
    "\n##\n",
    "# ",
    "\r",
    "\r\n",
    "\t",
    " ",
    "",
    "*",
    "'*'",
    "true",
    "false",
    "null",
    "1",
    "\"",
    "'if'",
    "'all'",
    "'any'",
    "'not'",
    "'CONFIG_X'",
    "'defined(X) || Y'",
    "'data'",
    "'base'",
    "'type'",
    "'name'",
    "'features'",
    "'discriminator'",
    "'union'",
    "'struct'",
    "'enum'",
    "'alternate'",
    "'command'",
    "'event'",
    "'include'",
    "'pragma'",
    "'schema.json'",
    "'boxed'",
    "'returns'",
    "'str'",
    "['int']",
    "{}",
    "@",
    ": ",
    "# @name:\n",
    "# Returns:\n",
    "# Features:\n",
    "# Note: x\n",
    "é",
    "\u{feff}",
];

/// A random mistake.
#[derive(Clone, Debug)]
enum Slip {
    Delete(Index, usize),
    Insert(Index, &'static str),
    Repeat(Index, usize),
    Move(Index, usize, Index),
    Byte(Index, u8),
    Cut(Index),
    Graft(Index, usize, Index, Index),
}

fn slip() -> impl Strategy<Value = Slip> {
    let at = any::<Index>;
    prop_oneof![
        (at(), 1..40usize).prop_map(|(at, length)| Slip::Delete(at, length)),
        (at(), select(&TOKENS[..])).prop_map(|(at, token)| Slip::Insert(at, token)),
        (at(), 1..200usize).prop_map(|(at, length)| Slip::Repeat(at, length)),
        (at(), 1..100usize, at()).prop_map(|(at, length, to)| Slip::Move(at, length, to)),
        (at(), any::<u8>()).prop_map(|(at, byte)| Slip::Byte(at, byte)),
        at().prop_map(Slip::Cut),
        (at(), 1..200usize, at(), at())
            .prop_map(|(at, length, text, from)| Slip::Graft(at, length, text, from)),
    ]
}

fn apply(text: &mut Vec<u8>, slip: &Slip, texts: &[Vec<u8>]) {
    let place = |at: &Index, text: &[u8]| at.index(text.len() + 1);
    match slip {
        Slip::Delete(at, length) => {
            let at = place(at, text);
            text.drain(at..(at + length).min(text.len()));
        }
        Slip::Insert(at, token) => {
            let at = place(at, text);
            text.splice(at..at, token.bytes());
        }
        Slip::Repeat(at, length) => {
            let at = place(at, text);
            let again = text[at..(at + length).min(text.len())].to_vec();
            text.splice(at..at, again);
        }
        Slip::Move(at, length, to) => {
            let at = place(at, text);
            let moved: Vec<u8> = text.drain(at..(at + length).min(text.len())).collect();
            let to = place(to, text);
            text.splice(to..to, moved);
        }
        Slip::Byte(at, byte) => {
            let at = place(at, text);
            if let Some(old) = text.get_mut(at) {
                *old = *byte;
            }
        }
        Slip::Cut(at) => text.truncate(place(at, text)),
        Slip::Graft(at, length, other, from) => {
            let at = place(at, text);
            let other = other.get(texts);
            let from = place(from, other);
            let grafted = &other[from..(from + length).min(other.len())];
            text.splice(at..at, grafted.iter().copied());
        }
    }
}

/// The original schemas.
fn texts() -> &'static [Vec<u8>] {
    static TEXTS: OnceLock<Vec<Vec<u8>>> = OnceLock::new();
    TEXTS.get_or_init(|| {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut files = vec![];
        collect(&here.join("tests/rules"), &mut files);
        collect(&here.join("../schema"), &mut files);
        if let Some(corpus) = support::shared("corpus") {
            collect(&corpus, &mut files);
        }
        files.sort();
        let read = |file| std::fs::read(file).expect("a schema file");
        files.into_iter().map(read).collect()
    })
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder of schemas") {
        let path = entry.expect("a file").path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|e| e == "json") {
            files.push(path);
        }
    }
}

/// A piece of a text that begins with a definition or its documentation.
fn piece(text: &[u8], from: Index) -> Vec<u8> {
    let from = from.index(text.len().saturating_sub(MAX_TEXT) + 1);
    let rest = &text[from..];
    let is_start = |pair: &[u8]| pair == b"\n{" || pair == b"\n#";
    let start = rest.windows(2).position(is_start).filter(|_| from > 0);
    let rest = &rest[start.map_or(0, |at| at + 1)..];
    rest[..rest.len().min(MAX_TEXT)].to_vec()
}

/// Takes a few seconds in the dev profile. Set `PROPTEST_CASES` for longer runs.
fn config(cases: u32) -> ProptestConfig {
    let default = ProptestConfig::default();
    ProptestConfig {
        cases: match std::env::var_os("PROPTEST_CASES") {
            Some(_) => default.cases,
            None => cases,
        },
        failure_persistence: None,
        ..default
    }
}

proptest! {
    #![proptest_config(config(2000))]

    #[test]
    fn slips_are_survived(
        base in any::<Index>(),
        from in any::<Index>(),
        slips in vec(slip(), 0..6),
    ) {
        let base: &Vec<u8> = base.get(texts());
        let mut text = piece(base, from);
        for slip in &slips {
            apply(&mut text, slip, texts());
        }
        support::exercise(&text);
    }
}

proptest! {
    #![proptest_config(config(300))]

    #[test]
    fn heaps_of_tokens_are_survived(tokens in vec(select(&TOKENS[..]), 0..60)) {
        support::exercise(tokens.concat().as_bytes());
    }

    #[test]
    fn heaps_of_bytes_are_survived(bytes in vec(any::<u8>(), 0..100)) {
        support::exercise(&bytes);
    }
}
