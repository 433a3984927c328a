//! Deterministic words and sentences.

const NOUNS: [&str; 23] = [
    "signal",
    "switch",
    "platform",
    "carriage",
    "timetable",
    "driver",
    "ticket",
    "bridge",
    "tunnel",
    "crossing",
    "whistle",
    "boiler",
    "lantern",
    "freight",
    "depot",
    "conductor",
    "buffer",
    "gauge",
    "siding",
    "viaduct",
    "brake",
    "coupling",
    "passenger",
];

const ADJECTIVES: [&str; 13] = [
    "late", "northern", "idle", "heavy", "narrow", "electric", "empty", "remote", "spare",
    "former", "double", "closed", "busy",
];

const VERBS: [&str; 11] = [
    "inspects",
    "delays",
    "guards",
    "repairs",
    "announces",
    "follows",
    "passes",
    "lights",
    "counts",
    "replaces",
    "reports",
];

const TAILS: [&str; 9] = [
    "before it leaves",
    "until the evening",
    "unless it rains",
    "when the line is clear",
    "once a day",
    "as ``railway.conf`` says",
    "if *both* tracks are free",
    "without stopping",
    "in the order of arrival",
];

/// A noun.
pub(crate) fn noun(seed: usize) -> &'static str {
    pick(&NOUNS, seed)
}

/// An adjective.
pub(crate) fn adjective(seed: usize) -> &'static str {
    pick(&ADJECTIVES, seed)
}

/// Consecutive seeds select consecutive words, so that they differ.
fn pick(words: &'static [&'static str], seed: usize) -> &'static str {
    words[seed % words.len()]
}

/// A sentence of about ten words.
pub(crate) fn sentence(seed: usize) -> String {
    let verb = pick(&VERBS, seed / 3);
    let tail = pick(&TAILS, seed / 5);
    let (subject, object) = (noun(seed * 7 + 1), noun(seed * 5 + 2));
    let (first, second) = (adjective(seed), adjective(seed * 3 + 5));
    format!("the {first} {subject} {verb} the {second} {object} {tail}")
}

/// A paragraph of a few sentences.
pub(crate) fn paragraph(seed: usize, sentences: usize) -> String {
    let sentences = (0..sentences).map(|it| capitalized(&sentence(seed + it * 11)) + ".");
    sentences.collect::<Vec<_>>().join("  ")
}

/// With its first letter in upper case.
pub(crate) fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

/// A comment with lines of at most 70 characters; all but the first are indented.
pub(crate) fn comment(text: &str, indent: usize) -> String {
    let mut out = String::new();
    let mut line = String::from("#");
    for word in text.split(' ') {
        if line.len() + 1 + word.len() > 70 {
            out += line.trim_end();
            out.push('\n');
            line = format!("#{}", " ".repeat(indent));
        }
        line.push(' ');
        line += word;
    }
    out + line.trim_end() + "\n"
}
