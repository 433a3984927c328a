//! Rust identifiers. All of them are created here.
//!
//! A name that Rust or the generated file uses itself gets a trailing underscore, independent of the rest of the schema.
//! Of two names that differ only in letter case or separators, so does the one that is not in the style of the language or
//! has more separators. If that does not distinguish them, it is an error.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::fmt;

/// A Rust identifier, with `r#` for keywords.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Ident(String);

impl Ident {
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// The identifier without `r#`, for links.
    pub(crate) fn plain(&self) -> &str {
        self.0.trim_start_matches("r#")
    }

    /// An identifier that this crate chose.
    pub(crate) fn fixed(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// This name with additional underscores, which make `r#` unnecessary.
    fn yielding(&self, underscores: usize) -> Self {
        match underscores {
            0 => self.clone(),
            more => Self(self.plain().to_owned() + &"_".repeat(more)),
        }
    }

    /// The name of the setter for this field.
    pub(crate) fn setter(&self) -> Self {
        Self(format!("with_{}", self.plain()))
    }
}

impl fmt::Display for Ident {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Keywords of all editions up to 2024.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// Keywords that cannot be raw identifiers.
const NEVER: &[&str] = &["self", "Self", "super", "crate", "_"];

/// Names of Rust's prelude. Generated files, and programs that import everything from them, use these with their usual
/// meaning.
const PRELUDE: &[&str] = &[
    "AsMut",
    "AsRef",
    "Box",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "DoubleEndedIterator",
    "Drop",
    "Eq",
    "Err",
    "ExactSizeIterator",
    "Extend",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "FromIterator",
    "Future",
    "Hash",
    "Into",
    "IntoFuture",
    "IntoIterator",
    "Iterator",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Result",
    "Send",
    "Sized",
    "Some",
    "String",
    "Sync",
    "ToOwned",
    "ToString",
    "TryFrom",
    "TryInto",
    "Unpin",
    "Vec",
];

/// Items of the generated file itself.
const OURS: &[&str] = &[
    "Capability",
    "Command",
    "CommandError",
    "Empty",
    "Event",
    "EventMessage",
    "Execute",
    "Greeting",
    "Message",
    "QemuVersion",
    "ParseEnumError",
    "Response",
    "Timestamp",
    "TimestampError",
    "UnknownBranch",
    "UnknownEvent",
];

/// The name of a type, in the spelling of the schema if possible.
pub(crate) fn type_name(name: &str) -> Ident {
    let camel: String = words(name).map(capitalized).collect();
    let camel = digit_free(camel);
    let lists = [NEVER, PRELUDE, OURS];
    match lists.iter().any(|list| list.contains(&camel.as_str())) {
        true => Ident(camel + "_"),
        false => Ident(camel),
    }
}

/// The name of the enum of branches of the union `name`. Because of its separator, a type of that name takes precedence.
pub(crate) fn branch_type(name: &str) -> String {
    format!("{name}-Branch")
}

/// The name of an event or a command as a type, in its own module.
pub(crate) fn item_name(name: &str) -> Ident {
    variant_ident(name, PRELUDE)
}

/// The name of a value or a branch. `Unknown` is reserved for unknown ones.
pub(crate) fn variant_name(name: &str) -> Ident {
    variant_ident(name, &["Unknown"])
}

/// The name of an item as a variant.
pub(crate) fn variant_of(item: &Ident) -> Ident {
    match item.0.trim_end_matches('_') {
        "Unknown" => item.yielding(1),
        _ => item.clone(),
    }
}

fn variant_ident(name: &str, taken: &[&str]) -> Ident {
    let mut camel = String::new();
    for word in words(name) {
        let starts_with_digit = word.starts_with(|c: char| c.is_ascii_digit());
        // Two numbers would become one.
        if starts_with_digit && camel.ends_with(|c: char| c.is_ascii_digit()) {
            camel.push('_');
        }
        camel += &match word.contains(|c: char| c.is_ascii_lowercase()) {
            true => capitalized(word),
            false => capitalized(&word.to_ascii_lowercase()),
        };
    }
    // Single letters form an acronym, which has one capital letter in Rust.
    if camel.len() > 2 && camel.chars().all(|c| c.is_ascii_uppercase()) {
        camel = capitalized(&camel.to_ascii_lowercase());
    }
    let camel = digit_free(camel);
    match taken.contains(&camel.as_str()) || NEVER.contains(&camel.as_str()) {
        true => Ident(camel + "_"),
        false => Ident(camel),
    }
}

/// The name of a member as a field or a function. `taken` are the names that its type has already.
pub(crate) fn field_name(name: &str, taken: &[&str]) -> Ident {
    let mut snake = String::with_capacity(name.len() + 1);
    let mut before = b'_';
    for &byte in name.as_bytes() {
        let starts_word = match byte {
            b'A'..=b'Z' => !matches!(before, b'A'..=b'Z' | b'0'..=b'9'),
            b'a'..=b'z' | b'0'..=b'9' => !before.is_ascii_alphanumeric(),
            _ => {
                before = byte;
                continue;
            }
        };
        if starts_word && !snake.is_empty() {
            snake.push('_');
        }
        snake.push(char::from(byte.to_ascii_lowercase()));
        before = byte;
    }
    let snake = digit_free(snake);
    if taken.contains(&snake.as_str()) || NEVER.contains(&snake.as_str()) {
        return Ident(snake + "_");
    }
    match KEYWORDS.contains(&snake.as_str()) {
        true => Ident(format!("r#{snake}")),
        false => Ident(snake),
    }
}

/// The kind of a name, which determines its style.
#[derive(Clone, Copy)]
pub(crate) enum Style<'a> {
    Type,
    /// An event or a command.
    Item,
    /// A value or a branch.
    Variant,
    /// A member, with the names that its type has already.
    Field(&'a [&'a str]),
}

impl Style<'_> {
    fn name(self, name: &str) -> Ident {
        match self {
            Style::Type => type_name(name),
            Style::Item => item_name(name),
            Style::Variant => variant_name(name),
            Style::Field(taken) => field_name(name, taken),
        }
    }

    fn oddity(self, name: &str) -> Oddity {
        let marks = name.chars().filter(|c| !c.is_ascii_alphanumeric());
        let marks: Vec<char> = marks.collect();
        // `-` comes before `.` and `_`. Names that differ only in this come from different schemas.
        (!self.is_regular(name), marks.len(), marks)
    }

    /// Whether a name has the style of the schema language.
    fn is_regular(self, name: &str) -> bool {
        let is_upper = name.chars().any(|c| c.is_ascii_uppercase());
        let is_lower = name.chars().any(|c| c.is_ascii_lowercase());
        match self {
            Style::Type => {
                name.starts_with(|c: char| c.is_ascii_uppercase())
                    && name.chars().all(|c| c.is_ascii_alphanumeric())
            }
            // Commands are lower case with dashes, events upper case with underscores.
            Style::Item => match (is_upper, is_lower) {
                (true, true) => false,
                (true, false) => !name.contains('-'),
                (false, _) => !name.contains('_'),
            },
            Style::Variant | Style::Field(_) => !is_upper && !name.contains('_'),
        }
    }
}

/// The identifiers of names that share a namespace.
///
/// If some would be equal, such as `pc` and `PC`, or `sha256` and `sha-256`, the most regular one keeps the name, and the
/// others get trailing underscores.
pub(crate) fn assign(names: &[&str], style: Style<'_>) -> Vec<Ident> {
    let plain: Vec<Ident> = names.iter().map(|name| style.name(name)).collect();
    let distinct: HashSet<&Ident> = plain.iter().collect();
    if distinct.len() == plain.len() {
        return plain;
    }
    let mut meeting: HashMap<&Ident, BTreeSet<Oddity>> = HashMap::new();
    for (ident, name) in plain.iter().zip(names) {
        meeting.entry(ident).or_default().insert(style.oddity(name));
    }
    let idents = plain.iter().zip(names).map(|(ident, name)| {
        let less_odd = meeting[ident].range(..style.oddity(name));
        ident.yielding(less_odd.count())
    });
    idents.collect()
}

/// The irregularity of a name: its style, the number of its separators, and their kinds.
type Oddity = (bool, usize, Vec<char>);

/// The parts of a name between `-`, `_` and `.`.
fn words(name: &str) -> impl Iterator<Item = &str> {
    name.split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
}

fn capitalized(word: &str) -> String {
    let (first, rest) = word.split_at(1);
    first.to_ascii_uppercase() + rest
}

/// Makes sure that an identifier does not start with a digit and is not empty.
fn digit_free(name: String) -> String {
    match name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        true => name,
        false => format!("_{name}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_keep_their_spelling() {
        for (name, ident) in [
            ("VncBasicInfo", "VncBasicInfo"),
            ("ACPIOSTInfo", "ACPIOSTInfo"),
            ("X86CPURegister32", "X86CPURegister32"),
            ("__org.qemu_x-Enum", "OrgQemuXEnum"),
            ("String", "String_"),
            ("Ok", "Ok_"),
            ("default", "Default_"),
            ("Event", "Event_"),
            ("Self", "Self_"),
            ("lower-case", "LowerCase"),
        ] {
            assert_eq!(type_name(name).as_str(), ident, "{name}");
        }
    }

    #[test]
    fn values_become_camel_case() {
        for (name, ident) in [
            ("inject-nmi", "InjectNmi"),
            ("DIMM", "Dimm"),
            ("x86_64", "X86_64"),
            ("aes-128", "Aes128"),
            ("1_44", "_1_44"),
            ("2nd", "_2nd"),
            ("unknown", "Unknown_"),
            ("self", "Self_"),
            ("ipv4", "Ipv4"),
            ("l1_grow.alloc_table", "L1GrowAllocTable"),
            ("vhostUser", "VhostUser"),
            ("x-y", "XY"),
            ("a-b-c", "Abc"),
            ("-", "_"),
        ] {
            let expected = if ident == "_" { "__" } else { ident };
            assert_eq!(variant_name(name).as_str(), expected, "{name}");
        }
    }

    #[test]
    fn events_and_commands_become_camel_case() {
        for (name, ident) in [
            ("VNC_CONNECTED", "VncConnected"),
            ("STOP", "Stop"),
            ("query-status", "QueryStatus"),
            ("UNKNOWN", "Unknown"),
            ("STRING", "String_"),
            ("some", "Some_"),
            ("__com.redhat_drive_del", "ComRedhatDriveDel"),
        ] {
            assert_eq!(item_name(name).as_str(), ident, "{name}");
        }
    }

    #[test]
    fn members_become_snake_case() {
        for (name, ident) in [
            ("node-name", "node_name"),
            ("x509_dname", "x509_dname"),
            ("type", "r#type"),
            ("gen", "r#gen"),
            ("self", "self_"),
            ("crate", "crate_"),
            ("branch", "branch_"),
            ("HotKeyMod", "hot_key_mod"),
            ("__org.qemu_x-member1", "org_qemu_x_member1"),
        ] {
            assert_eq!(field_name(name, &["branch"]).as_str(), ident, "{name}");
        }
    }

    #[test]
    fn the_most_regular_of_colliding_names_is_unchanged() {
        let idents = |names: &[&str], style| -> Vec<String> {
            assign(names, style).iter().map(Ident::to_string).collect()
        };
        assert_eq!(
            idents(&["PC", "pc", "CPU"], Style::Field(&[])),
            ["pc_", "pc", "cpu"]
        );
        assert_eq!(idents(&["a-b", "A-b"], Style::Variant), ["AB", "AB_"]);
        assert_eq!(
            idents(&["query_it", "query-it"], Style::Item),
            ["QueryIt_", "QueryIt"]
        );
        assert_eq!(
            idents(&["TYPE", "type"], Style::Field(&[])),
            ["type_", "r#type"]
        );
        assert_eq!(
            idents(&["sha-256", "sha256", "SHA256"], Style::Variant),
            ["Sha256_", "Sha256", "Sha256__"]
        );
        assert_eq!(
            idents(&["unknown", "UNKNOWN", "un-known"], Style::Variant),
            ["Unknown_", "Unknown__", "UnKnown"]
        );
        // Types of the schema take precedence over enums of branches.
        let branches = branch_type("U");
        assert_eq!(
            idents(&["UBranch", &branches], Style::Type),
            ["UBranch", "UBranch_"]
        );
        assert_eq!(idents(&[&branches], Style::Type), ["UBranch"]);
        assert_eq!(
            idents(&["events", "Events"], Style::Type),
            ["Events_", "Events"]
        );
    }

    #[test]
    fn event_names_do_not_collide_with_the_variant_unknown() {
        let items = assign(&["UNKNOWN", "unknown-", "OTHER"], Style::Item);
        let variants: Vec<String> = items.iter().map(|it| variant_of(it).to_string()).collect();
        assert_eq!(variants, ["Unknown_", "Unknown__", "Other"]);
    }

    #[test]
    fn every_keyword_is_an_identifier_in_the_end() {
        for word in KEYWORDS.iter().chain(NEVER) {
            for ident in [field_name(word, &[]), variant_name(word), type_name(word)] {
                let parsed = syn::parse_str::<syn::Ident>(ident.as_str());
                assert!(parsed.is_ok(), "{word}: {ident}");
            }
        }
    }
}
